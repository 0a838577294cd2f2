import { Race } from '../lib/training/race.ts';
import { serve } from './serve.ts';

serve(new Race());
