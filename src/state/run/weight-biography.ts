import { effect, signal } from '@preact/signals';
import type { WeightPushes } from '../../lib/training/review.ts';
import type { Snapshot } from '../../lib/training/snapshot.ts';
import { type Reviews, pageReviews } from './review.ts';
import { type TimeTravel, timeTravel } from './time-travel.ts';

/** Two runs may have one seed and one epoch: it is the network itself that is asked about. */
interface Question {
  readonly snapshot: Snapshot | undefined;
  readonly unit: number;
  readonly input: number;
}

function isSame(a: Question, b: Question): boolean {
  return a.snapshot === b.snapshot && a.unit === b.unit && a.input === b.input;
}

/** A weight of the first layer, and which of the 60,000 digits push it, at the epoch that is travelled to. */
export function createBiography(travel: TimeTravel = timeTravel, reviews: Reviews = pageReviews) {
  const unit = signal(0);
  const input = signal(14 * 28 + 14);
  const pushes = signal<(WeightPushes & { readonly milliseconds: number }) | undefined>(undefined);
  const loading = signal<number | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  /** Whether the digits have been asked once: from then on the figure follows. */
  const isAsked = signal(false);
  let isAsking = false;
  let asked: Question | undefined;

  async function ask(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    try {
      const review = await reviews.of('train', {
        onProgress: (share) => {
          loading.value = share < 1 ? share : undefined;
        },
      });
      loading.value = undefined;
      // Where the reader has gone on while it was counted, it is counted once more.
      for (let next = question(); !asked || !isSame(next, asked); next = question()) {
        const model = travel.model.peek();
        if (!model) break;
        asked = next;
        const started = performance.now();
        const loss = travel.run.setup.peek().loss;
        const result = await review.pushes({
          dataset: 'train',
          model,
          loss,
          unit: unit.peek(),
          input: input.peek(),
        });
        pushes.value = { ...result, milliseconds: performance.now() - started };
      }
      failure.value = undefined;
    } catch (error) {
      asked = undefined;
      loading.value = undefined;
      failure.value = `The digits could not be asked: ${reviews.failure(error)}`;
    } finally {
      isAsking = false;
    }
  }

  const question = (): Question => ({
    snapshot: travel.snapshot.peek(),
    unit: unit.peek(),
    input: input.peek(),
  });

  return {
    unit,
    input,
    pushes,
    loading,
    failure,
    isAsked,
    choose(nextUnit: number, nextInput: number): void {
      unit.value = nextUnit;
      input.value = nextInput;
    },
    /** Asks the digits now, and again whenever another weight or another epoch is looked at. */
    begin(): void {
      if (isAsked.peek()) return void ask();
      isAsked.value = true;
      effect(() => {
        unit.value;
        input.value;
        if (travel.model.value) void ask();
      });
    },
  };
}
