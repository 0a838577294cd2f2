import type { Answer, Call } from '../../workers/calls.ts';

/** The worker is gone: it was killed, ran out of memory, threw outside of any call, or stayed silent for too long. */
export class WorkerDied extends Error {
  override name = 'WorkerDied';
}

type Method = (...given: never[]) => unknown;

/**
 * An object of the library in a worker, its methods called from here: each takes one argument at most, and a function that
 * hears how far it is, and gives a promise.
 */
export type Remote<T> = {
  readonly [Name in keyof T as T[Name] extends Method ? Name : never]: T[Name] extends Method
    ? (...given: Parameters<T[Name]>) => Promise<Awaited<ReturnType<T[Name]>>>
    : never;
} & {
  /** Ends the worker: calls under way, and later ones, fail with `WorkerDied` and never give a result. */
  readonly end: () => void;
};

type OnProgress = (progress: unknown) => void;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: OnProgress | undefined;
  timer: ReturnType<typeof setInterval>;
}

/** So many looks at a call without a word from the worker make its silence. */
const LOOKS = 4;

/** What a client needs of a worker. */
type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onmessageerror' | 'onerror'>;

/**
 * Calls into a worker. A call to a worker that has died does not wait for ever: it fails with `WorkerDied`.
 *
 * It counts looks instead of reading the clock: after the page was frozen or the computer has slept, the worker has time
 * to say what it could not say meanwhile.
 *
 * @param silence milliseconds, whole seconds, after which a call without an answer, or word of its progress, means that the worker is dead
 */
export function connect<T>(worker: WorkerLike, silence: number): Remote<T> {
  const waiting = new Map<number, Waiting>();
  let next = 0;
  let death: WorkerDied | undefined;

  function die(reason: string): void {
    if (death) return;
    death = new WorkerDied(reason);
    worker.terminate();
    for (const { reject, timer } of waiting.values()) {
      clearInterval(timer);
      reject(death);
    }
    waiting.clear();
  }

  worker.onerror = (event) => die(event.message || 'it could not be started');
  worker.onmessageerror = () => die('what it answered could not be read');
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    const call = waiting.get(data.id);
    if (!call) return;
    clearInterval(call.timer);
    if ('progress' in data) {
      call.timer = watch();
      call.onProgress?.(data.progress);
      return;
    }
    waiting.delete(data.id);
    if ('failure' in data) call.reject(new Error(data.failure));
    else call.resolve(data.result);
  };

  const watch = () => {
    let looks = 0;
    return setInterval(() => {
      if (++looks === LOOKS) die(`it has not answered for ${silence / 1000} seconds`);
    }, silence / LOOKS);
  };

  const call = (method: string, argument: unknown, onProgress?: OnProgress): Promise<unknown> => {
    if (death) return Promise.reject(death);
    const id = next++;
    return new Promise((resolve, reject) => {
      // What cannot be sent throws here: nobody waits for an answer to it.
      worker.postMessage({ id, method, argument } satisfies Call);
      waiting.set(id, { resolve, reject, onProgress, timer: watch() });
    });
  };
  return new Proxy({} as Remote<T>, {
    get: (_, method: string) => {
      if (method === 'end') return () => die('it was ended');
      // Or a promise that is resolved with this would take it for another promise, and wait for ever.
      if (method === 'then') return undefined;
      return (argument?: unknown, onProgress?: OnProgress) => call(method, argument, onProgress);
    },
  });
}
