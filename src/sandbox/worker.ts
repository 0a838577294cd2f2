import { createKernel } from './kernel.ts';
import { libraryModule } from './library.ts';
import type { FromKernel, ToKernel } from './protocol.ts';
import { shutDoors } from './shut-doors.ts';

/*
 * The worker in the cells' frame: a classic script, which the frame starts from its text. It is given one port, and after
 * that nothing leads out of it.
 */

const { createObjectURL } = URL;
const take = globalThis.setInterval.bind(globalThis);
const end = globalThis.clearInterval.bind(globalThis);
const later = globalThis.setTimeout.bind(globalThis);
const clock = performance;

globalThis.onmessage = ({ ports: [port] }: MessageEvent) => {
  globalThis.onmessage = null;
  shutDoors(globalThis);
  const post = port.postMessage.bind(port);
  const kernel = createKernel({
    post: (message: FromKernel) => post(message),
    now: () => clock.now(),
    later: (task) => void later(task, 0),
    every: (milliseconds, task) => {
      const timer = take(task, milliseconds);
      return () => end(timer);
    },
    addressOf: (code) => createObjectURL(new Blob([code], { type: 'text/javascript' })),
    importFrom: (address) => import(/* @vite-ignore */ address),
    libraryModule,
  });
  // What a cell has left behind, a timer or a promise, may fail when nobody waits for it any more.
  globalThis.addEventListener('error', (event) => {
    event.preventDefault();
    kernel.complain(event.error);
  });
  globalThis.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    kernel.complain(event.reason);
  });
  port.onmessage = ({ data }: MessageEvent<ToKernel>) => kernel.hear(data);
  post({ kind: 'ready' } satisfies FromKernel);
};
