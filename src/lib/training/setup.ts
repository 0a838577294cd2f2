import { type ActivationName, activationNames, elementwiseNames } from '../nn/activations.ts';
import { initializerNames } from '../nn/initializers.ts';
import { lossNames } from '../nn/losses.ts';
import type { Architecture } from '../nn/model.ts';
import { defaultOptimizer, optimizerNames } from '../nn/optimizers.ts';
import type { Penalty } from '../nn/regularizers.ts';
import { defaultSchedule, scheduleNames } from '../nn/schedules.ts';
import { usualLayers } from './usual-layers.ts';
import { type Option, choice, choices, integer, number, sizes } from './option.ts';

/**
 * Every option of a run, once: the type of a set-up, its validation, the command line's flags, the form, the URL and
 * the metadata of a network's file all follow from this table.
 */
export const setupOptions = {
  layers: sizes([...usualLayers], 8192, {
    flag: 'layers',
    label: 'Layers',
    help: 'units of each layer, from the 784 pixels to the 10 digits',
  }),
  activation: choices<ActivationName>(['relu'], elementwiseNames, {
    flag: 'activation',
    label: 'Activation',
    help: 'of the hidden layers: one for all of them, or one each',
  }),
  output: choice<ActivationName>('softmax', activationNames, {
    flag: 'output',
    label: 'Output activation',
    help: 'of the last layer; cross-entropy needs softmax',
  }),
  loss: choice('cross-entropy', lossNames, {
    flag: 'loss',
    label: 'Loss',
    help: 'what training makes small',
  }),
  initializer: choice('he', initializerNames, {
    flag: 'init',
    label: 'Initialisation',
    help: 'how the first weights are drawn',
  }),
  optimizer: choice('sgd', optimizerNames, {
    flag: 'optimizer',
    label: 'Optimiser',
    help: 'how a gradient becomes a step',
  }),
  learningRate: number(0.1, 1e-8, 1000, {
    flag: 'lr',
    label: 'Learning rate',
    help: 'η: the length of a step',
  }),
  schedule: choice('constant', scheduleNames, {
    flag: 'schedule',
    label: 'Schedule',
    help: 'how the learning rate changes over the epochs',
  }),
  warmup: number(defaultSchedule.warmup, 0, 1000, {
    flag: 'warmup',
    label: 'Warm-up',
    help: 'epochs over which the learning rate rises from 0',
  }),
  stepEpochs: integer(defaultSchedule.stepEpochs, 1, 100_000, {
    flag: 'step-epochs',
    label: 'Step every',
    help: 'epochs between the steps of the step schedule',
  }),
  stepFactor: number(defaultSchedule.stepFactor, 0, 1, {
    flag: 'step-factor',
    label: 'Step factor',
    help: 'what the step schedule multiplies the learning rate by',
  }),
  momentum: number(
    defaultOptimizer.momentum,
    0,
    1,
    { flag: 'momentum', label: 'Momentum', help: 'share of the last step that is kept' },
    true,
  ),
  beta1: number(
    defaultOptimizer.beta1,
    0,
    1,
    { flag: 'beta1', label: 'β₁', help: 'decay of the running mean of the gradient (Adam)' },
    true,
  ),
  beta2: number(
    defaultOptimizer.beta2,
    0,
    1,
    { flag: 'beta2', label: 'β₂', help: 'decay of the running mean of its square (RMSProp, Adam)' },
    true,
  ),
  epsilon: number(defaultOptimizer.epsilon, 1e-16, 1, {
    flag: 'epsilon',
    label: 'ε',
    help: 'keeps the division in RMSProp and Adam finite',
  }),
  weightDecay: number(defaultOptimizer.weightDecay, 0, 10, {
    flag: 'weight-decay',
    label: 'Weight decay',
    help: 'share of each weight taken off per step (SGDW, AdamW)',
  }),
  batchSize: integer(128, 1, 100_000, { flag: 'batch', label: 'Batch size', help: 'images a step looks at' }),
  epochs: integer(10, 1, 100_000, {
    flag: 'epochs',
    label: 'Epochs',
    help: 'passes over the training images',
  }),
  l2: number(0, 0, 1e6, {
    flag: 'l2',
    label: 'L2 λ',
    help: 'penalty on squared weights, divided by the batch size asked for',
  }),
  l1: number(0, 0, 1e6, {
    flag: 'l1',
    label: 'L1 λ',
    help: 'penalty on absolute weights, divided by the batch size asked for',
  }),
  dropout: number(
    0,
    0,
    1,
    { flag: 'dropout', label: 'Dropout', help: 'share of the hidden units switched off at each step' },
    true,
  ),
  labelSmoothing: number(
    0,
    0,
    1,
    { flag: 'label-smoothing', label: 'Label smoothing', help: 'how far the targets are drawn towards even' },
    true,
  ),
  augmentation: number(0, 0, 3, {
    flag: 'augment',
    label: 'Augmentation',
    help: 'strength of the random distortion of every image, 0 for none',
  }),
  penDigits: integer(0, 0, 1_000_000, {
    flag: 'pen-digits',
    label: 'Pen digits',
    help: 'generated digits, as a mouse or a finger draws them, added to the training images',
  }),
  otherDrawings: integer(0, 0, 1_000_000, {
    flag: 'other-drawings',
    label: 'Other drawings',
    help: 'generated letters, symbols, scribbles and pairs of digits, added with the target that no digit is likelier than another',
  }),
  averaging: integer(0, 0, 100_000, {
    flag: 'average',
    label: 'Averaging',
    help: 'last epochs whose weights are averaged at the end; 0 for the last alone',
  }),
  examples: integer(0, 0, 1_000_000, {
    flag: 'examples',
    label: 'Training images',
    help: 'only so many of them, each digit in its share; 0 for all',
  }),
  wrongLabels: number(0, 0, 1, {
    flag: 'wrong-labels',
    label: 'Wrong labels',
    help: 'share of the images that are given the label of another digit, those held back included',
  }),
  validation: integer(0, 0, 1_000_000, {
    flag: 'validation',
    label: 'Validation images',
    help: 'training images held back to watch the training by',
  }),
  patience: integer(0, 0, 100_000, {
    flag: 'patience',
    label: 'Patience',
    help: 'epochs without a better validation loss before stopping early; 0 for never',
  }),
  seed: integer(1, 0, 0xffffffff, { flag: 'seed', label: 'Seed', help: 'decides everything random' }),
};

export type SetupName = keyof typeof setupOptions;

/** The options of one run. */
export type Setup = { readonly [Name in SetupName]: ValueOf<(typeof setupOptions)[Name]> };

type ValueOf<O> = O extends Option<infer T> ? T : never;

export const setupNames = Object.keys(setupOptions) as SetupName[];

export const defaultSetup = Object.fromEntries(
  setupNames.map((name) => [name, setupOptions[name].default]),
) as unknown as Setup;

/** Something that a set-up cannot be: which option, and why. */
export class SetupError extends RangeError {
  readonly option: SetupName;

  constructor(option: SetupName, reason: string) {
    super(`${setupOptions[option].label} ${reason}`);
    this.option = option;
  }
}

/**
 * A set-up from texts, as flags, form fields and URLs give them; what is left out has its default.
 *
 * @throws SetupError for the first option that is not allowed, alone or beside the others
 */
export function parseSetup(texts: { readonly [Name in SetupName]?: string | undefined }): Setup {
  const values: Record<string, unknown> = { ...defaultSetup };
  for (const name of setupNames) {
    const text = texts[name];
    if (text === undefined) continue;
    try {
      values[name] = setupOptions[name].parse(text);
    } catch (error) {
      throw new SetupError(name, (error as Error).message);
    }
  }
  return checkSetup(values as unknown as Setup);
}

/** The options that differ from their default, as texts that `parseSetup` reads. */
export function formatSetup(setup: Setup): { [Name in SetupName]?: string } {
  const texts: { [Name in SetupName]?: string } = {};
  for (const name of setupNames) {
    const option = setupOptions[name] as Option<unknown>;
    const text = option.format(setup[name]);
    if (text !== option.format(option.default)) texts[name] = text;
  }
  return texts;
}

/**
 * What a network was trained with that its weights do not show, from the options in its file. An option that the file does
 * not have, or that cannot be, is taken to be its default: none.
 */
export function trainedWith(training: Readonly<Record<string, string>> = {}): {
  dropout: number;
  penalty: Penalty;
} {
  const of = (name: 'dropout' | 'l2' | 'l1'): number => {
    const text = training[name];
    try {
      return text === undefined ? defaultSetup[name] : setupOptions[name].parse(text);
    } catch {
      return defaultSetup[name];
    }
  };
  return { dropout: of('dropout'), penalty: { l2: of('l2'), l1: of('l1') } };
}

/** What one option alone does not show: that they go together. */
function checkSetup(setup: Setup): Setup {
  const hidden = setup.layers.length - 2;
  if (setup.activation.length !== 1 && setup.activation.length !== hidden) {
    throw new SetupError('activation', `must be one, or one for each of the ${hidden} hidden layers`);
  }
  if (setup.activation.includes('softmax'))
    throw new SetupError('activation', 'softmax is for the output alone');
  if (setup.loss === 'cross-entropy' && setup.output !== 'softmax') {
    throw new SetupError('output', `must be softmax for cross-entropy, not ${setup.output}`);
  }
  if (setup.patience > 0 && setup.validation === 0) {
    throw new SetupError('patience', 'needs validation images to look at');
  }
  if (setup.patience > 0 && setup.averaging > 0) {
    throw new SetupError('averaging', 'needs the epochs to run to their end, without patience');
  }
  return setup;
}

/** The layers of a run's network: one activation for all hidden ones, or one for each. */
export function architectureOf({ layers, activation, output }: Setup): Architecture {
  const last = layers.length - 2;
  return {
    inputs: layers[0],
    layers: layers.slice(1).map((units, l) => ({
      units,
      activation: l === last ? output : activation[activation.length === 1 ? 0 : l],
    })),
  };
}

/** 20 million parameters are 80 MB, and as much again for each running average of the optimiser. */
const MOST_PARAMETERS = 20e6;
const MOST_LAYERS = 20;

/**
 * A set-up that reads pictures of digits, and that a browser has the memory for.
 *
 * @throws SetupError that says why it cannot be run on a page
 */
export function checkForDigits(setup: Setup): Setup {
  const { layers } = setup;
  const parameters = layers.slice(1).reduce((sum, units, l) => sum + units * (layers[l] + 1), 0);
  const reason =
    layers[0] !== 784
      ? `must begin with the 784 pixels, not with ${layers[0]}`
      : layers.at(-1) !== 10
        ? `must end with the 10 digits, not with ${layers.at(-1)}`
        : layers.length - 1 > MOST_LAYERS
          ? `must be at most ${MOST_LAYERS}, not ${layers.length - 1}`
          : parameters > MOST_PARAMETERS
            ? `make ${Math.round(parameters / 1e6)} million parameters; ${MOST_PARAMETERS / 1e6} million are the most for a browser`
            : undefined;
  if (reason) throw new SetupError('layers', reason);
  return setup;
}
