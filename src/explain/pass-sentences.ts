import { notation } from '../lib/notation.ts';
import { logarithm } from '../lib/nn/elementary.ts';
import { predictedClass } from '../lib/nn/losses.ts';
import type { Cell, Quantity } from '../lib/nn/origin.ts';
import type { Trace, TraceStep } from '../lib/nn/trace.ts';
import { activationWords, count, isZero } from './activation-words.ts';
import { capital } from './names.ts';
import { indexOfLargestSize, slopesOfUpdate } from './contributions.ts';
import { labelOf, probabilityOf } from './equations.ts';
import { formatCount, formatExact, formatNumber, formatShare, printEquation } from './numbers.ts';

/** What one step did, in a sentence or two: for the page, for screen readers and for print. */
export function describeStep(pass: Trace, step: TraceStep): string {
  if (!pass.values(step.quantity, step.layer).every(Number.isFinite)) {
    return `${capital(notation[step.quantity].spoken)} of layer ${step.layer} have grown past what a number can hold: nothing that follows from them means anything.`;
  }
  return sentences[step.quantity](pass, step);
}

/** Every quantity that a step computes, as a whole. Those that are given have no step. */
const sentences: { readonly [Q in Quantity]: (pass: Trace, step: TraceStep) => string } = {
  weight: (_pass, step) => given(step),
  bias: (_pass, step) => given(step),
  target: (_pass, step) => given(step),

  preActivation: (pass, { layer }) => {
    const values = pass.values('preActivation', layer);
    const inputs = pass.shape('weight', layer)[1];
    const largest = predictedClass(values, values.length);
    return `Layer ${layer} sums up: each of its ${values.length} units multiplies its ${inputs} inputs by its weights and adds its bias. The largest sum is ${formatNumber(values[largest])}, in unit ${largest}.`;
  },

  activation: (pass, { layer }) => {
    const [sums, values] = [pass.values('preActivation', layer), pass.values('activation', layer)];
    const bent = activationWords[activationOf(pass, layer)].forward(`layer ${layer}`, sums, values);
    if (layer < pass.depth) return bent + dropoutLeftOut(pass);
    const largest = predictedClass(values, values.length);
    return `${bent} The largest output is ${formatNumber(values[largest])}, for ${largest}.`;
  },

  loss: (pass, { layer }) => {
    const origin = pass.origin(cellAt('loss', layer, 0));
    const told = origin.kind === 'cross-entropy' ? crossEntropy(pass) : meanSquaredError(pass);
    return told + penaltyLeftOut(pass, 'The loss here is that of this example alone.');
  },

  activationGradient: (pass, { layer }) => {
    if (layer === pass.depth) return outputBlame(pass, 'activationGradient');
    const values = pass.values('activationGradient', layer);
    const next = pass.shape('delta', layer + 1)[0];
    const most = indexOfLargestSize(values);
    const gathered =
      values[most] === 0
        ? 'Nothing arrives at any of them.'
        : `${layer === 0 ? 'Pixel' : 'Unit'} ${most} gathers the most, ${formatNumber(values[most])}.`;
    const each = layer === 0 ? 'each pixel' : `each unit of layer ${layer}`;
    return `The blame of layer ${layer + 1} goes back through the weights that it came by: ${each} gathers a share from all ${next} units that it feeds. ${gathered}`;
  },

  activationSlope: (pass, { layer }) =>
    activationWords[activationOf(pass, layer)].slopes(
      `layer ${layer}`,
      pass.values('activationSlope', layer),
    ),

  delta: (pass, { layer, rows }) => {
    const { kind } = pass.origin(cellAt('delta', layer, 0));
    if (kind === 'difference') return outputBlame(pass, 'delta');
    const values = pass.values('delta', layer);
    const most = indexOfLargestSize(values);
    const none = count(values, isZero);
    const largest =
      none === rows
        ? 'None of them has any blame.'
        : `${capital(none === 0 ? 'of them' : 'of the others')} unit ${most} has the most, ${formatNumber(values[most])}.`;
    return kind === 'softmax-backward'
      ? `What arrives goes back through softmax, at all ${rows} outputs at once: each has its probability times the blame that arrived at it, less the mean of what arrived at all by their probabilities. ${none === 0 ? '' : `${none} of them get none. `}${largest}`
      : `What arrives at layer ${layer} is multiplied by each unit’s slope: ${none} of its ${rows} units get no blame at all. ${largest}`;
  },

  weightGradient: (pass, { layer, rows, columns }) => {
    const values = pass.values('weightGradient', layer);
    const most = indexOfLargestSize(values);
    const largest =
      values[most] === 0
        ? ''
        : ` The largest in size is ${formatNumber(values[most])}, for the weight from input ${most % columns} into unit ${Math.floor(most / columns)}.`;
    return `Every weight into layer ${layer} gets its unit’s blame times the value that came in through it: ${rows} × ${columns} products, of which ${formatCount(count(values, isZero))} are 0.${largest}`;
  },

  biasGradient: (_pass, { layer }) =>
    `Every bias of layer ${layer} gets its unit’s blame as it is: what it was multiplied by is 1.`,

  penaltyGradient: (pass, { layer, columns }) => {
    const origin = pass.origin(cellAt('penaltyGradient', layer, 0));
    if (origin.kind !== 'price') throw new RangeError(`a price by ${origin.kind} cannot be told`);
    const { penalty, m } = origin;
    const prices = pass.values('penaltyGradient', layer);
    const most = indexOfLargestSize(prices);
    const price = [
      ...(penalty.l2 > 0 ? [`λ₂ = ${formatExact(penalty.l2)} times itself`] : []),
      ...(penalty.l1 > 0 ? [`λ₁ = ${formatExact(penalty.l1)}, whatever its size`] : []),
    ];
    const [own, all] = [pass.values('weightGradient', layer), prices].map(lengthOf);
    return `Every weight into layer ${layer} is charged ${price.join(' and ')}${m === 1 ? '' : `, over ${m}`}: added to its gradient, that pulls it towards 0. The highest price is ${formatNumber(prices[most])}, of the weight from input ${most % columns} into unit ${Math.floor(most / columns)}. All prices together are ${formatNumber(all)} long, what the digit itself asks for is ${formatNumber(own)}.`;
  },

  updatedWeight: (pass, step) => update(pass, step, 'updatedWeight'),
  updatedBias: (pass, step) => update(pass, step, 'updatedBias'),
};

/** √Σ of the squares. */
function lengthOf(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));
}

function crossEntropy(pass: Trace): string {
  const { label, isOneHot } = labelOf(pass);
  const loss = pass.values('loss', pass.depth)[0];
  if (!isOneHot) {
    const targets = pass.values('target', pass.depth);
    const other = targets[label === 0 ? 1 : 0];
    return `The label is ${label}. Its target is ${formatNumber(targets[label])} and that of each other output ${formatNumber(other)}, and the loss, minus the sum of every target times the logarithm of its probability, is ${formatNumber(loss)}.`;
  }
  const { value: probability } = probabilityOf(pass, cellAt('activation', pass.depth, label));
  if (probability === 0) {
    return `The label is ${label}. Its probability is smaller than any number that can be held; from the sums themselves the loss is ${formatNumber(loss)}.`;
  }
  const { inputs, result, sign } = printEquation([probability], ([p]) => -logarithm(p), loss);
  return `The label is ${label}. Its probability is ${inputs[0]}, so the loss is −ln ${inputs[0]} ${sign} ${result}.`;
}

function meanSquaredError(pass: Trace): string {
  const { label } = labelOf(pass);
  const [outputs, targets] = [pass.values('activation', pass.depth), pass.values('target', pass.depth)];
  const off = Array.from(outputs, (a, k) => a - targets[k]);
  const { inputs, result, isExact } = printEquation(
    off,
    (gaps) => gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length,
    pass.values('loss', pass.depth)[0],
  );
  return `The label is ${label}. The ${off.length} outputs are off their targets by ${inputs.join(', ')}; the loss is the mean of the squares, ${isExact ? '' : 'about '}${result}.`;
}

/** Where the blame begins: what each output's sum, or what it put out, ought to have been. */
function outputBlame(pass: Trace, quantity: 'delta' | 'activationGradient'): string {
  const values = pass.values(quantity, pass.depth);
  const { label } = labelOf(pass);
  const worst = indexOfLargestSize(values.map((value, k) => (k === label ? 0 : value)));
  const ought = (k: number) => {
    if (values[k] === 0) return 'it is as it ought to be';
    return `its ${quantity === 'delta' ? 'sum' : 'output'} ought to be ${values[k] < 0 ? 'larger' : 'smaller'}`;
  };
  const others =
    worst === label || values[worst] === 0
      ? 'The others have none.'
      : `Of the others ${worst} has the most, ${formatNumber(values[worst])}: ${ought(worst)}.`;
  const whole =
    quantity === 'delta'
      ? 'Each output is to blame for what it said minus what it should have said.'
      : `The loss is a mean over ${values.length} outputs, so each is to blame for 2 / ${values.length} of what it said minus what it should have said.`;
  return `${whole} Output ${label}, the label, has ${formatNumber(values[label])}: ${ought(label)}. ${others}`;
}

function update(
  pass: Trace,
  { layer, columns }: TraceStep,
  quantity: 'updatedWeight' | 'updatedBias',
): string {
  const noun = quantity === 'updatedWeight' ? 'weight' : 'bias';
  const gradient = slopesOfUpdate(pass, quantity, layer);
  const most = indexOfLargestSize(gradient);
  const origin = pass.origin(cellAt(quantity, layer, most, columns));
  if (origin.kind !== 'descent') throw new RangeError(`an update by ${origin.kind} cannot be told`);
  const rate = origin.learningRate;
  const { inputs, result, isExact } = printEquation(
    [rate, gradient[most]],
    ([eta, slope]) => -eta * slope,
    -rate * gradient[most],
  );
  const stops = origin.stopsAtZero && pass.value(cellAt(quantity, layer, most, columns)) === 0;
  const furthest =
    gradient[most] === 0
      ? 'All gradients are 0, and none moves.'
      : stops
        ? `The one with the largest gradient, ${inputs[1]}, would be carried past 0: there it stops.`
        : `The one with the largest gradient, ${inputs[1]}, moves by −${inputs[0]} times that, ${isExact ? '' : 'about '}${result}.`;
  const against = origin.price ? 'its gradient, the price in it' : 'its gradient';
  return `Every ${noun} of layer ${layer} takes one step against ${against}, ${inputs[0]} times as long. ${furthest}${noun === 'weight' ? penaltyLeftOut(pass, 'The step here is by this example’s own gradient.') : ''}`;
}

function dropoutLeftOut({ leftOut: { dropout } }: Trace): string {
  return dropout === 0
    ? ''
    : ` Dropout, which switched off ${formatShare(dropout, 0)} of such units at each step of training, is over: all take part.`;
}

function penaltyLeftOut({ leftOut: { penalty } }: Trace, what: string): string {
  const prices = [
    ...(penalty.l2 > 0 ? [`λ₂ = ${formatExact(penalty.l2)}`] : []),
    ...(penalty.l1 > 0 ? [`λ₁ = ${formatExact(penalty.l1)}`] : []),
  ];
  if (prices.length === 0) return '';
  return ` ${what} Training adds the price of large weights, ${prices.join(' and ')}.`;
}

function activationOf(pass: Trace, layer: number) {
  const origin = pass.origin(cellAt('activation', layer, 0));
  if (origin.kind === 'activation') return origin.name;
  if (origin.kind === 'softmax') return origin.kind;
  throw new RangeError(`layer ${layer} has no activation, its output is ${origin.kind}`);
}

function given({ quantity, layer }: TraceStep): string {
  return `${capital(notation[quantity].spoken)} of layer ${layer} are given.`;
}

function cellAt(quantity: Quantity, layer: number, index: number, columns = 1): Cell {
  return { quantity, layer, row: Math.floor(index / columns), column: index % columns };
}
