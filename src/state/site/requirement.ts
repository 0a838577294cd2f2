import { computed, signal } from '@preact/signals';

/**
 * What a figure cannot do without: asked for when it comes alive, and again when the reader says so.
 *
 * @param lacking what is said, before the reason, where it could not be had
 * @param fetch throws an Error with the reason
 */
export function createRequirement(lacking: string, fetch: () => Promise<void>) {
  const failure = signal<string | undefined>(undefined);
  return {
    failure: computed(() => failure.value),
    async load(): Promise<void> {
      try {
        await fetch();
        failure.value = undefined;
      } catch (error) {
        failure.value = `${lacking}: ${(error as Error).message}`;
      }
    },
  };
}
