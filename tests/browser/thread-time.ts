import type { Page } from 'playwright-core';

/** Milliseconds that threads were at work: not those in which something else had their core. */
export interface ThreadTime {
  /** The longest task of the page's main thread. */
  readonly longestTask: number;
  /** All tasks of the page's main thread. */
  readonly page: number;
  /** All tasks of the busiest worker; 0 where there was none. */
  readonly busiestWorker: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** Microseconds of the thread's own work. */
  readonly tdur?: number;
}

/**
 * What the threads of a page do from here on, out of the browser's own trace: the same figures whatever else the machine
 * does, which no clock gives. One page of a browser can be watched at a time.
 */
export async function watchThreads(page: Page): Promise<() => Promise<ThreadTime>> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel'] });
  return async () => {
    const { traceEvents: events } = JSON.parse((await browser.stopTracing()).toString()) as {
      traceEvents: TraceEvent[];
    };
    const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
    const named = (wanted: RegExp) =>
      new Set(
        events
          .filter(({ name, args }) => name === 'thread_name' && wanted.test(args.name ?? ''))
          .map(threadOf),
      );
    const times = new Map<string, number[]>();
    for (const event of events) {
      if (!event.name.endsWith('RunTask')) continue;
      const thread = threadOf(event);
      const tasks = times.get(thread) ?? [];
      tasks.push((event.tdur ?? 0) / 1000);
      times.set(thread, tasks);
    }
    const sum = (tasks: readonly number[]) => tasks.reduce((total, each) => total + each, 0);
    const tasksOf = (threads: ReadonlySet<string>) => [...threads].map((thread) => times.get(thread) ?? []);
    // Of several pages' main threads, the watched one is the one that does something.
    const main = tasksOf(named(/^CrRendererMain$/)).toSorted((a, b) => sum(b) - sum(a))[0] ?? [];
    if (main.length === 0) throw new Error('The trace holds no task of the main thread of a page.');
    return {
      longestTask: main.reduce((longest, each) => Math.max(longest, each), 0),
      page: sum(main),
      busiestWorker: Math.max(0, ...tasksOf(named(/^DedicatedWorker/)).map(sum)),
    };
  };
}
