import { TrainingSession } from '../lib/training/session.ts';
import { serve } from './serve.ts';

serve(new TrainingSession());
