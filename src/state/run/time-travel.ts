import { computed, effect, signal } from '@preact/signals';
import type { NetworkModel } from '../../lib/nn/model.ts';
import type { Evaluation } from '../../lib/nn/network.ts';
import { architectureOf } from '../../lib/training/setup.ts';
import { type Snapshot, unpackSnapshot } from '../../lib/training/snapshot.ts';
import { createDigitPick } from '../digits/digit-pick.ts';
import { type ReadThen, createEpochReader } from './epoch-reader.ts';
import { pageReviews } from './review.ts';
import { type Run, readersRun } from './run.ts';

export type TimeTravel = ReturnType<typeof createTimeTravel>;

/** The epochs of a run to go back to: its networks as they were, and what they made of a digit. */
export function createTimeTravel(run: Run = readersRun) {
  /** The epoch looked at; the last that there is, until the reader chooses one. */
  const chosen = signal<number | undefined>(undefined);
  const place = computed(() => {
    const { value: all } = run.snapshots;
    const at = all.findLastIndex(({ epoch }) => epoch <= (chosen.value ?? Number.POSITIVE_INFINITY));
    return Math.max(0, at);
  });
  const snapshot = computed(() => run.snapshots.value[place.value]);
  const model = computed((): NetworkModel | undefined => {
    const packed = snapshot.value;
    return packed && unpackSnapshot(packed, architectureOf(run.setup.peek()));
  });

  const evaluations = new WeakMap<Snapshot, Evaluation>();
  /** Of the 10,000 test images, by the network of some snapshot. */
  const evaluation = signal<{ readonly of: Snapshot; readonly result: Evaluation } | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  /** Of the download of the test images, from 0 to 1. */
  const loading = signal<number | undefined>(undefined);
  const isWanted = signal(false);
  let isEvaluating = false;

  /** Measures the network that is looked at; where the reader has gone on meanwhile, the next one after it. */
  async function evaluate(): Promise<void> {
    if (isEvaluating) return;
    isEvaluating = true;
    try {
      const review = await pageReviews.of('test', {
        onProgress: (share) => {
          loading.value = share < 1 ? share : undefined;
        },
      });
      loading.value = undefined;
      for (let now = snapshot.peek(); now && evaluation.peek()?.of !== now; now = snapshot.peek()) {
        const known = evaluations.get(now);
        const setup = run.setup.peek();
        const asked = {
          dataset: 'test',
          model: unpackSnapshot(now, architectureOf(setup)),
          loss: setup.loss,
        };
        const result = known ?? (await review.evaluate(asked));
        evaluations.set(now, result);
        evaluation.value = { of: now, result };
      }
      failure.value = undefined;
    } catch (error) {
      failure.value = `The test images could not be read by it: ${pageReviews.failure(error)}`;
    } finally {
      isEvaluating = false;
    }
  }

  const pick = createDigitPick(0);
  const readings = signal<readonly ReadThen[]>([]);
  let readGeneration = 0;
  const reader = createEpochReader();

  /** Reads the image by the networks of all epochs, with a breath for the page in between. */
  async function readAll(): Promise<void> {
    const own = ++readGeneration;
    const [pixels, all, setup] = [pick.image.peek(), run.snapshots.peek(), run.setup.peek()];
    if (!pixels || !isWanted.peek()) {
      readings.value = [];
      return;
    }
    try {
      const found = await reader.read(all, setup, pixels, () => own === readGeneration);
      if (found) readings.value = found;
    } catch (error) {
      if (own !== readGeneration) return;
      failure.value = `The digit could not be read by all of them: ${(error as Error).message}`;
    }
  }

  const reading = computed(() => readings.value.find(({ epoch }) => epoch === snapshot.value?.epoch));
  /** The first epoch since which the digit has been read right, without a lapse. */
  const learntAt = computed(() => {
    const { value: label } = pick.label;
    if (label === undefined || readings.value.length === 0) return undefined;
    const wrong = readings.value.findLastIndex(({ digit }) => digit !== label);
    return readings.value[wrong + 1]?.epoch;
  });

  return {
    run,
    place,
    snapshot,
    model,
    evaluation,
    failure,
    loading,
    pick,
    reading,
    readings,
    learntAt,
    travel(to: number): void {
      const all = run.snapshots.peek();
      const at = Math.min(all.length - 1, Math.max(0, to));
      chosen.value = at === all.length - 1 ? undefined : all[at]?.epoch;
    },
    /** Begins to follow the run, for as long as the page is open. */
    begin(): void {
      if (isWanted.peek()) return;
      isWanted.value = true;
      pick.load().catch((error: Error) => {
        failure.value = `No test digits: ${error.message}`;
      });
      effect(() => {
        if (snapshot.value) void evaluate();
      });
      effect(() => {
        pick.image.value;
        run.snapshots.value;
        void readAll();
      });
    },
  };
}

/** The reader's run, as all figures of a page travel through it. */
export const timeTravel = createTimeTravel();
