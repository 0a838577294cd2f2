import { computed, signal } from '@preact/signals';
import { type Dataset, concatenate, createDataset, subset } from '../../lib/data/dataset.ts';
import { Network } from '../../lib/nn/network.ts';
import { Random } from '../../lib/nn/random.ts';
import { loadDataset } from '../../state/site/datasets.ts';
import { pageKernels } from '../../state/site/kernels.ts';
import type { NetworkName, OpenedNetwork } from '../../state/site/networks.ts';
import { createTeaching } from '../../state/run/teaching.ts';
import { drawing, label } from './draw-page.ts';

/** Steps after which a digit that will not be learnt is given up. */
const MOST_STEPS = 200;
/** How sure the network has to be of a digit to have learnt it. */
const LEARNT = 0.5;

export type OwnLesson = ReturnType<typeof createOwnLesson>;

/** "That was a 7": steps on the reader's own digit, alone or among ten others, and what that does to the test digits. */
export function createOwnLesson() {
  const teaching = createTeaching();
  const learningRate = signal(0.02);
  const isMixed = signal(false);
  const failure = signal<string | undefined>(undefined);
  /** The digit that is taught, and what was made of it before the first step. */
  const taught = signal<{ readonly digit: Dataset; readonly before: readonly number[] } | undefined>(
    undefined,
  );
  /** The network that was read with before it was taught. */
  let from: { readonly name: NetworkName; readonly opened: OpenedNetwork } | undefined;
  const random = new Random(1);

  /** The reader's digit on the pad; nothing where it is empty or nobody has said what it is. */
  const digit = computed((): Dataset | undefined => {
    const [reading, said] = [drawing.reading.value, label.value];
    if (!reading || said === undefined) return undefined;
    return createDataset('your drawing', reading.image.slice(), Uint8Array.of(said));
  });

  /** The taught network as it was shown last: what the pad reads with learns nothing any more. */
  let shown: Network | undefined;

  function isReadingTaught(): boolean {
    return from !== undefined && drawing.opened.peek()?.network === shown;
  }

  /** The pad reads on with the network as it is by now. */
  function show(): void {
    const network = teaching.network();
    if (!from || !network) return;
    // What its file says of how well it reads is not true any more.
    const { metrics: _, ...metadata } = from.opened.metadata;
    shown = Network.fromModel(network.toModel(), { loss: network.loss });
    drawing.readWith(from.name, { network: shown, metadata });
  }

  async function begin(one: Dataset): Promise<void> {
    const opened = drawing.opened.peek();
    if (!opened || isReadingTaught()) return;
    const [kernels, others] = await Promise.all([pageKernels(), loadDataset('test')]);
    from = { name: drawing.networkName.peek(), opened };
    const { network } = opened;
    await teaching.begin({ model: network.toModel(), loss: network.loss, kernels }, others, one);
  }

  /** The digit among ten others, one of each, drawn anew for each step. */
  async function mixer(one: Dataset): Promise<() => Dataset> {
    if (!isMixed.peek()) return () => one;
    const sample = await loadDataset('sample-train');
    const rows = Array.from({ length: 10 }, (_, k) =>
      Array.from(sample.labels.keys()).filter((row) => sample.labels[row] === k),
    );
    return () =>
      concatenate([
        one,
        subset(
          sample,
          rows.map((all) => all[random.below(all.length)]),
        ),
      ]);
  }

  async function teach(most: number): Promise<void> {
    const one = digit.peek();
    if (!one) return;
    try {
      await begin(one);
      const known = taught.peek();
      if (!known || !isSame(known.digit, one)) {
        taught.value = { digit: one, before: Array.from(drawing.reading.peek()!.probabilities) };
      }
      const isEnough = ({ probabilities }: { readonly probabilities: readonly number[] }) =>
        probabilities[one.labels[0]] > LEARNT;
      await teaching.teach(await mixer(one), one, learningRate.peek(), { most, isEnough });
      failure.value = undefined;
    } catch (error) {
      failure.value = `It could not be taught: ${(error as Error).message}`;
    }
    show();
  }

  return {
    ...teaching,
    learningRate,
    isMixed,
    failure,
    taught,
    digit,
    setLearningRate(rate: number): void {
      learningRate.value = rate;
    },
    mix(next: boolean): void {
      isMixed.value = next;
    },
    step: () => teach(1),
    untilLearnt: () => teach(MOST_STEPS),
    /** Takes the last press back. */
    async undo(): Promise<void> {
      const known = taught.peek();
      if (!known) return;
      await teaching.undo(known.digit);
      show();
    },
    /** The network as it was, on the pad too. */
    async again(): Promise<void> {
      const [known, lesson] = [taught.peek(), teaching.lesson.peek()];
      if (!known || !lesson || !from) return;
      const wanted = known.digit.labels[0];
      await teaching.again(known.digit, {
        digit: `your ${wanted}, ${isMixed.peek() ? 'among ten others' : 'alone'}`,
        isLearnt: lesson.read === wanted,
        learningRate: learningRate.peek(),
      });
      if (isReadingTaught()) drawing.readWith(from.name, from.opened);
      taught.value = undefined;
    },
  };
}

function isSame(a: Dataset, b: Dataset): boolean {
  return a.labels[0] === b.labels[0] && a.values.every((byte, n) => byte === b.values[n]);
}
