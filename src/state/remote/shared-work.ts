/** How one of those who wait for a piece of work wants to hear of it, and can give it up. */
export interface Waiting {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export type SharedWork<T> = ReturnType<typeof shareWork<T>>;

/**
 * Work that is begun once for all who want its result: each of them hears how far it is, and it is given up when the last
 * of them has given it up.
 */
export function shareWork<T>(work: (options: Required<Waiting>) => Promise<T>) {
  const controller = new AbortController();
  const hearing = new Set<(done: number, total: number) => void>();
  let latest: readonly [done: number, total: number] | undefined;
  let waiting = 0;
  const result = work({
    signal: controller.signal,
    onProgress: (done, total) => {
      latest = [done, total];
      for (const hear of hearing) hear(done, total);
    },
  });

  return {
    isGivenUp: () => controller.signal.aborted,
    /** @throws DOMException `AbortError` when the signal says so */
    async join({ signal, onProgress }: Waiting): Promise<T> {
      signal?.throwIfAborted();
      waiting++;
      const hear = (done: number, total: number) => onProgress?.(done, total);
      hearing.add(hear);
      if (latest) hear(...latest);
      return new Promise<T>((resolve, reject) => {
        const giveUp = () => {
          hearing.delete(hear);
          if (--waiting === 0) controller.abort();
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', giveUp);
        result.then(resolve, reject).finally(() => {
          signal?.removeEventListener('abort', giveUp);
          hearing.delete(hear);
        });
      });
    },
  };
}
