import { logarithm } from '../lib/nn/elementary.ts';
import { printEquation } from './numbers.ts';

/** −ln p: what the loss is when the true label has the probability p, in nats. */
export function lossAt(probability: number): number {
  return -logarithm(probability);
}

/** p, the sign and −ln p, as they are printed: with the digits that p needs. */
export function printLossAt(probability: number): { p: string; sign: '=' | '≈'; loss: string } {
  const { inputs, sign, result } = printEquation([probability], ([p]) => lossAt(p), lossAt(probability));
  return { p: inputs[0], sign, loss: result };
}
