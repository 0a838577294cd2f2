import { expect, test } from 'vitest';
import { shareWork } from '../../../../src/state/remote/shared-work.ts';

type Progress = (done: number, total: number) => void;

function begun() {
  const result = Promise.withResolvers<string>();
  let report: Progress = () => {};
  const work = shareWork<string>(({ signal, onProgress }) => {
    report = onProgress;
    signal.addEventListener('abort', () => result.reject(signal.reason));
    return result.promise;
  });
  return { work, result, report: (...of: Parameters<Progress>) => report(...of) };
}

const aborted = expect.objectContaining({ name: 'AbortError' });

test('all who wait hear how far it is, who comes late at once, and all get the one result', async () => {
  const { work, result, report } = begun();
  const heard: Record<'first' | 'second', number[]> = { first: [], second: [] };
  const first = work.join({ onProgress: (done) => heard.first.push(done) });
  report(1, 4);
  const second = work.join({ onProgress: (done) => heard.second.push(done) });
  report(2, 4);
  result.resolve('whole');
  expect(await Promise.all([first, second])).toEqual(['whole', 'whole']);
  expect(heard).toEqual({ first: [1, 2], second: [1, 2] });
});

test('who gives it up hears no more of it, and the others get it all the same', async () => {
  const { work, result, report } = begun();
  const heard: number[] = [];
  const controller = new AbortController();
  const first = work.join({ signal: controller.signal, onProgress: (done) => heard.push(done) });
  const second = work.join({});
  report(1, 4);
  controller.abort();
  report(2, 4);
  await expect(first).rejects.toThrow(aborted);
  expect(work.isGivenUp()).toBe(false);
  result.resolve('whole');
  expect(await second).toBe('whole');
  expect(heard).toEqual([1]);
});

test('it is given up when the last of them has given it up', async () => {
  const { work } = begun();
  const controllers = [new AbortController(), new AbortController()];
  const waiting = controllers.map(({ signal }) => work.join({ signal }));
  controllers[0]!.abort();
  expect(work.isGivenUp()).toBe(false);
  controllers[1]!.abort();
  expect(work.isGivenUp()).toBe(true);
  for (const each of waiting) await expect(each).rejects.toThrow(aborted);
});

test('a signal after the end changes nothing', async () => {
  const { work, result } = begun();
  const controller = new AbortController();
  const waiting = work.join({ signal: controller.signal });
  result.resolve('whole');
  await waiting;
  controller.abort();
  expect(work.isGivenUp()).toBe(false);
});

test('who has given up before does not begin to wait', async () => {
  const { work, result } = begun();
  await expect(work.join({ signal: AbortSignal.abort() })).rejects.toThrow(aborted);
  result.resolve('whole');
  expect(await work.join({})).toBe('whole');
});
