import { Random } from '../nn/random.ts';
import type { BackwardRules, LayerPass } from './backward.ts';

/** An illness of backward: one rule that is not as it should be. */
export interface Fault {
  readonly name: FaultName;
  readonly label: string;
  /** What it means, once it is known. */
  readonly says: string;
  /** The region of this file that shows it, and the region of the library that has it right. */
  readonly wrong: string;
  readonly right: string;
  readonly rules: (seed: number) => Partial<BackwardRules>;
}

export const faultNames = [
  'bias-forgotten',
  'not-transposed',
  'one-mask-forgotten',
  'masks-forgotten',
  'random-feedback',
  'softmax-again',
  'activation-for-mask',
  'stopped-at-output',
  'not-divided',
  'not-cleared',
  'wrong-sign',
  'other-mask',
  'label-forgotten',
] as const;
export type FaultName = (typeof faultNames)[number];

/** δ as it would be where no unit were ever closed. */
function unmasked({ dA, delta }: LayerPass): void {
  // #region fault-mask-forgotten
  for (let j = 0; j < delta.length; j++) {
    delta[j] = dA[j];
  }
  // #endregion
}

function masked({ z, dA, delta }: LayerPass): void {
  for (let j = 0; j < delta.length; j++) delta[j] = dA[j] * (z[j] > 0 ? 1 : 0);
}

const table: { readonly [Name in FaultName]: Omit<Fault, 'name'> } = {
  'bias-forgotten': {
    label: 'the gradient of the biases is forgotten',
    says: 'The biases stay 0 for ever. The weights alone do nearly as well, and only a check that looks at biases too can tell.',
    wrong: 'fault-bias-forgotten',
    right: 'bias-gradient',
    rules: () => ({
      addBias({ db }) {
        // #region fault-bias-forgotten
        for (let j = 0; j < db.length; j++) {
          db[j] = 0;
        }
        // #endregion
      },
    }),
  },
  'not-transposed': {
    label: 'W stands where Wᵀ should, in the square layer',
    says: 'Each unit is blamed by the weights that lead into it in place of those that lead out of it. The layer is square, so no shape complains.',
    wrong: 'fault-not-transposed',
    right: 'input-gradient',
    rules: () => ({
      passBack({ W, delta, inputs, units }, before) {
        before.dA.fill(0);
        if (inputs !== units) {
          for (let j = 0; j < units; j++) {
            for (let k = 0; k < inputs; k++) before.dA[k] += W[j * inputs + k] * delta[j];
          }
          return;
        }
        // #region fault-not-transposed
        for (let j = 0; j < units; j++) {
          for (let k = 0; k < inputs; k++) {
            before.dA[k] += W[k * inputs + j] * delta[j];
          }
        }
        // #endregion
      },
    }),
  },
  'one-mask-forgotten': {
    label: 'the ReLU mask is forgotten in the first layer',
    says: 'Units that were closed are blamed all the same. Where a unit was open all is right, and there one digit’s gradients are largest: whoever looks only at the largest sees nothing.',
    wrong: 'fault-mask-forgotten',
    right: 'activation-backward',
    rules: () => ({ bend: (layer, at) => (at === 0 ? unmasked(layer) : masked(layer)) }),
  },
  'masks-forgotten': {
    label: 'the ReLU mask is forgotten in both layers',
    says: 'It learns as if the network had no bends, on a network that has them. It gets surprisingly far.',
    wrong: 'fault-mask-forgotten',
    right: 'activation-backward',
    rules: () => ({ bend: unmasked }),
  },
  'random-feedback': {
    label: 'the blame comes back through fixed random weights',
    says: 'Not the weights that were used, but numbers drawn once: and it learns, since the forward weights come to agree with them. (Lillicrap and others found this in 2016, and called it feedback alignment.)',
    wrong: 'fault-random-feedback',
    right: 'input-gradient',
    rules: (seed) => {
      const feedback = new Map<number, Float64Array>();
      return {
        passBack({ delta, inputs, units }, before) {
          before.dA.fill(0);
          let B = feedback.get(units);
          if (!B) {
            const random = new Random(seed + units);
            B = Float64Array.from({ length: units * inputs }, () => random.normal() * Math.sqrt(2 / inputs));
            feedback.set(units, B);
          }
          // #region fault-random-feedback
          for (let j = 0; j < units; j++) {
            for (let k = 0; k < inputs; k++) {
              before.dA[k] += B[j * inputs + k] * delta[j];
            }
          }
          // #endregion
        },
      };
    },
  },
  'softmax-again': {
    label: 'softmax’s derivative is applied once more',
    says: 'p − y has it in it already. Applied again it makes every gradient smaller, most of all where the network is sure and wrong, and bends them a little out of their way.',
    wrong: 'fault-softmax-again',
    right: 'cross-entropy-gradient',
    rules: () => ({
      outputDelta({ a: p, delta }, label) {
        // #region fault-softmax-again
        let mean = 0;
        for (let k = 0; k < p.length; k++) {
          mean += (p[k] - (k === label ? 1 : 0)) * p[k];
        }
        for (let k = 0; k < p.length; k++) {
          delta[k] = p[k] * (p[k] - (k === label ? 1 : 0) - mean);
        }
        // #endregion
      },
    }),
  },
  'activation-for-mask': {
    label: 'the activation stands where its slope should',
    says: 'Closed units stay closed, since both are 0 there. Open ones are blamed by how much they said, not by how much a little more would have mattered.',
    wrong: 'fault-activation-for-mask',
    right: 'activation-backward',
    rules: () => ({
      bend({ a, dA, delta }) {
        // #region fault-activation-for-mask
        for (let j = 0; j < delta.length; j++) {
          delta[j] = dA[j] * a[j];
        }
        // #endregion
      },
    }),
  },
  'stopped-at-output': {
    label: 'the blame stops at the last layer',
    says: 'Only the last layer learns, on top of two layers that stay as they were drawn. What they make of a digit by chance is worth something.',
    wrong: 'fault-stopped-at-output',
    right: 'network-backward',
    rules: () => ({
      passBack(_, before) {
        // #region fault-stopped-at-output
        before.dA.fill(0);
        // #endregion
      },
    }),
  },
  'not-divided': {
    label: 'the sum is not divided by the batch size',
    says: 'The step is as many times too long as there are digits in a batch. For one digit there is nothing to divide: a check with one digit passes.',
    wrong: 'fault-not-divided',
    right: 'weight-gradient',
    rules: () => ({
      // #region fault-not-divided
      divisor: () => 1,
      // #endregion
    }),
  },
  'not-cleared': {
    label: 'the gradients are not cleared between batches',
    says: 'Each step takes all the steps before with it. The first pass is right to the last digit; only the second shows it.',
    wrong: 'fault-not-cleared',
    right: 'weight-gradient',
    rules: () => ({
      // #region fault-not-cleared
      clear() {},
      // #endregion
    }),
  },
  'wrong-sign': {
    label: 'the difference at the output is taken the wrong way round',
    says: 'y − p in place of p − y: it goes uphill, carefully and along the steepest way.',
    wrong: 'fault-wrong-sign',
    right: 'cross-entropy-gradient',
    rules: () => ({
      outputDelta({ a: p, delta }, label) {
        // #region fault-wrong-sign
        for (let k = 0; k < p.length; k++) {
          delta[k] = (k === label ? 1 : 0) - p[k];
        }
        // #endregion
      },
    }),
  },
  'other-mask': {
    label: 'the mask of another layer is used',
    says: 'Both hidden layers have 32 units, so it fits. Unit 5 is let off because another unit 5 was closed.',
    wrong: 'fault-other-mask',
    right: 'activation-backward',
    rules: () => ({
      bend({ dA, delta }, at, all) {
        const other = all[at === 0 ? 1 : 0];
        // #region fault-other-mask
        for (let j = 0; j < delta.length; j++) {
          delta[j] = dA[j] * (other.z[j] > 0 ? 1 : 0);
        }
        // #endregion
      },
    }),
  },
  'label-forgotten': {
    label: 'the label is not subtracted',
    says: 'p in place of p − y: every output is pushed down, the right one too, and nobody ever says which digit it was.',
    wrong: 'fault-label-forgotten',
    right: 'cross-entropy-gradient',
    rules: () => ({
      outputDelta({ a: p, delta }) {
        // #region fault-label-forgotten
        for (let k = 0; k < p.length; k++) {
          delta[k] = p[k];
        }
        // #endregion
      },
    }),
  },
};

export const faults: readonly Fault[] = faultNames.map((name) => ({ name, ...table[name] }));

/** The fault of a name: its words, and the rules that it breaks. */
export function faultOf(name: FaultName): Fault {
  return { name, ...table[name] };
}
