/** The reader, or the page, has asked what is running to end. */
class Stopped extends Error {
  override name = 'Stopped';
  override message = 'stopped';
}

/** A loop that has held the worker for too long. */
class EndlessLoop extends Error {
  override name = 'EndlessLoop';
  override message =
    'this loop has run for more than a second without a pause. If it is meant to, write `await pause()` into it';
}

/**
 * Milliseconds that a loop may hold the worker, and after which `pause` really pauses. The first stays well below the second and
 * a half after which the page ends the kernel, and all names with it: on a busy machine a worker comes late to its turns.
 */
const LOOP = 1000;
const TURN = 50;

/** The clock and the timer of a worker, taken before any cell runs. */
export interface Clock {
  readonly now: () => number;
  readonly later: (task: () => void) => void;
}

/**
 * Sees to it that what runs lets the worker breathe: only between its turns can the worker say that it is alive, and
 * hear that it is to stop.
 */
export function createBreath({ now, later }: Clock) {
  let lastTurn = now();
  let calls = 0;
  let isStopping = false;
  return {
    /** Called at the start of each turn of the worker's. */
    turn(): void {
      lastTurn = now();
    },
    begin(): void {
      isStopping = false;
      lastTurn = now();
    },
    stop(): void {
      isStopping = true;
    },
    /**
     * Stands in each loop that need not end.
     *
     * @throws EndlessLoop where it has held the worker for too long, and Stopped where it is to end
     */
    guard(): void {
      if (isStopping) throw new Stopped();
      if ((++calls & 15) === 0 && now() - lastTurn > LOOP) throw new EndlessLoop();
    },
    /** Lets the worker breathe, where it has not for a while: cheap enough to stand in every loop. */
    async pause(): Promise<void> {
      if (isStopping) throw new Stopped();
      if (now() - lastTurn < TURN) return;
      await new Promise<void>((resolve) => later(resolve));
      lastTurn = now();
      if (isStopping) throw new Stopped();
    },
  };
}
