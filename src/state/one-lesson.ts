import { computed, signal } from '@preact/signals';
import { type Dataset, imageOf } from '../lib/data/dataset.ts';
import { predictedClass } from '../lib/nn/losses.ts';
import { Network } from '../lib/nn/network.ts';
import { Optimizer } from '../lib/nn/optimizers.ts';
import { loadDataset } from './datasets.ts';
import { pageKernels } from './kernels.ts';
import { loadNetwork } from './networks.ts';

/** What teaching one digit has done so far. */
export interface Lesson {
  readonly steps: number;
  readonly loss: number;
  readonly probabilities: readonly number[];
  readonly read: number;
  /** Of the test digits: read right now, and against the network as it was, how many it broke and how many it mended. */
  readonly right: number;
  readonly broken: number;
  readonly mended: number;
}

/** A lesson that is over: kept, so that cheap teaching can be told from dear. */
export interface PastLesson extends Lesson {
  readonly row: number;
  readonly learningRate: number;
}

/** One digit of the test images taught to the original network, again and again, and what that does to all others. */
export function createOneLesson() {
  const learningRate = signal(0.02);
  const digits = signal<Dataset | undefined>(undefined);
  /** Test images that the network as it is reads wrong. */
  const misread = signal<readonly number[]>([]);
  const chosen = signal(0);
  const lesson = signal<Lesson | undefined>(undefined);
  const past = signal<readonly PastLesson[]>([]);
  const failure = signal<string | undefined>(undefined);
  const isLoading = signal(false);
  let network: Network | undefined;
  let original: ReturnType<Network['toModel']> | undefined;
  let readBefore: Int8Array | undefined;

  const row = computed(() => misread.value[chosen.value]);

  function readAll(taught: Network, dataset: Dataset): Int8Array {
    const outputs = taught.predict(dataset);
    return Int8Array.from(dataset.labels, (_, i) => predictedClass(outputs, taught.classes, i));
  }

  function measure(steps: number): void {
    const [dataset, at] = [digits.peek(), row.peek()];
    if (!network || !dataset || at === undefined || !readBefore) return;
    const now = readAll(network, dataset);
    const { loss } = network.forwardWithLoss(dataset, Uint32Array.of(at));
    const probabilities = Array.from(network.layers.at(-1)!.read('activation'));
    let [right, broken, mended] = [0, 0, 0];
    for (let i = 0; i < now.length; i++) {
      const [was, is] = [readBefore[i] === dataset.labels[i], now[i] === dataset.labels[i]];
      if (is) right++;
      if (was && !is) broken++;
      if (!was && is) mended++;
    }
    lesson.value = { steps, loss, probabilities, read: now[at]!, right, broken, mended };
  }

  function begin(): void {
    if (!network || !original) return;
    network.restore(original);
    measure(0);
  }

  return {
    learningRate,
    digits,
    misread,
    chosen,
    row,
    lesson,
    past,
    failure,
    isLoading,
    image: computed(() =>
      digits.value && row.value !== undefined ? imageOf(digits.value, row.value) : undefined,
    ),
    label: computed(() => (row.value === undefined ? undefined : digits.value?.labels[row.value])),
    /** Fetches the 10,000 test digits, and finds those that the network reads wrong. */
    async load(): Promise<void> {
      if (digits.peek() || isLoading.peek()) return;
      isLoading.value = true;
      try {
        const [{ network: opened }, dataset, kernels] = await Promise.all([
          loadNetwork('original'),
          loadDataset('test'),
          pageKernels(),
        ]);
        original = opened.toModel();
        network = Network.fromModel(original, { kernels });
        const before = readAll(network, dataset);
        readBefore = before;
        misread.value = Array.from(before.keys()).filter((i) => before[i] !== dataset.labels[i]);
        digits.value = dataset;
        failure.value = undefined;
        begin();
      } catch (error) {
        failure.value = `The test digits could not be read: ${(error as Error).message}`;
      } finally {
        isLoading.value = false;
      }
    },
    /** One step of gradient descent on this digit alone. */
    step(): void {
      const [dataset, at, before] = [digits.peek(), row.peek(), lesson.peek()];
      if (!network || !dataset || at === undefined || !before) return;
      network.forwardWithLoss(dataset, Uint32Array.of(at));
      network.backward();
      network.update(new Optimizer({ optimizer: 'sgd' }).next(learningRate.peek()));
      measure(before.steps + 1);
    },
    /** The network as it was; what has been tried stands in the list. */
    again(): void {
      const [before, at] = [lesson.peek(), row.peek()];
      if (before && before.steps > 0 && at !== undefined) {
        past.value = [{ ...before, row: at, learningRate: learningRate.peek() }, ...past.peek()].slice(0, 8);
      }
      begin();
    },
    choose(next: number): void {
      chosen.value = Math.max(0, Math.min(misread.peek().length - 1, next));
      begin();
    },
  };
}
