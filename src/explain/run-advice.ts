import { formatMagnitude, formatShare } from './numbers.ts';
import type { Look } from '../lib/training/session.ts';
import { decaysWeights } from '../lib/nn/optimizers.ts';
import { type Setup, setupOptions } from '../lib/training/setup.ts';

/** What a run that came to nothing has to show. */
export interface FailedRun {
  readonly setup: Setup;
  readonly end: 'stalled' | 'diverged';
  /** Epochs done, and images in each; 0 images where that is not known yet. */
  readonly epochs: number;
  readonly images: number;
  /** Mean loss of the last epoch. */
  readonly loss: number;
  readonly look: Look | undefined;
}

/**
 * Why a run failed, as far as its set-up and its gradients tell, and other set-ups that would help; none where the run
 * itself can be taken up again with shorter steps.
 */
export interface Advice {
  readonly says: string;
  readonly remedies: readonly Remedy[];
}

export interface Remedy {
  readonly label: string;
  readonly change: Partial<Setup>;
}

/** Looks for the cause that explains the most: the first that fits is told. */
export function adviseOn(run: FailedRun): Advice {
  const causes = run.end === 'diverged' ? DIVERGED : STALLED;
  for (const cause of causes) {
    const advice = cause(run);
    if (advice) return advice;
  }
  return run.end === 'diverged' ? { ...tooLong(run.setup, OVERSHOT), remedies: [] } : unknown(run.setup);
}

type Cause = (run: FailedRun) => Advice | undefined;

const OVERSHOT =
  'The steps were so long that each overshot the valley by more than the one before, until the weights grew past what a number can hold.';

/** Steps along the plain gradient are measured by it; Adam and RMSProp make each step about as long as the rate. */
const isAdaptive = ({ optimizer }: Setup) => ['rmsprop', 'adam', 'adamw'].includes(optimizer);
const longRate = (setup: Setup) => (isAdaptive(setup) ? 0.03 : 1);
const shortRate = (setup: Setup) => (isAdaptive(setup) ? 1e-5 : 1e-3);
const usualRate = (setup: Setup) => (isAdaptive(setup) ? 0.001 : 0.1);
/** Fewer steps than this teach nobody anything. */
const FEW_STEPS = 30;
/** The loss of ten even guesses, and by how much a loss above it is worse than guessing. */
const EVEN_GUESS = Math.log(10);
const WORSE = 0.3;
/** A first layer whose gradient is so much shorter than the last layer's learns next to nothing. */
const VANISHED = 0.1;

const hasRelu = ({ activation }: Setup) => activation.includes('relu');
const gradientNorms = ({ look }: FailedRun) => look?.layers.map(({ gradientNorm }) => gradientNorm) ?? [];
const batchOf = ({ setup, images }: FailedRun) => Math.min(setup.batchSize, images || setup.batchSize);
const hiddenLayers = ({ layers }: Setup) => layers.length - 2;

const zeros: Cause = ({ setup }) => {
  if (setup.initializer !== 'zeros' || hiddenLayers(setup) === 0) return undefined;
  const alike = hasRelu(setup)
    ? 'Each hidden unit gives 0, and no gradient comes back through a ReLU at 0'
    : 'The units of a hidden layer are all alike, get the same step and stay alike';
  return {
    says: `All weights began at 0. ${alike}. Another seed cannot help, since nothing was drawn at random.`,
    remedies: [to('initializer', 'he')],
  };
};

const strongPenalty: Cause = (run) => {
  const { setup } = run;
  for (const [name, pull] of [
    ['l2', 0.3],
    ['l1', 0.03],
  ] as const) {
    if (setup[name] / batchOf(run) < pull) continue;
    return {
      says: `${setupOptions[name].label} ${setup[name]} pulls every weight towards 0 at each step, harder than the loss pulls it anywhere else.`,
      remedies: [to(name, 0)],
    };
  }
  return undefined;
};

/** A step that takes more than twice a weight off it leaves the weight larger than it was. */
const overshootingPenalty: Cause = (run) => {
  const { setup } = run;
  // Most optimisers have no weight decay of their own; for those the option is without effect.
  const decay = decaysWeights(setup) ? setup.weightDecay : 0;
  const share = setup.learningRate * Math.max(setup.l2 / batchOf(run), decay);
  if (share < 2) return undefined;
  const name = setup.l2 / batchOf(run) > decay ? 'l2' : 'weightDecay';
  return {
    says: `${setupOptions[name].label} ${setup[name]} takes more than twice each weight off it at every step: it comes out on the other side of 0, larger than it was.`,
    remedies: [to(name, 0)],
  };
};

const fewSteps: Cause = (run) => {
  const steps = run.epochs * Math.ceil(run.images / batchOf(run));
  if (run.images === 0 || steps >= FEW_STEPS) return undefined;
  const { setup, images, epochs } = run;
  const more = Math.ceil(100 / Math.ceil(images / batchOf(run)));
  const smaller = Math.max(1, Math.floor(images / 20));
  return {
    says: `It has made only ${counted(steps, 'step')}: ${counted(images, 'image')} in batches of ${batchOf(run)}, ${counted(epochs, 'epoch')}. That is too few to learn from.`,
    remedies: [
      ...(smaller < batchOf(run) ? [to('batchSize', smaller)] : []),
      ...(more > setup.epochs ? [to('epochs', more)] : []),
    ],
  };
};

const warmingUp: Cause = ({ setup, epochs }) =>
  setup.warmup >= 2 * epochs && setup.warmup > 0
    ? {
        says: `The warm-up takes ${setup.warmup} epochs, and after ${epochs} the steps are still short.`,
        remedies: [to('warmup', 0)],
      }
    : undefined;

const muchDropout: Cause = ({ setup }) =>
  setup.dropout >= 0.8 && hiddenLayers(setup) > 0
    ? {
        says: `Dropout ${setup.dropout} switches nearly all hidden units off at each step: what is left has too little to tell the digits apart by.`,
        remedies: [to('dropout', 0.2)],
      }
    : undefined;

const longSteps: Cause = ({ setup, loss }) => {
  const isWorse = setup.loss === 'cross-entropy' && loss > EVEN_GUESS + WORSE;
  if (setup.learningRate < longRate(setup) && !(isWorse && setup.learningRate > shortRate(setup)))
    return undefined;
  return tooLong(setup, 'The steps are too long to stay anywhere: each undoes what the one before has won.');
};

const deadRelu: Cause = (run) => {
  const norms = gradientNorms(run);
  if (!hasRelu(run.setup) || norms.length < 2 || norms[0] !== 0) return undefined;
  return {
    says: 'No gradient comes back to the first layer: its ReLUs, or those after it, are at 0 for every image, and a ReLU at 0 passes nothing back. They are dead, mostly from steps that were too long.',
    remedies: [...shorter(run.setup), to('activation', ['leaky-relu'])],
  };
};

/** Weights drawn alike small for layers of every width: each layer makes of what comes in a small part. */
const smallWeights: Cause = ({ setup }) =>
  setup.initializer === 'normal' && hiddenLayers(setup) > 1
    ? {
        says: `All weights began small, however many inputs their unit has: through ${hiddenLayers(setup)} hidden layers what tells the digits apart shrinks to nothing, and so does the gradient on its way back.`,
        remedies: [to('initializer', hasRelu(setup) ? 'he' : 'xavier')],
      }
    : undefined;

const vanishing: Cause = (run) => {
  const { setup } = run;
  const hidden = hiddenLayers(setup);
  const norms = gradientNorms(run);
  const share = norms[0] / norms.at(-1)!;
  const isSigmoid = setup.activation.includes('sigmoid');
  if (hidden < 2 || !(share < VANISHED || isSigmoid)) return undefined;
  const measured = share < 1 ? `: the first layer's is ${inWords(share)} of the last layer's` : '';
  const why = isSigmoid ? 'A sigmoid lets at most a quarter of it through' : 'Each takes a part of it';
  return {
    says: `The gradient fades on its way back through ${hidden} hidden layers${measured}. ${why}.`,
    remedies: [
      ...(hasRelu(setup) ? [] : [to('activation', ['relu'])]),
      { label: 'Begin again with one hidden layer', change: oneHidden(setup) },
    ],
  };
};

const shortSteps: Cause = ({ setup }) =>
  setup.learningRate <= shortRate(setup)
    ? {
        says: `The steps are too short to get anywhere: the learning rate is ${setup.learningRate}.`,
        remedies: [to('learningRate', usualRate(setup))],
      }
    : undefined;

const DIVERGED: readonly Cause[] = [overshootingPenalty];
const STALLED: readonly Cause[] = [
  zeros,
  strongPenalty,
  fewSteps,
  warmingUp,
  muchDropout,
  smallWeights,
  deadRelu,
  longSteps,
  vanishing,
  shortSteps,
];

const unknown = (setup: Setup): Advice => ({
  says: 'Nothing in the set-up says why. It may have begun badly: other first weights may do better.',
  remedies: [{ label: 'Begin again with a new seed', change: { seed: (setup.seed + 1) >>> 0 } }],
});

function tooLong(setup: Setup, says: string): Advice {
  return { says: `${says} The learning rate is ${setup.learningRate}.`, remedies: shorter(setup) };
}

/** A tenth of the learning rate, or the usual one where that is still long. */
function shorter(setup: Setup): Remedy[] {
  return [to('learningRate', Math.min(setup.learningRate / 10, usualRate(setup)))];
}

function to<
  Name extends
    | 'initializer'
    | 'l2'
    | 'l1'
    | 'weightDecay'
    | 'batchSize'
    | 'epochs'
    | 'warmup'
    | 'dropout'
    | 'learningRate'
    | 'activation',
>(name: Name, value: Setup[Name]): Remedy {
  const change = { [name]: value } as Partial<Setup>;
  return { label: `Begin again with “${setupOptions[name].label}” ${String(value)}`, change };
}

function oneHidden({ layers, activation }: Setup): Partial<Setup> {
  return { layers: [layers[0], layers[1], layers.at(-1)!], activation: [activation[0]] };
}

/** A share of 1 that may be very small. */
function inWords(share: number): string {
  return share < 0.001 ? formatMagnitude(share) : formatShare(share);
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
