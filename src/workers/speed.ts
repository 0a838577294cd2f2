import { Speed } from '../lib/training/speed.ts';
import { serve } from './serve.ts';

serve(new Speed());
