import { type ActivationName, elementwiseNames } from '../../../src/lib/nn/activations.ts';
import type { Precision } from '../../../src/lib/nn/examples.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import type { LossName } from '../../../src/lib/nn/losses.ts';
import type { NetworkOptions } from '../../../src/lib/nn/network.ts';
import type { Penalty } from '../../../src/lib/nn/regularizers.ts';
import { type Trace, trace } from '../../../src/lib/nn/trace.ts';
import { randomExamples, randomNetwork } from '../nn/networks.ts';

export interface Variant {
  readonly name: string;
  readonly hidden: ActivationName;
  readonly output: ActivationName;
  readonly loss: LossName;
  readonly options: NetworkOptions;
  /** Whether the penalty takes part in the pass. */
  readonly isCharged?: boolean;
}

const variant = (
  hidden: ActivationName,
  output: ActivationName,
  loss: LossName,
  options: NetworkOptions = {},
  note = '',
): Variant => ({ name: `${hidden}, ${output}, ${loss}${note}`, hidden, output, loss, options });

function charged(penalty: Penalty, note: string): Variant {
  return {
    ...variant('relu', 'softmax', 'cross-entropy', { penalty }, `, charged ${note}`),
    isCharged: true,
  };
}

/** Every activation in every place where it may stand, with every loss that goes with it; smoothing, dropout, penalties. */
export const variants: readonly Variant[] = [
  ...elementwiseNames.flatMap((hidden) => [
    variant(hidden, 'softmax', 'cross-entropy'),
    variant(hidden, 'softmax', 'mean-squared-error'),
    ...elementwiseNames.map((output) => variant(hidden, output, 'mean-squared-error')),
  ]),
  variant('relu', 'softmax', 'cross-entropy', { labelSmoothing: 0.1 }, ', smoothed labels'),
  variant('tanh', 'sigmoid', 'mean-squared-error', { labelSmoothing: 0.1 }, ', smoothed labels'),
  variant('relu', 'softmax', 'cross-entropy', { dropout: 0.2, penalty: { l2: 5, l1: 0 } }, ', dropout, L2'),
  variant('sigmoid', 'sigmoid', 'mean-squared-error', { penalty: { l2: 0, l1: 0.5 } }, ', L1'),
  charged({ l2: 0.3, l1: 0 }, 'L2'),
  charged({ l2: 0, l1: 0.5 }, 'L1'),
  charged({ l2: 0.3, l1: 0.5, batchSize: 8 }, 'L2 and L1 over 8'),
];

/** One pass and one step of learning, of a network of 6, 5, 5 and 4 units. */
export function passOf(
  { hidden, output, loss, options, isCharged }: Variant,
  seed = 2,
  precision: Precision = 'float32',
): Trace {
  const all = { loss, kernels: referenceKernels(precision), ...options };
  const network = randomNetwork([6, 5, 5, 4], hidden, output, all, seed);
  return trace(network, randomExamples(3, 6, 4, seed), 1, 0.1, isCharged);
}
