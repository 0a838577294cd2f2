import type { Remote } from '../../../src/state/worker-client.ts';

interface Hooks {
  readonly onEnd?: () => void;
  /** Before each call, by its method: may throw, as a worker may die. */
  readonly onCall?: (method: string) => void;
}

/** An object of the library that answers as it would from a worker: later, and by promises. */
export function inProcess<T extends object>(served: T, { onEnd, onCall }: Hooks = {}): Remote<T> {
  const methods = served as Record<string, (argument: unknown) => unknown>;
  return new Proxy({} as Remote<T>, {
    get: (_, method: string) => {
      if (method === 'then') return undefined;
      if (method === 'end') return () => onEnd?.();
      return async (argument: unknown) => {
        await new Promise((resolve) => setTimeout(resolve));
        onCall?.(method);
        return methods[method]!(argument);
      };
    },
  });
}
