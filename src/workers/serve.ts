import type { Answer, Call } from './calls.ts';

type Method = (argument: unknown, onProgress: (progress: unknown) => void) => unknown;

/** Lets the page call an object's methods by their names: all that a worker's own file has to say. */
export function serve(object: object): void {
  const methods = object as Record<string, Method>;
  addEventListener('message', async ({ data: { id, method, argument } }: MessageEvent<Call>) => {
    try {
      answer({ id, result: await methods[method](argument, (progress) => answer({ id, progress })) });
    } catch (error) {
      answer({ id, failure: (error as Error).message });
    }
  });
}

function answer(message: Answer): void {
  postMessage(message);
}
