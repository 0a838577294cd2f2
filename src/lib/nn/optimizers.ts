import { allocate, type Precision, type Real } from './examples.ts';

export const optimizerNames = ['sgd', 'sgdw', 'momentum', 'rmsprop', 'adam', 'adamw'] as const;
export type OptimizerName = (typeof optimizerNames)[number];

/** Which optimiser, and its numbers; each optimiser heeds its own. */
export interface OptimizerOptions {
  readonly optimizer: OptimizerName;
  /** How much of the last step is kept, in [0, 1): momentum. */
  readonly momentum: number;
  /** Decay of the running mean of the gradient, in [0, 1): Adam, AdamW. */
  readonly beta1: number;
  /** Decay of the running mean of its square, in [0, 1): RMSProp, Adam, AdamW. */
  readonly beta2: number;
  /** Keeps a division from exploding. */
  readonly epsilon: number;
  /** Share of each weight taken off per step and unit of learning rate: SGDW and AdamW. */
  readonly weightDecay: number;
}

export const defaultOptimizer: OptimizerOptions = {
  optimizer: 'sgd',
  momentum: 0.9,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
};

/** Everything that one update needs beside a parameter and its gradient. */
export interface UpdateRule extends OptimizerOptions {
  readonly learningRate: number;
  /** 1 − β₁ᵗ and 1 − β₂ᵗ at update t: what Adam divides its running means by, since they start at 0. */
  readonly correction1: number;
  readonly correction2: number;
}

/** Counts the updates of one run, and makes the rule of each. */
export class Optimizer {
  readonly options: OptimizerOptions;
  /** β₁ᵗ and β₂ᵗ: with these two a run can be taken up again. */
  powers: [number, number] = [1, 1];

  constructor(options: Partial<OptimizerOptions> = {}) {
    this.options = { ...defaultOptimizer, ...options };
  }

  next(learningRate: number): UpdateRule {
    const { beta1, beta2 } = this.options;
    this.powers = [this.powers[0] * beta1, this.powers[1] * beta2];
    return {
      ...this.options,
      learningRate,
      correction1: 1 - this.powers[0],
      correction2: 1 - this.powers[1],
    };
  }
}

/** Whether a rule takes a share off each weight beside its step: weight decay, decoupled from the gradient. */
export function decaysWeights({
  optimizer,
  weightDecay,
}: Pick<OptimizerOptions, 'optimizer' | 'weightDecay'>): boolean {
  return (optimizer === 'sgdw' || optimizer === 'adamw') && weightDecay !== 0;
}

/** The running averages that an optimiser keeps of each parameter. */
export const averagesOf: Record<OptimizerName, readonly string[]> = {
  sgd: [],
  sgdw: [],
  momentum: ['gradient'],
  rmsprop: ['square'],
  adam: ['gradient', 'square'],
  adamw: ['gradient', 'square'],
};

/** Whose averages a layer has: of so many for each parameter, made by an optimiser or handed in from elsewhere. */
export interface AveragesMade {
  readonly count: number;
  readonly by: OptimizerName | 'elsewhere';
}

/**
 * Whether an optimiser goes on with these averages: if it keeps the same ones as who made them (AdamW after Adam). If
 * not, it begins with others, at 0.
 *
 * @throws RangeError when averages handed in from elsewhere are not as many as it keeps
 */
export function goesOn({ count, by }: AveragesMade, optimizer: OptimizerName): boolean {
  const kept = averagesOf[optimizer];
  if (by !== 'elsewhere') return averagesOf[by].join() === kept.join();
  if (count === kept.length) return true;
  throw new RangeError(
    `the optimiser's state has ${count} averages of each parameter, and ${optimizer} keeps ${kept.length}`,
  );
}

/** What an optimiser remembers of `length` parameters: for each of its averages as many zeros. */
export function createAverages(optimizer: OptimizerName, precision: Precision, length: number): Real[] {
  return averagesOf[optimizer].map(() => allocate(precision, length));
}

/**
 * One update of a parameter θ from its gradient g, in place. All of the same length.
 *
 * Sources: momentum: Polyak 1964; RMSProp: Tieleman and Hinton 2012, as in Goodfellow et al. 2016, algorithm 8.5;
 * Adam: Kingma and Ba 2015, algorithm 1; SGDW and AdamW: Loshchilov and Hutter 2019, algorithms 1 and 2.
 *
 * @param averages the running averages that `createAverages` made for this parameter
 * @param decays whether weight decay applies (to weights, not to biases)
 */
export function updateParameter(
  rule: UpdateRule,
  theta: Real,
  gradient: Real,
  averages: readonly Real[],
  decays: boolean,
): void {
  const { learningRate: eta, momentum, beta1, beta2, epsilon, correction1, correction2 } = rule;
  const [first, second] = averages as [Real, Real];
  const kept = decays && decaysWeights(rule) ? 1 - eta * rule.weightDecay : 1;
  switch (rule.optimizer) {
    case 'sgd':
      // #region update-sgd
      for (let n = 0; n < theta.length; n++) {
        theta[n] -= eta * gradient[n];
      }
      // #endregion
      break;
    case 'sgdw':
      for (let n = 0; n < theta.length; n++) {
        theta[n] = kept * theta[n] - eta * gradient[n];
      }
      break;
    case 'momentum':
      for (let n = 0; n < theta.length; n++) {
        first[n] = momentum * first[n] + gradient[n];
        theta[n] -= eta * first[n];
      }
      break;
    case 'rmsprop':
      for (let n = 0; n < theta.length; n++) {
        first[n] = beta2 * first[n] + (1 - beta2) * gradient[n] * gradient[n];
        theta[n] -= (eta * gradient[n]) / Math.sqrt(first[n] + epsilon);
      }
      break;
    case 'adam':
    case 'adamw':
      for (let n = 0; n < theta.length; n++) {
        first[n] = beta1 * first[n] + (1 - beta1) * gradient[n];
        second[n] = beta2 * second[n] + (1 - beta2) * gradient[n] * gradient[n];
        const mean = first[n] / correction1;
        const spread = Math.sqrt(second[n] / correction2);
        theta[n] = kept * theta[n] - (eta * mean) / (spread + epsilon);
      }
      break;
  }
}
