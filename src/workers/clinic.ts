import { Clinic } from '../lib/clinic/clinic.ts';
import { serve } from './serve.ts';

serve(new Clinic());
