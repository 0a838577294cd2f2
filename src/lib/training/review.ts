import { type Dataset, range } from '../data/dataset.ts';
import { type DisturbanceName, disturbed } from '../data/disturbance.ts';
import { type SmallestPush, rightAfterPush, smallestPush } from '../experiments/push.ts';
import { type KernelBytes, chooseKernels } from '../nn/kernels/wasm.ts';
import type { Kernels } from '../nn/kernels/kernels.ts';
import { type LossName, predictedClass } from '../nn/losses.ts';
import type { NetworkModel } from '../nn/model.ts';
import { type Evaluation, Network, batches } from '../nn/network.ts';
import { Random } from '../nn/random.ts';
import { HandedDatasets } from './handed-datasets.ts';
import { type Direction, type SliceGrid, movedModel } from './landscape.ts';
import type { Setup } from './setup.ts';
import { type FinishedRun, type Further, type Trial, finishRun, trainFurther, trySeed } from './trials.ts';

/** A network that is looked at. */
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

/** Which images of a data set: all of them, or so many, from the first or another on. */
interface Asked extends Reviewed {
  readonly dataset: string;
  readonly from?: number;
  readonly images?: number;
}

/** An image whose answer has been changed by a push. */
export interface PushedRow extends SmallestPush {
  readonly row: number;
  readonly label: number;
  /** √Σx² of the image itself. */
  readonly own: number;
}

/** What a network says of every image. */
export interface Outputs {
  /** (images × classes): the sums before its output's activation. */
  readonly logits: Float32Array;
  /** (images × units): the activations of its last hidden layer, or the pixels where it has none. */
  readonly hidden: Float32Array;
  readonly units: number;
}

const STRONGEST = 12;
const BATCH = 500;
/** Images pushed at a time: in larger batches the kernels need not give the whole gradient of the input. */
const PUSHED = 15;

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
    const first = network.layers[0];
    const gradients = new Float64Array(dataset.count);
    const reads = new Int8Array(dataset.count);
    const byLabel = new Float64Array(network.classes);
    for (const rows of batches(dataset.count, BATCH)) {
      network.forwardWithLoss(dataset, rows);
      const outputs = network.layers.at(-1)!.read('activation');
      network.backward();
      const delta = first.read('delta');
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i];
        const value = dataset.values[row * dataset.width + input] / 255;
        gradients[row] = delta[i * first.units + unit] * value;
        reads[row] = predictedClass(outputs, network.classes, i);
        byLabel[dataset.labels[row]] += gradients[row];
      }
    }
    const push = (row: number): Push => ({
      row,
      label: dataset.labels[row],
      read: reads[row],
      gradient: gradients[row],
      image: dataset.values.slice(row * dataset.width, (row + 1) * dataset.width),
    });
    const side = (sign: 1 | -1) => {
      let [sum, count] = [0, 0];
      const rows: number[] = [];
      for (let row = 0; row < gradients.length; row++) {
        const size = sign * gradients[row];
        if (!(size > 0)) continue;
        sum += size;
        count++;
        rows.push(row);
      }
      rows.sort((a, b) => sign * (gradients[b] - gradients[a]));
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
    const some = this.#imagesOf(asked);
    return Float64Array.from(grid.across, (a) => {
      const moved = movedModel(model, across, a, along, grid.along[row]);
      return this.#networkOf({ model: moved, loss }).evaluate(some).loss;
    });
  }

  outputs(asked: Asked): Outputs {
    const network = this.#networkOf(asked);
    const dataset = this.#imagesOf(asked);
    const [last, before] = [network.layers.at(-1)!, network.layers.at(-2)];
    const units = last.inputs;
    const logits = new Float32Array(dataset.count * network.classes);
    const hidden = new Float32Array(dataset.count * units);
    for (const rows of batches(dataset.count, BATCH)) {
      network.forward(dataset, rows);
      logits.set(last.read('preActivation'), rows[0] * network.classes);
      hidden.set(before?.read('activation') ?? network.readInput(), rows[0] * units);
    }
    return { logits, hidden, units };
  }

  /** How many images are read right once all are disturbed. */
  rightDisturbed(
    asked: Asked & {
      readonly disturbance: DisturbanceName;
      readonly strength: number;
      readonly seed: number;
    },
  ): number {
    const { disturbance, strength, seed } = asked;
    const worse = disturbed(this.#imagesOf(asked), disturbance, strength, new Random(seed));
    return Math.round(this.#networkOf(asked).evaluate(worse).accuracy * worse.count);
  }

  /** How many images are read right after a push of every pixel, and after noise of the same size. */
  rightPushed(asked: Asked & { readonly size: number; readonly seed: number }): {
    readonly pushed: number;
    readonly noisy: number;
  } {
    const network = this.#networkOf(asked);
    const { values, labels, count, width } = this.#imagesOf(asked);
    const random = new Random(asked.seed);
    let [pushed, noisy] = [0, 0];
    for (let from = 0; from < count; from += PUSHED) {
      const to = Math.min(count, from + PUSHED);
      const some = {
        count: to - from,
        width,
        values: Float32Array.from(values.subarray(from * width, to * width), (byte) => byte / 255),
        labels: labels.subarray(from, to),
      };
      const right = rightAfterPush(network, some, asked.size, random);
      pushed += right.pushed;
      noisy += right.noisy;
    }
    return { pushed, noisy };
  }

  /** The smallest push of each image that is read right, beside the image's own length; nothing of the others. */
  smallestPushes(asked: Asked & { readonly step: number; readonly most: number }): PushedRow[] {
    const network = this.#networkOf(asked);
    const { values, labels, count, width } = this.#imagesOf(asked);
    const pushes: PushedRow[] = [];
    for (let i = 0; i < count; i++) {
      const image = Float64Array.from(values.subarray(i * width, (i + 1) * width), (byte) => byte / 255);
      const push = smallestPush(network, image, labels[i], asked);
      if (push && push.length > 0) {
        pushes.push({ ...push, row: (asked.from ?? 0) + i, label: labels[i], own: Math.hypot(...image) });
      }
    }
    return pushes;
  }

  /** A network trained further, on a data set that was given: one that is to be judged has to come from somewhere. */
  train({ dataset, ...further }: Omit<Further, 'dataset'> & { readonly dataset: string }): NetworkModel {
    return trainFurther({ ...further, dataset: this.#datasets.whole(dataset) }, this.#opened());
  }

  /** Small networks that differ by their seeds alone. */
  trials(asked: {
    readonly train: string;
    readonly test: string;
    readonly seeds: readonly number[];
    readonly judged: number;
  }): Trial[] {
    const [train, test] = [this.#datasets.whole(asked.train), this.#datasets.whole(asked.test)];
    return asked.seeds.map((seed) => trySeed(train, test, asked.judged, seed, this.#opened()));
  }

  /** A network trained by a set-up from its beginning to its end. */
  run(asked: { readonly setup: Setup; readonly train: string; readonly test: string }): FinishedRun {
    const [train, test] = [this.#datasets.whole(asked.train), this.#datasets.whole(asked.test)];
    return finishRun(asked.setup, train, test, this.#opened());
  }

  #imagesOf({ dataset, from = 0, images = Infinity }: Omit<Asked, keyof Reviewed>): Dataset {
    const all = this.#datasets.whole(dataset);
    return from === 0 && images >= all.count ? all : range(all, from, Math.min(all.count, from + images));
  }

  #opened(): Kernels {
    if (!this.#kernels) throw new Error('no kernels were opened');
    return this.#kernels;
  }

  /** A network with these weights; the same memory for all of one shape. */
  #networkOf({ model, loss }: Reviewed): Network {
    const kernels = this.#opened();
    const shape = JSON.stringify([
      loss,
      model.layers.map(({ inputs, units, activation }) => [inputs, units, activation]),
    ]);
    if (this.#network?.shape === shape) {
      this.#network.network.restore(model);
    } else {
      this.#network = { shape, network: Network.fromModel(model, { loss, kernels }) };
    }
    return this.#network.network;
  }
}
