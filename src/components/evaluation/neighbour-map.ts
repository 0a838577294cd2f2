import { computed, signal } from '@preact/signals';
import { formatDecimals, formatShare } from '../../explain/numbers.ts';
import type { MapProgress, NeighbourMap } from '../../lib/experiments/neighbour-map.ts';
import type { Shadow } from '../../lib/experiments/shadow.ts';
import { createGenerations } from '../../state/remote/generations.ts';
import { pull } from '../../state/remote/pull.ts';
import { createSession } from '../../state/remote/session.ts';
import { type Remote, connect } from '../../state/remote/worker-client.ts';
import type { LastLayer } from './last-layer.ts';

const SILENCE = 60_000;
export const SEED = 1;
/** Few enough that the map is seen to move, and is paused at once. */
const EPOCHS_A_CALL = 10;

const startOnPage = () =>
  connect<NeighbourMap>(
    new Worker(new URL('../../workers/neighbour-map.ts', import.meta.url), { type: 'module' }),
    SILENCE,
  );

/** What two pictures of the same digits keep. */
export interface Shadows {
  readonly map: Shadow;
  readonly directions: Shadow;
}

export type NeighbourMapping = ReturnType<typeof createNeighbourMapping>;

/** A map of the last layer's activations, made in a worker of its own: it can be paused, gone on with, and cancelled. */
export function createNeighbourMapping(
  { hidden, units, places }: Pick<LastLayer, 'hidden' | 'units' | 'places'>,
  start: () => Remote<NeighbourMap> = startOnPage,
) {
  const progress = signal<MapProgress | undefined>(undefined);
  const isRunning = signal(false);
  const shadows = signal<Shadows | undefined>(undefined);
  const own = signal<Float64Array | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  const isDone = computed(
    () => progress.value !== undefined && progress.value.epoch >= progress.value.epochs,
  );
  const session = createSession({ load: async () => {}, start, prepare: async (worker) => worker });
  const placings = createGenerations();
  /** Who asks the worker for epochs at the moment: one at a time. */
  let pulling: object | undefined;

  function cancel(): void {
    pulling = undefined;
    session.letGo();
    isRunning.value = false;
    [progress.value, shadows.value, own.value] = [undefined, undefined, undefined];
  }

  function failed(error: Error): void {
    cancel();
    failure.value = `The map could not be made: ${error.message}`;
  }

  return {
    progress,
    isRunning,
    isDone,
    shadows,
    /** Where the reader's own drawing belongs on the finished map. */
    own,
    failure,
    cancel,
    pause(): void {
      isRunning.value = false;
    },
    /** Begins the map, or goes on with it. */
    async goOn(): Promise<void> {
      if (isDone.peek()) return;
      [isRunning.value, failure.value] = [true, undefined];
      if (pulling) return;
      const mine = {};
      pulling = mine;
      await session.work(async (map) => {
        progress.value ??= await map.begin({ values: hidden, units, seed: SEED });
        await pull({
          isWanted: () => isRunning.peek() && !isDone.peek(),
          advance: () => map.advance({ epochs: EPOCHS_A_CALL }),
          take: (now) => {
            progress.value = now;
          },
        });
        if (isDone.peek()) {
          shadows.value = {
            map: await map.measure({ places: progress.value.places }),
            directions: await map.measure({ places }),
          };
        }
      }, failed);
      if (pulling !== mine) return;
      pulling = undefined;
      isRunning.value = false;
    },
    /** Puts another picture's activations on the finished map, or takes it off. */
    async placeOwn(activations: Float32Array | undefined): Promise<void> {
      const isOurs = placings.begin();
      own.value = undefined;
      if (!activations || !isDone.peek()) return;
      await session.work(async (map) => {
        const place = await map.place({ values: activations });
        if (isOurs()) own.value = place;
      }, failed);
    },
  };
}

/** What the map keeps, and what the two directions keep. */
export function describeShadows({ map, directions }: Shadows, units: number): string {
  const near = map.neighbours > directions.neighbours ? 'more' : 'no more';
  const far = map.distances < directions.distances ? 'less' : 'no less';
  return `Of each digit’s ten nearest among the ${units} activations, ${formatShare(map.neighbours)} are among its ten nearest on this map, and ${formatShare(directions.neighbours)} along the two directions: it keeps ${near} of who is next to whom. How far apart two digits are it keeps ${far} of: its distances follow the true ones with a correlation of ${formatDecimals(map.distances, 2)}, the directions’ with ${formatDecimals(directions.distances, 2)}.`;
}
