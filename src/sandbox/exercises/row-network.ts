import { Patient } from '../../lib/clinic/patient.ts';
import type { FaultName } from '../../lib/clinic/faults.ts';
import { type Nudged, nudgeEveryParameter } from '../../lib/experiments/nudges.ts';
import type { Examples } from '../../lib/nn/examples.ts';
import { initialWeights } from '../../lib/nn/initializers.ts';
import { referenceKernels } from '../../lib/nn/kernels/reference-kernels.ts';
import type { NetworkModel } from '../../lib/nn/model.ts';
import { Network } from '../../lib/nn/network.ts';
import { Random } from '../../lib/nn/random.ts';

/*
 * Networks as the ladder writes them: each layer as its rows of weights and its biases, ReLU in all layers but the last, which
 * ends in a softmax. Made from the library's and turned into them, so that all that is computed here is computed by it.
 */

export interface RowLayer {
  /** Row j holds the weights into unit j. */
  readonly W: number[][];
  readonly b: number[];
}

/** What forward has left: `a[0]` is the input, `a[l + 1]` comes out of layer l, `z[l]` are its sums. */
export interface RowPass {
  readonly a: number[][];
  readonly z: number[][];
}

export interface RowGradient {
  readonly dW: number[][];
  readonly db: number[];
}

/** A network drawn by lot: He's weights, and biases that are not 0. */
export function drawLayers(sizes: readonly number[], seed: number): RowLayer[] {
  const random = new Random(seed);
  return sizes.slice(1).map((units, l) => ({
    W: rowsOf(initialWeights('he', sizes[l], units, random), units),
    b: Array.from({ length: units }, () => 0.3 * random.normal()),
  }));
}

/** An input drawn by lot. */
export function drawInput(length: number, seed: number): number[] {
  const random = new Random(seed);
  return Array.from({ length }, () => random.normal());
}

/** A network of the library's as rows. */
export function rowLayers({ layers }: NetworkModel): RowLayer[] {
  return layers.map(({ weights, bias, units }) => ({ W: rowsOf(weights, units), b: Array.from(bias) }));
}

/** Rows as a network of the library's. */
export function modelOf(layers: readonly RowLayer[]): NetworkModel {
  return {
    layers: layers.map(({ W, b }, l) => ({
      inputs: W[0].length,
      units: W.length,
      activation: l < layers.length - 1 ? 'relu' : 'softmax',
      weights: Float64Array.from(W.flat()),
      bias: Float64Array.from(b),
    })),
  };
}

export function passOf(layers: readonly RowLayer[], x: readonly number[]): RowPass {
  const network = Network.fromModel(modelOf(layers), { kernels: referenceKernels('float64') });
  network.forward(examplesOf([x], [0]), Uint32Array.of(0));
  return {
    a: [[...x], ...network.layers.map((layer) => Array.from(layer.read('activation')))],
    z: network.layers.map((layer) => Array.from(layer.read('preActivation'))),
  };
}

/** p − y: what the scores are to blame for. */
export function outputBlame({ a }: RowPass, label: number): number[] {
  return a.at(-1)!.map((share, k) => share - (k === label ? 1 : 0));
}

/** Mean gradients of some examples, each parameter nudged by itself. */
export function nudgedGradients(...given: NudgedExamples): RowGradient[] {
  const { sums, additions } = nudging(...given);
  for (const _ of additions);
  return sums;
}

/** The same of a network so large that others must have their turn meanwhile. */
export async function nudgedGradientsInTurns(
  pause: () => Promise<void>,
  ...given: NudgedExamples
): Promise<RowGradient[]> {
  const { sums, additions } = nudging(...given);
  let count = 0;
  for (const _ of additions) if (++count % TURN === 0) await pause();
  return sums;
}

type NudgedExamples = [
  layers: readonly RowLayer[],
  xs: readonly (readonly number[])[],
  labels: readonly number[],
];

/** Nudges between two turns of others. */
const TURN = 500;

/** Sums that are whole once all additions to them have been asked for, a nudge each. */
function nudging(...[layers, xs, labels]: NudgedExamples) {
  const sums = layers.map(({ W, b }) => ({ dW: W.map((row) => row.map(() => 0)), db: b.map(() => 0) }));
  function* additions(): Generator<void> {
    for (let row = 0; row < xs.length; row++) {
      for (const nudged of nudgeEveryParameter(modelOf(layers), examplesOf(xs, labels), row)) {
        addNudged(sums, nudged, xs.length);
        yield;
      }
    }
  }
  return { sums, additions: additions() };
}

/** Mean gradients by a backward that has one of the clinic's faults, as it leaves them after a step of its own. */
export function faultyGradients(
  fault: FaultName,
  layers: readonly RowLayer[],
  xs: readonly (readonly number[])[],
  labels: readonly number[],
): RowGradient[] {
  const patient = new Patient(modelOf(layers), fault);
  patient.pass(examplesOf(xs, labels), Uint32Array.from(xs.keys()));
  const { weights, bias } = patient.gradients();
  return weights.map((values, l) => ({
    dW: rowsOf(values, layers[l].W.length),
    db: Array.from(bias[l]),
  }));
}

/** Mean cross-entropy of some examples. */
export function meanLoss(
  layers: readonly RowLayer[],
  xs: readonly (readonly number[])[],
  labels: readonly number[],
): number {
  const network = Network.fromModel(modelOf(layers), { kernels: referenceKernels('float64') });
  return network.evaluate(examplesOf(xs, labels)).loss;
}

function addNudged(sums: RowGradient[], { layer, parameter, index, numeric }: Nudged, count: number): void {
  const { dW, db } = sums[layer];
  if (parameter === 'bias') db[index] += numeric / count;
  else {
    const inputs = dW[0].length;
    dW[Math.floor(index / inputs)][index % inputs] += numeric / count;
  }
}

function examplesOf(xs: readonly (readonly number[])[], labels: readonly number[]): Examples {
  return {
    count: xs.length,
    width: xs[0].length,
    values: Float64Array.from(xs.flat()),
    labels: Uint8Array.from(labels),
  };
}

function rowsOf(values: ArrayLike<number>, units: number): number[][] {
  const inputs = values.length / units;
  return Array.from({ length: units }, (_, j) =>
    Array.from({ length: inputs }, (_, k) => values[j * inputs + k]),
  );
}
