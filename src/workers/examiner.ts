import { ExaminedRuns } from '../lib/training/examined-runs.ts';
import { serve } from './serve.ts';

serve(new ExaminedRuns());
