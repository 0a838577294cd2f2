import { type Dataset, subset } from '../data/dataset.ts';
import { gradientCheck } from '../nn/gradient-check.ts';
import { referenceKernels } from '../nn/kernels/reference-kernels.ts';
import type { NetworkModel } from '../nn/model.ts';
import { Network } from '../nn/network.ts';
import { nudgeEveryParameter } from '../experiments/nudges.ts';
import type { FaultName } from './faults.ts';
import { type Gradients, Patient } from './patient.ts';

export const toolNames = ['largest', 'batch', 'biases', 'all', 'twice'] as const;
export type ToolName = (typeof toolNames)[number];

/** What a tool saw of one patient. */
export interface Finding {
  /** ‖backward − nudges‖ / max of the two lengths, of the worst layer; 0 where both are 0. */
  readonly relativeError: number;
  readonly isFound: boolean;
  /** Of the tool that looks at everything: backward minus nudges for the first layer's weights, (units × inputs). */
  readonly difference?: Float64Array;
  /** Of the same tool: the largest of those weights' gradients by nudges, the same for every patient. */
  readonly largest?: number;
}

/** Above it a backward is ill; the right one stays below 1e-6 in every tool. */
const ILL = 1e-3;

/** Weights of each layer that the quick tools look at: those with the largest gradients. */
const LOOKED_AT = 8;
/** Digits of the tool that looks at a batch. */
const BATCH = 16;

/**
 * Tools that compare a patient's backward with nudges, at weights that all patients share: so what nudges say is computed
 * once. In float64.
 */
export class Tools {
  readonly #model: NetworkModel;
  readonly #digits: Dataset;
  readonly #seed: number;
  readonly #ofOne: Gradients;
  #ofBatch: Gradients | undefined;

  /** @param digits the first is the one digit, the first sixteen the batch */
  constructor(model: NetworkModel, digits: Dataset, seed = 1) {
    this.#model = model;
    this.#digits = subset(
      digits,
      Array.from({ length: BATCH }, (_, row) => row),
    );
    this.#seed = seed;
    this.#ofOne = nudgedOne(model, this.#digits);
  }

  examine(tool: ToolName, fault: FaultName | undefined): Finding {
    const patient = new Patient(this.#model, fault, this.#seed);
    patient.pass(this.#digits, [0]);
    const once = patient.gradients();
    switch (tool) {
      case 'largest':
        return finding(this.#largest(once.weights, this.#ofOne.weights));
      case 'batch': {
        const fresh = new Patient(this.#model, fault, this.#seed);
        fresh.pass(
          this.#digits,
          Array.from({ length: BATCH }, (_, row) => row),
        );
        this.#ofBatch ??= nudgedLargest(this.#model, this.#digits);
        return finding(this.#largest(fresh.gradients().weights, this.#ofBatch.weights));
      }
      case 'biases':
        return finding(pairs(once.bias, this.#ofOne.bias));
      case 'all': {
        const [weights, nudged] = [once.weights[0], this.#ofOne.weights[0]];
        const both = [...pairs(once.weights, this.#ofOne.weights), ...pairs(once.bias, this.#ofOne.bias)];
        const largest = nudged.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        return { ...finding(both), difference: weights.map((value, n) => value - nudged[n]), largest };
      }
      case 'twice': {
        patient.pass(this.#digits, [0]);
        return finding(this.#largest(patient.gradients().weights, this.#ofOne.weights));
      }
    }
  }

  /** Of each layer only the cells where the nudges see most. */
  #largest(
    weights: readonly Float64Array[],
    nudged: readonly Float64Array[],
  ): [Float64Array, Float64Array][] {
    return nudged.map((numbers, l) => {
      const cells = largestCells(numbers);
      return [pick(weights[l], cells), pick(numbers, cells)];
    });
  }
}

function nudgedOne(model: NetworkModel, digits: Dataset): Gradients {
  const gradients = emptyGradients(model);
  for (const { layer, parameter, index, numeric } of nudgeEveryParameter(model, digits, 0)) {
    gradients[parameter][layer][index] = numeric;
  }
  return gradients;
}

/** For a batch, the cells with the largest gradients alone: nudging all of them would take a second for each digit. */
function nudgedLargest(model: NetworkModel, digits: Dataset): Gradients {
  const network = Network.fromModel(model, { kernels: referenceKernels('float64') });
  const rows = Uint32Array.from({ length: BATCH }, (_, row) => row);
  network.forwardWithLoss(digits, rows);
  network.backward();
  const only = network.layers.flatMap((each, layer) =>
    largestCells(each.read('weightGradient')).map((index) => ({
      layer,
      parameter: 'weights' as const,
      index,
    })),
  );
  const gradients = emptyGradients(model);
  for (const { layer, index, numeric } of gradientCheck(network, digits, rows, { only })) {
    gradients.weights[layer][index] = numeric;
  }
  return gradients;
}

function emptyGradients({ layers }: NetworkModel): Gradients {
  return {
    weights: layers.map(({ weights }) => new Float64Array(weights.length)),
    bias: layers.map(({ bias }) => new Float64Array(bias.length)),
  };
}

function largestCells(values: ArrayLike<number>): number[] {
  const cells = Array.from({ length: values.length }, (_, n) => n);
  return cells.sort((a, b) => Math.abs(values[b]) - Math.abs(values[a])).slice(0, LOOKED_AT);
}

function pick(values: Float64Array, cells: readonly number[]): Float64Array {
  return Float64Array.from(cells, (cell) => values[cell]);
}

function pairs(a: readonly Float64Array[], b: readonly Float64Array[]): [Float64Array, Float64Array][] {
  return a.map((values, l) => [values, b[l]]);
}

function finding(compared: readonly (readonly [Float64Array, Float64Array])[]): Finding {
  const relativeError = Math.max(...compared.map(([a, b]) => relative(a, b)));
  return { relativeError, isFound: relativeError > ILL };
}

function relative(a: Float64Array, b: Float64Array): number {
  const difference = Math.hypot(...a.map((value, n) => value - b[n]));
  const length = Math.max(Math.hypot(...a), Math.hypot(...b));
  return length === 0 ? 0 : difference / length;
}
