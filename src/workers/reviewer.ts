import { Review } from '../lib/training/review.ts';
import { serve } from './serve.ts';

serve(new Review());
