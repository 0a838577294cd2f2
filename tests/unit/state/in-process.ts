import { type Remote, WorkerDied } from '../../../src/state/remote/worker-client.ts';

interface Hooks {
  readonly onEnd?: () => void;
  /** Before each call, by its method: may throw, as a worker may die, or keep the call waiting. */
  readonly onCall?: (method: string) => void | Promise<void>;
}

type Method = (argument: unknown, onProgress?: (progress: unknown) => void) => unknown;

/** An object of the library that answers as it would from a worker: later, by promises, and not once it is ended. */
export function inProcess<T extends object>(served: T, { onEnd, onCall }: Hooks = {}): Remote<T> {
  const methods = served as Record<string, Method>;
  let isEnded = false;
  const waiting = new Set<(death: WorkerDied) => void>();
  const end = () => {
    if (!isEnded) onEnd?.();
    isEnded = true;
    for (const reject of waiting) reject(new WorkerDied('it was ended'));
  };
  const answer = async (method: string, ...given: Parameters<Method>) => {
    await new Promise((resolve) => setTimeout(resolve));
    await onCall?.(method);
    return methods[method]!(...given);
  };
  return new Proxy({} as Remote<T>, {
    get: (_, method: string) => {
      if (method === 'then') return undefined;
      if (method === 'end') return end;
      return (...given: Parameters<Method>) =>
        new Promise((resolve, reject) => {
          if (isEnded) throw new WorkerDied('it was ended');
          waiting.add(reject);
          answer(method, ...given)
            .then(resolve, reject)
            .finally(() => waiting.delete(reject));
        });
    },
  });
}

/** A clock on which every look takes a second: whoever works for some milliseconds does one piece of work. */
export function hastyClock(): () => number {
  let now = 0;
  return () => (now += 1000);
}

/** How often something was called while an earlier call of it was under way. */
export function createOverlaps() {
  let underWay = 0;
  const overlaps = {
    count: 0,
    async during(call: () => void | Promise<void>): Promise<void> {
      if (++underWay > 1) overlaps.count++;
      await call();
      // As long as another that began at the same time takes to arrive here.
      await new Promise((resolve) => setTimeout(resolve));
      underWay--;
    },
  };
  return overlaps;
}

/** A door that a call waits at until the test opens it. */
export function createDoor() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const arrival = Promise.withResolvers<void>();
  return {
    /** For who has to wait. */
    pass(): Promise<void> {
      arrival.resolve();
      return promise;
    },
    /** Resolves when somebody waits. */
    reached: arrival.promise,
    open: () => resolve(),
  };
}
