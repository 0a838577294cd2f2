interface Pulled<T> {
  /** Whether this is still what is under way, and not let go of. */
  readonly isOurs: () => boolean;
  readonly isRunning: () => boolean;
  readonly advance: () => Promise<T>;
  readonly take: (answer: T, milliseconds: number) => void | Promise<void>;
}

/** What was being opened was let go of in the meantime. */
export class Abandoned extends Error {
  override name = 'Abandoned';
}

/**
 * Pulls on a worker for as long as it is wanted: one call at a time, each answer taken before the next is asked for. To
 * pause is not to ask again; what was let go of in the meantime is not heard any more.
 */
export async function pull<T>({ isOurs, isRunning, advance, take }: Pulled<T>): Promise<void> {
  while (isOurs() && isRunning()) {
    const started = performance.now();
    const answer = await advance();
    if (!isOurs()) return;
    await take(answer, performance.now() - started);
  }
}

/** Images a second, by the latest answer and those before it: one slow call is not to change what is said to be left. */
export function steadyRate(before: number | undefined, images: number, milliseconds: number): number {
  const now = (images / Math.max(1, milliseconds)) * 1000;
  return before === undefined ? now : 0.8 * before + 0.2 * now;
}
