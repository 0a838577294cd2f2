import { nextTask } from '../../state/remote/next-task.ts';
import { signal } from '@preact/signals';
import type { Dataset } from '../../lib/data/dataset.ts';
import { referenceKernels } from '../../lib/nn/kernels/reference-kernels.ts';
import type { NetworkModel } from '../../lib/nn/model.ts';
import { Network } from '../../lib/nn/network.ts';
import { nudgeEveryParameter, passesFor } from '../../lib/experiments/nudges.ts';
import { createBlamedDigit } from '../../state/pass/blamed-digit.ts';

export interface NudgeResult {
  /** Of nudging alone: the page's own work in between is not counted. */
  readonly milliseconds: number;
  readonly passes: number;
  /** Of one forward and backward pass, the mean of many. */
  readonly backpropMilliseconds: number;
  /** The largest difference between the two gradients, over all parameters. */
  readonly largestDifference: number;
  readonly parameters: number;
}

/** Milliseconds of work between two breaths of the page. */
const SLICE = 10;
const REPEATS = 50;

/** Every parameter nudged, one after the other, in slices that leave the page its frames. */
export function createNudging(firstDigit: number) {
  const blamed = createBlamedDigit(firstDigit);
  const done = signal(0);
  const isRunning = signal(false);
  const result = signal<NudgeResult | undefined>(undefined);
  /** (units × inputs): the nudged gradient of the first layer so far; a new array for each picture. */
  const picture = signal<Float64Array | undefined>(undefined);
  let generation = 0;

  async function run(): Promise<void> {
    const [model, digit] = [blamed.model.peek(), blamed.digitPick.example.peek()];
    if (!model || !digit) return;
    const own = ++generation;
    [isRunning.value, result.value, done.value] = [true, undefined, 0];
    const { gradients, backpropMilliseconds } = backprop(model, digit, 0);
    const nudged = new Float64Array(model.layers[0].weights.length);
    let [milliseconds, parameters, largestDifference] = [0, 0, 0];
    const nudging = nudgeEveryParameter(model, digit, 0);
    for (let isOver = false; !isOver;) {
      const started = performance.now();
      while (!isOver && performance.now() - started < SLICE) {
        const { value, done: ended } = nudging.next();
        if (ended) {
          isOver = true;
          break;
        }
        parameters++;
        const { layer, parameter, index, numeric } = value;
        if (layer === 0 && parameter === 'weights') nudged[index] = numeric;
        const difference = Math.abs(numeric - gradients[layer][parameter][index]);
        largestDifference = Math.max(largestDifference, difference);
      }
      milliseconds += performance.now() - started;
      done.value = 2 * parameters;
      picture.value = nudged.slice();
      await nextTask();
      if (own !== generation) return;
    }
    result.value = {
      milliseconds,
      passes: passesFor(model),
      backpropMilliseconds,
      largestDifference,
      parameters,
    };
    isRunning.value = false;
  }

  return {
    ...blamed,
    done,
    isRunning,
    result,
    picture,
    run,
    cancel(): void {
      generation++;
      isRunning.value = false;
    },
    /** Of forward passes, two for each parameter. */
    total: () => (blamed.model.value ? passesFor(blamed.model.value) : 0),
  };
}

function backprop(model: NetworkModel, digits: Dataset, digit: number) {
  const network = Network.fromModel(model, { kernels: referenceKernels('float64') });
  const rows = Uint32Array.of(digit);
  const started = performance.now();
  for (let n = 0; n < REPEATS; n++) {
    network.forwardWithLoss(digits, rows);
    network.backward();
  }
  const backpropMilliseconds = (performance.now() - started) / REPEATS;
  const gradients = network.layers.map((layer) => ({
    weights: layer.read('weightGradient'),
    bias: layer.read('biasGradient'),
  }));
  return { gradients, backpropMilliseconds };
}
