import type { Dataset } from '../data/dataset.ts';
import { type KernelBytes, chooseKernels } from '../nn/kernels/wasm.ts';
import type { Kernels } from '../nn/kernels/kernels.ts';
import { type LossName, predictedClass } from '../nn/losses.ts';
import type { NetworkModel } from '../nn/model.ts';
import { type Evaluation, Network, batches } from '../nn/network.ts';
import { HandedDatasets } from './handed-datasets.ts';
import { type Direction, type SliceGrid, movedModel } from './landscape.ts';

export interface Reviewed {
  readonly model: NetworkModel;
  readonly loss: LossName;
}

/** One image's push on one weight: the gradient of its own loss. Against it goes the weight. */
export interface Push {
  readonly row: number;
  readonly label: number;
  /** What the network reads. */
  readonly read: number;
  readonly gradient: number;
  /** (784) bytes */
  readonly image: Uint8Array;
}

/** Which images push a weight up and which down, and what is left of it. */
export interface WeightPushes {
  /** Sums of the negative and the positive gradients over all images, as sizes, and how many images there are of each. */
  readonly up: { readonly sum: number; readonly count: number; readonly strongest: readonly Push[] };
  readonly down: { readonly sum: number; readonly count: number; readonly strongest: readonly Push[] };
  /** The mean over all images: what backward gives for one batch of them all. */
  readonly mean: number;
  /** (10): the sum of each label's gradients. */
  readonly byLabel: Float64Array;
  readonly images: number;
}

const STRONGEST = 12;
const BATCH = 500;

/**
 * Looks at networks that somebody else trains, over whole data sets: what a worker offers to a page beside its trainer.
 */
export class Review {
  readonly #datasets = new HandedDatasets();
  #kernels: Kernels | undefined;
  #network: { readonly shape: string; readonly network: Network } | undefined;

  open(kernels: KernelBytes): string {
    this.#kernels = chooseKernels(kernels);
    return this.#kernels.name;
  }

  /** Hands over a data set, part by part, to be asked about by its name. */
  give(part: Dataset): void {
    this.#datasets.give(part);
  }

  evaluate({ dataset, ...reviewed }: Reviewed & { readonly dataset: string }): Evaluation {
    return this.#networkOf(reviewed).evaluate(this.#datasets.whole(dataset));
  }

  /** Every image's push on the weight from `input` to `unit` of the first layer. */
  pushes(
    asked: Reviewed & { readonly dataset: string; readonly unit: number; readonly input: number },
  ): WeightPushes {
    const { unit, input } = asked;
    const network = this.#networkOf(asked);
    const dataset = this.#datasets.whole(asked.dataset);
    const first = network.layers[0]!;
    const gradients = new Float64Array(dataset.count);
    const reads = new Int8Array(dataset.count);
    const byLabel = new Float64Array(network.classes);
    for (const rows of batches(dataset.count, BATCH)) {
      network.forwardWithLoss(dataset, rows);
      const outputs = network.layers.at(-1)!.read('activation');
      network.backward();
      const delta = first.read('delta');
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!;
        const value = dataset.values[row * dataset.width + input]! / 255;
        gradients[row] = delta[i * first.units + unit]! * value;
        reads[row] = predictedClass(outputs, network.classes, i);
        byLabel[dataset.labels[row]!]! += gradients[row]!;
      }
    }
    const push = (row: number): Push => ({
      row,
      label: dataset.labels[row]!,
      read: reads[row]!,
      gradient: gradients[row]!,
      image: dataset.values.slice(row * dataset.width, (row + 1) * dataset.width),
    });
    const side = (sign: 1 | -1) => {
      let [sum, count] = [0, 0];
      const rows: number[] = [];
      for (let row = 0; row < gradients.length; row++) {
        const size = sign * gradients[row]!;
        if (!(size > 0)) continue;
        sum += size;
        count++;
        rows.push(row);
      }
      rows.sort((a, b) => sign * (gradients[b]! - gradients[a]!));
      return { sum, count, strongest: rows.slice(0, STRONGEST).map(push) };
    };
    const [up, down] = [side(-1), side(1)];
    return { up, down, mean: (down.sum - up.sum) / dataset.count, byLabel, images: dataset.count };
  }

  /** The loss at the points of one row of a slice of the landscape, on the first images of a data set. */
  sliceRow(
    asked: Reviewed & {
      readonly dataset: string;
      readonly images: number;
      readonly across: Direction;
      readonly along: Direction;
      readonly grid: SliceGrid;
      readonly row: number;
    },
  ): Float64Array {
    const { model, loss, across, along, grid, row } = asked;
    const all = this.#datasets.whole(asked.dataset);
    const count = Math.min(asked.images, all.count);
    const some = {
      ...all,
      count,
      values: all.values.subarray(0, count * all.width),
      labels: all.labels.subarray(0, count),
    };
    return Float64Array.from(grid.across, (a) => {
      const moved = movedModel(model, across, a, along, grid.along[row]!);
      return this.#networkOf({ model: moved, loss }).evaluate(some).loss;
    });
  }

  /** A network with these weights; the same memory for all of one shape. */
  #networkOf({ model, loss }: Reviewed): Network {
    if (!this.#kernels) throw new Error('no kernels were opened');
    const shape = JSON.stringify([
      loss,
      model.layers.map(({ inputs, units, activation }) => [inputs, units, activation]),
    ]);
    if (this.#network?.shape === shape) {
      this.#network.network.restore(model);
    } else {
      this.#network = { shape, network: Network.fromModel(model, { loss, kernels: this.#kernels }) };
    }
    return this.#network.network;
  }
}
