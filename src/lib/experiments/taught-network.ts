import type { Examples, Real } from '../nn/examples.ts';
import type { Kernels } from '../nn/kernels/kernels.ts';
import type { LossName } from '../nn/losses.ts';
import { predictedClass } from '../nn/losses.ts';
import type { NetworkModel } from '../nn/model.ts';
import { Network, batches } from '../nn/network.ts';
import { Optimizer } from '../nn/optimizers.ts';

/** Against the network as it was, what teaching has done to examples that it was not about. */
export interface Meter {
  readonly right: number;
  /** Read right before the first step, and wrong now; and the other way round. */
  readonly broken: number;
  readonly mended: number;
}

/** What a network makes of one picture. */
export interface Answer {
  readonly loss: number;
  readonly probabilities: readonly number[];
  readonly read: number;
}

/** Examples read at a time: some ten milliseconds of work for a network of half a million weights. */
const STRETCH = 250;

/** A network taught step by step, and what that does to others: the network that it was made from stays as it is. */
export class TaughtNetwork {
  readonly network: Network;
  readonly #others: Examples;
  #before: Uint8Array | undefined;

  /** @param others examples with labels, of which the meter tells */
  constructor(model: NetworkModel, others: Examples, options: { loss?: LossName; kernels?: Kernels } = {}) {
    this.network = Network.fromModel(model, options);
    this.#others = others;
  }

  /** One step of plain gradient descent down the mean loss of these examples. */
  step(examples: Examples, learningRate: number): void {
    const { network } = this;
    network.forwardWithLoss(
      examples,
      Uint32Array.from({ length: examples.count }, (_, i) => i),
    );
    network.backward();
    network.update(new Optimizer({ optimizer: 'sgd' }).next(learningRate));
  }

  /** @param one a single example, with its label */
  ask(one: Examples): Answer {
    const { loss } = this.network.forwardWithLoss(one, Uint32Array.of(0));
    const probabilities = Array.from(this.network.layers.at(-1)!.read('activation'));
    return { loss, probabilities, read: predictedClass(probabilities, this.network.classes) };
  }

  /**
   * Reads all the others anew. The first call is what later ones compare with: it belongs before the first step.
   *
   * @param breathe awaited between two stretches of work; nothing where it is left out
   */
  async measure(breathe: () => Promise<void> = async () => undefined): Promise<Meter> {
    const { labels, count } = this.#others;
    const isRight = new Uint8Array(count);
    for (const rows of batches(count, STRETCH)) {
      const outputs: Real = this.network.forward(this.#others, rows).copy();
      rows.forEach((row, n) => {
        isRight[row] = Number(predictedClass(outputs, this.network.classes, n) === labels[row]);
      });
      await breathe();
    }
    this.#before ??= isRight;
    let [right, broken, mended] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      right += isRight[i];
      broken += Number(this.#before[i] > isRight[i]);
      mended += Number(this.#before[i] < isRight[i]);
    }
    return { right, broken, mended };
  }
}
