import { logarithm } from '../lib/nn/elementary.ts';

/** −ln p: what the loss is when the true label has the probability p, in nats. */
export function lossAt(probability: number): number {
  return -logarithm(probability);
}
