import type { Answer, Call } from './calls.ts';

/** Lets the page call an object's methods by their names: all that a worker's own file has to say. */
export function serve(object: object): void {
  const methods = object as Record<string, (argument: unknown) => unknown>;
  addEventListener('message', async ({ data: { id, method, argument } }: MessageEvent<Call>) => {
    try {
      answer({ id, result: await methods[method]!(argument) });
    } catch (error) {
      answer({ id, failure: (error as Error).message });
    }
  });
}

function answer(message: Answer): void {
  postMessage(message);
}
