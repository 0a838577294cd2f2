import type { QuantityName } from '../lib/notation.ts';
import { type ActivationName, activationNames } from '../lib/nn/activations.ts';
import { lossNames } from '../lib/nn/losses.ts';
import type { Trace, TraceStep } from '../lib/nn/trace.ts';
import { isCharged } from './contributions.ts';
import { quantityName } from './names.ts';

/** What a variable of the library's source holds while a step runs. */
export interface Binding {
  readonly quantity: QuantityName;
  readonly layer: number;
}

/** A region of the source that runs in a step, and in it the lines in play: those that hold a text, or all. */
export interface RunningCode {
  readonly region: string;
  readonly active?: string;
}

/**
 * The code that runs in a step, from the loops inwards: the step's own, the line of its activation in the table of all, and
 * the function that this line calls.
 */
export function codeOf(pass: Trace, { region, layer }: TraceStep): RunningCode[] {
  const loops = { region };
  switch (region) {
    case 'activate':
    case 'activation-backward': {
      const name = activationAt(pass, layer);
      return [loops, ...activationCode(name, region === 'activate')];
    }
    case 'add-penalty-gradient':
      return [loops, { region: 'penalty-slope' }];
    case 'activations':
      return activationCode(activationAt(pass, layer), false);
    default:
      return [loops];
  }
}

/**
 * Why formula and code do not look alike: in a formula one example stands upright, in the code every example is a row. Nothing
 * where they do.
 */
export function conventionOf({ region }: TraceStep): string | undefined {
  const pair = {
    affine: 'W a is A·Wᵀ',
    'input-gradient': 'Wᵀ δ is δ·W',
    'weight-gradient': 'δ aᵀ is δᵀ·A',
  }[region];
  return (
    pair &&
    `In the code each example is a row, where the formula has it upright: the formula’s ${pair} there.`
  );
}

/** Every region that a step of some network may name, with the file of src/lib/nn that holds it. */
export const codeFiles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'affine',
      'activate',
      'softmax',
      'input-gradient',
      'activation-backward',
      'softmax-backward',
      'weight-gradient',
      'bias-gradient',
    ].map((region) => [region, 'kernels/reference.ts']),
  ),
  ...Object.fromEntries(
    lossNames.flatMap((loss) => [
      [loss, 'losses.ts'],
      [`${loss}-gradient`, 'losses.ts'],
    ]),
  ),
  ...Object.fromEntries(['activations', 'sigmoid', 'tanh'].map((region) => [region, 'activations.ts'])),
  ...Object.fromEntries(
    ['add-penalty-gradient', 'penalty-slope'].map((region) => [region, 'regularizers.ts']),
  ),
  'update-sgd': 'optimizers.ts',
};

/** Activations whose value is a function of its own, beside the table. */
const WITH_FUNCTION: readonly ActivationName[] = ['sigmoid', 'tanh'];

function activationCode(name: ActivationName, isForward: boolean): RunningCode[] {
  const key = /\W/.test(name) ? `'${name}': {` : ` ${name}: {`;
  const line = { region: 'activations', active: key };
  return isForward && WITH_FUNCTION.includes(name) ? [line, { region: name }] : [line];
}

function activationAt(pass: Trace, layer: number): ActivationName {
  const origin = pass.origin({ quantity: 'activation', layer, row: 0, column: 0 });
  const name = origin.kind === 'activation' ? origin.name : origin.kind;
  const found = activationNames.find((each) => each === name);
  if (!found) throw new RangeError(`layer ${layer} has no activation, its output is ${name}`);
  return found;
}

/**
 * The variables in the lines that a step names, by their names in the source. What a function of kernels/reference.ts calls
 * A is the layer's own output, but for those two that take the layer's input under this name.
 */
export function codeBindings(pass: Trace, { quantity, layer, region }: TraceStep): Record<string, Binding> {
  const of = (name: Parameters<typeof quantityName>[1], at = layer): Binding => ({
    quantity: quantityName(pass, name, at),
    layer: at,
  });
  if (region === 'update-sgd') {
    const isWeight = quantity === 'updatedWeight';
    return {
      theta: of(isWeight ? 'weight' : 'bias'),
      // With a price in it the gradient is a sum, which the pass has no name for.
      ...(!(isWeight && isCharged(pass)) && { gradient: of(isWeight ? 'weightGradient' : 'biasGradient') }),
      eta: { quantity: 'learningRate', layer },
    };
  }
  if (region === 'add-penalty-gradient') {
    const lambda = { quantity: 'penalty', layer } as const;
    return {
      W: of('weight'),
      w: of('weight'),
      dW: of('weightGradient'),
      gradient: of('weightGradient'),
      penaltySlope: of('penaltyGradient'),
      l2: lambda,
      l1: lambda,
      m: { quantity: 'batchSize', layer },
    };
  }
  if (region === 'input-gradient') {
    // The next layer hands its blame on to this one.
    return { delta: of('delta', layer + 1), W: of('weight', layer + 1), dA: of('activationGradient') };
  }
  const takesInput = region === 'affine' || region === 'weight-gradient';
  const arrives = layer < pass.depth || hasOutputGradient(pass);
  return {
    A_prev: of('activation', layer - 1),
    W: of('weight'),
    b: of('bias'),
    Z: of('preActivation'),
    z: of('preActivation'),
    A: takesInput ? of('activation', layer - 1) : of('activation'),
    P: of('activation'),
    ...(layer === pass.depth && { y: of('target'), labels: of('target'), lossSum: of('loss') }),
    ...(region === 'mean-squared-error' && { sum: of('loss') }),
    // Nothing arrives at the output where loss and softmax are differentiated together.
    ...(arrives && { dA: of('activationGradient'), dP: of('activationGradient') }),
    ...(hasSlope(pass, layer) && { derivative: of('activationSlope') }),
    delta: of('delta'),
    blame: of('delta'),
    dW: of('weightGradient'),
    db: of('biasGradient'),
  };
}

/** Inside `Layer.forward` and `Layer.backward`, where A is always the layer's output. */
export function layerBindings(pass: Trace, step: TraceStep): Record<string, Binding> {
  const at = step.region === 'input-gradient' ? step.layer + 1 : step.layer;
  return {
    ...codeBindings(pass, { ...step, region: '', layer: at }),
    ...(at > 1 && { dA_prev: { quantity: 'activationGradient', layer: at - 1 } as const }),
  };
}

function hasOutputGradient(pass: Trace): boolean {
  return pass.steps.some(({ quantity, layer }) => quantity === 'activationGradient' && layer === pass.depth);
}

function hasSlope(pass: Trace, layer: number): boolean {
  return pass.steps.some((step) => step.quantity === 'activationSlope' && step.layer === layer);
}
