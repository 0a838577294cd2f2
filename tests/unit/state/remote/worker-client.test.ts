import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WorkerDied, connect } from '../../../../src/state/remote/worker-client.ts';
import type { Answer, Call } from '../../../../src/workers/calls.ts';

interface Served {
  double(value: unknown): number;
  count(to: number, onProgress: (n: number) => void): string;
}

const SILENCE = 1000;

/** A worker that notes what it is asked, and answers when the test says so. */
function connected() {
  const calls: Call[] = [];
  const worker: Parameters<typeof connect>[0] = {
    postMessage: (call: Call) => void calls.push(structuredClone(call)),
    terminate: vi.fn(),
    onmessage: null,
    onmessageerror: null,
    onerror: null,
  };
  const answer = (data: Answer) => worker.onmessage?.call(worker as Worker, { data } as MessageEvent<Answer>);
  return { remote: connect<Served>(worker, SILENCE), worker, calls, answer };
}

describe('calls into a worker', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('each gets its own answer, in whatever order they come', async () => {
    const { remote, calls, answer } = connected();
    const [first, second] = [remote.double(2), remote.double(5)];
    expect(calls.map(({ method, argument }) => [method, argument])).toEqual([
      ['double', 2],
      ['double', 5],
    ]);
    answer({ id: calls[1]!.id, result: 10 });
    answer({ id: calls[0]!.id, failure: 'two is too small' });
    expect(await second).toBe(10);
    await expect(first).rejects.toThrow('two is too small');
  });

  test('what cannot be sent fails, and does not cost the worker its life later', async () => {
    const { remote, worker, calls, answer } = connected();
    await expect(remote.double(() => 'a function')).rejects.toThrow(/could not be cloned/);
    vi.advanceTimersByTime(10 * SILENCE);
    expect(worker.terminate).not.toHaveBeenCalled();
    const next = remote.double(4);
    answer({ id: calls[0]!.id, result: 8 });
    expect(await next).toBe(8);
  });

  test('a worker that stays silent for too long is dead: every call under way fails, and every later one', async () => {
    const { remote, worker } = connected();
    const calls = [remote.double(1), remote.double(2)];
    const deaths = Promise.allSettled(calls);
    vi.advanceTimersByTime(SILENCE - 1);
    expect(worker.terminate).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(worker.terminate).toHaveBeenCalled();
    for (const each of await deaths) expect(each).toMatchObject({ reason: expect.any(WorkerDied) });
    await expect(remote.double(3)).rejects.toThrow('has not answered for 1 seconds');
  });

  test('an answer in time leaves no clock running', async () => {
    const { remote, calls, answer } = connected();
    const call = remote.double(1);
    answer({ id: calls[0]!.id, result: 2 });
    await call;
    expect(vi.getTimerCount()).toBe(0);
  });

  test('word of its progress is heard by its own call, and ends the silence', async () => {
    const { remote, worker, calls, answer } = connected();
    const heard: number[] = [];
    const counting = remote.count(3, (n) => heard.push(n));
    for (const progress of [1, 2, 3]) {
      vi.advanceTimersByTime(SILENCE - 1);
      answer({ id: calls[0]!.id, progress });
    }
    answer({ id: calls[0]!.id, result: 'done' });
    expect(await counting).toBe('done');
    expect(heard).toEqual([1, 2, 3]);
    expect(worker.terminate).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a worker that falls silent after word of its progress is dead too', async () => {
    const { remote, calls, answer } = connected();
    const counting = remote.count(3, () => {});
    answer({ id: calls[0]!.id, progress: 1 });
    vi.advanceTimersByTime(SILENCE);
    await expect(counting).rejects.toThrow(WorkerDied);
  });

  test('the time for which the computer slept, or the page was frozen, is no silence', async () => {
    const { remote, worker, calls, answer } = connected();
    const call = remote.double(1);
    vi.advanceTimersByTime(SILENCE / 2);
    // However long it was: what was due meanwhile is done once, before the worker has said a word.
    vi.advanceTimersToNextTimer();
    expect(worker.terminate).not.toHaveBeenCalled();
    answer({ id: calls[0]!.id, result: 2 });
    expect(await call).toBe(2);
  });

  test('once it is ended nothing of it is heard: no result, no progress', async () => {
    const { remote, calls, answer, worker } = connected();
    const heard: number[] = [];
    const counting = remote.count(3, (n) => heard.push(n));
    remote.end();
    answer({ id: calls[0]!.id, progress: 1 });
    answer({ id: calls[0]!.id, result: 'done' });
    await expect(counting).rejects.toThrow(WorkerDied);
    expect(heard).toEqual([]);
    expect(worker.terminate).toHaveBeenCalled();
    await expect(remote.double(1)).rejects.toThrow('it was ended');
  });

  test('an error outside of any call is the death of the worker, and its message is said', async () => {
    const { remote, worker } = connected();
    const call = remote.double(1);
    worker.onerror?.call(worker as Worker, { message: 'out of memory' } as ErrorEvent);
    await expect(call).rejects.toThrow('out of memory');
  });
});
