interface Pulled<T> {
  readonly isWanted: () => boolean;
  readonly advance: () => Promise<T>;
  readonly take: (answer: T, milliseconds: number) => void | Promise<void>;
}

/**
 * Pulls on a worker for as long as it is wanted: one call at a time, each answer taken before the next is asked for. To
 * pause is not to ask again.
 */
export async function pull<T>({ isWanted, advance, take }: Pulled<T>): Promise<void> {
  while (isWanted()) {
    const started = performance.now();
    const answer = await advance();
    await take(answer, performance.now() - started);
  }
}

/** Images a second, by the latest answer and those before it: one slow call is not to change what is said to be left. */
export function steadyRate(before: number | undefined, images: number, milliseconds: number): number {
  const now = (images / Math.max(1, milliseconds)) * 1000;
  return before === undefined ? now : 0.8 * before + 0.2 * now;
}
