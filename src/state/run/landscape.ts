import { computed, signal } from '@preact/signals';
import type { NetworkModel } from '../../lib/nn/model.ts';
import { Random } from '../../lib/nn/random.ts';
import {
  type Direction,
  filterNormalisedDirection,
  mainPlane,
  placesIn,
} from '../../lib/training/landscape.ts';
import { architectureOf } from '../../lib/training/setup.ts';
import { unpackSnapshot } from '../../lib/training/snapshot.ts';
import { createGenerations } from '../remote/generations.ts';
import { type Reviews, pageReviews } from './review.ts';
import { type Run, readersRun } from './run.ts';

export type PlaneName = 'path' | 'random';

/** The loss at the points of a grid, and the path of training on it. */
export interface Slice {
  readonly across: readonly number[];
  readonly along: readonly number[];
  /** Row-major, (along × across); NaN where it is not measured yet. */
  readonly losses: Float64Array;
  readonly path: readonly { readonly epoch: number; readonly a: number; readonly b: number }[];
  readonly plane: PlaneName;
  /** Of the path's way through the space of all parameters, what the plane shows; of the main directions alone. */
  readonly share: number | undefined;
}

/** Points of the grid on a side, and training images that the loss is measured on. */
const SIDE = 25;
export const SLICE_IMAGES = 1000;
/** How far a random slice goes: the filter-normalised directions are as long as the network's own weights. */
const REACH = 1;

/** A slice of the loss landscape around the network, and where training came from. */
export function createLandscape(run: Run = readersRun, reviews: Reviews = pageReviews) {
  const plane = signal<PlaneName>('path');
  const seed = signal(1);
  const slice = signal<Slice | undefined>(undefined);
  const rowsDone = signal<number | undefined>(undefined);
  const loading = signal<number | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  const measurements = createGenerations();
  let download = new AbortController();

  /** Lets go of what is being measured. */
  function cancel(): void {
    measurements.begin();
    download.abort();
    rowsDone.value = undefined;
    loading.value = undefined;
  }

  async function measure(): Promise<void> {
    cancel();
    const isOurs = measurements.current();
    download = new AbortController();
    failure.value = undefined;
    const setup = run.setup.peek();
    const snapshots = run.snapshots.peek();
    const models = snapshots.map((packed) => unpackSnapshot(packed, architectureOf(setup)));
    const centre = models.at(-1);
    if (!centre) return;
    try {
      const chosen = plane.peek();
      const laid = layOut(models, chosen, seed.peek());
      const { across, along, first, second } = laid;
      const losses = new Float64Array(across.length * along.length).fill(Number.NaN);
      const path = laid.places.map((at, n) => ({ ...at, epoch: snapshots[n].epoch }));
      rowsDone.value = 0;
      const onProgress = (share: number) => {
        if (isOurs()) loading.value = share < 1 ? share : undefined;
      };
      const review = await reviews.of('train', { onProgress, signal: download.signal });
      if (!isOurs()) return;
      loading.value = undefined;
      for (let row = 0; row < along.length; row++) {
        const measured = await review.sliceRow({
          dataset: 'train',
          images: SLICE_IMAGES,
          model: centre,
          loss: setup.loss,
          across: first,
          along: second,
          grid: { across, along },
          row,
        });
        if (!isOurs()) return;
        losses.set(measured, row * across.length);
        rowsDone.value = row + 1;
      }
      slice.value = { across, along, losses, path, plane: chosen, share: laid.share };
      rowsDone.value = undefined;
    } catch (error) {
      const why = reviews.failure(error);
      if (!isOurs()) return;
      cancel();
      failure.value = `The landscape could not be measured: ${why}`;
    }
  }

  return {
    plane,
    seed,
    slice,
    loading,
    failure,
    run,
    /** From 0 to 1 while it is being measured. */
    progress: computed(() => (rowsDone.value === undefined ? undefined : rowsDone.value / SIDE)),
    measure,
    cancel,
    choose(next: PlaneName, nextSeed = seed.peek()): void {
      plane.value = next;
      seed.value = nextSeed;
      void measure();
    },
  };
}

/** Directions, grid and path of a slice through the last of some networks. */
function layOut(models: readonly NetworkModel[], plane: PlaneName, seed: number) {
  const centre = models.at(-1)!;
  if (plane === 'path') {
    const { first, second, places, share } = mainPlane(models);
    return {
      first,
      second,
      places,
      share,
      across: axis(places.map(({ a }) => a)),
      along: axis(places.map(({ b }) => b)),
    };
  }
  const random = new Random(seed);
  const first: Direction = filterNormalisedDirection(centre, random);
  const second: Direction = filterNormalisedDirection(centre, random);
  const steps = axis([-REACH, REACH], 0);
  const places = placesIn(models, centre, first, second);
  return { first, second, places, share: undefined, across: steps, along: steps };
}

/** The points of one axis: the values with some room around them. */
function axis(values: readonly number[], room = 0.25): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = room * (high - low || 1);
  const [from, to] = [low - margin, high + margin];
  return Array.from({ length: SIDE }, (_, n) => from + ((to - from) * n) / (SIDE - 1));
}
