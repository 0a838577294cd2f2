import { NeighbourMap } from '../lib/experiments/neighbour-map.ts';
import { serve } from './serve.ts';

serve(new NeighbourMap());
