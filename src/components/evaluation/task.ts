import { signal } from '@preact/signals';
import { createGenerations } from '../../state/remote/generations.ts';

export type Task<A, T> = ReturnType<typeof createTask<A, T>>;

/**
 * One computation that a figure waits for: what it gave, how far it is, what went wrong. Begun again, the one before is not
 * heard any more; what it gave stays until there is something new.
 *
 * @param work calls `said` with the share that is done, where it can say
 * @param what fails, for the sentence that says so: 'The test images cannot be read'
 */
export function createTask<A, T>(
  work: (asked: A, said: (share: number) => void, isWanted: () => boolean) => Promise<T>,
  what: string,
) {
  const result = signal<T | undefined>(undefined);
  const share = signal<number | undefined>(undefined);
  const isBusy = signal(false);
  const failure = signal<string | undefined>(undefined);
  const generations = createGenerations();

  return {
    result,
    share,
    isBusy,
    failure,
    async begin(asked: A): Promise<void> {
      const isOurs = generations.begin();
      isBusy.value = true;
      share.value = undefined;
      failure.value = undefined;
      try {
        const given = await work(
          asked,
          (done) => {
            if (isOurs()) share.value = done;
          },
          isOurs,
        );
        if (isOurs()) result.value = given;
      } catch (error) {
        // Fetched long since by whoever asked the worker; the page's first figure does so only when it is asked.
        const { pageReviews } = await import('../../state/run/review.ts');
        const said = pageReviews.failure(error);
        if (isOurs()) failure.value = `${what}: ${said}`;
      } finally {
        if (isOurs()) isBusy.value = false;
      }
    },
    /** Lets go of it where it is. */
    stop(): void {
      generations.begin();
      isBusy.value = false;
    },
  };
}
