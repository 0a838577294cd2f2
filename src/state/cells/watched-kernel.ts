import type { FromKernel } from '../../sandbox/protocol.ts';
import type { KernelLink } from './kernel-link.ts';

/** Why a kernel was ended that should have gone on. */
export type Death = 'silence' | 'flood';

/** It is looked at so often, in milliseconds, and ended when it was silent so many times while a cell ran. */
const LOOK = 375;
const MOST_SILENT = 4;
/** Messages between two looks: more than a kernel ever sends that nobody has tampered with. */
const MOST_MESSAGES = 1000;

/**
 * A kernel that is ended when it says nothing while a cell runs, or far too much: a loop that never ends can be stopped in
 * no other way.
 *
 * It counts looks instead of reading the clock: after the computer has slept, the messages that came meanwhile are heard
 * before it is looked at again.
 */
export async function watchKernel(
  start: (heard: (message: FromKernel) => void) => Promise<KernelLink>,
  heard: (message: FromKernel) => void,
  died: (reason: Death) => void,
): Promise<KernelLink> {
  let isRunning = false;
  let isOver = false;
  let [messages, silent] = [0, 0];
  const link = await start((message) => {
    if (isOver) return;
    silent = 0;
    if (++messages > MOST_MESSAGES) return die('flood');
    if (message?.kind === 'ended') isRunning = false;
    heard(message);
  });
  const timer = setInterval(() => {
    silent = isRunning && messages === 0 ? silent + 1 : 0;
    messages = 0;
    if (silent >= MOST_SILENT) die('silence');
  }, LOOK);

  function end(): void {
    isOver = true;
    clearInterval(timer);
    link.end();
  }
  function die(reason: Death): void {
    end();
    died(reason);
  }
  return {
    post: (message, transfer) => {
      if (message.kind === 'run' || message.kind === 'check') isRunning = true;
      link.post(message, transfer);
    },
    end,
  };
}
