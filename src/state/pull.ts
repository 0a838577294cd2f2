interface Pulled<T> {
  /** Whether this is still what is under way, and not let go of. */
  readonly isOurs: () => boolean;
  readonly isRunning: () => boolean;
  readonly advance: () => Promise<T>;
  readonly take: (answer: T, milliseconds: number) => void | Promise<void>;
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
