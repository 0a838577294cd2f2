import { expect, test } from 'vitest';
import { createTask } from '../../../../src/components/evaluation/task.ts';

interface Call {
  readonly said: (share: number) => void;
  readonly isWanted: () => boolean;
  readonly resolve: (given: string) => void;
  readonly reject: (error: Error) => void;
}

/** A task whose work is answered by hand, one call after the other. */
function taskByHand() {
  const calls: Call[] = [];
  const task = createTask(
    (_: string, said, isWanted) =>
      new Promise<string>((resolve, reject) => calls.push({ said, isWanted, resolve, reject })),
    'It cannot be done',
  );
  return { task, calls };
}

test('a task gives its result, and says meanwhile how far it is', async () => {
  const { task, calls } = taskByHand();
  const begun = task.begin('first');
  expect(task.isBusy.value).toBe(true);
  calls[0]!.said(0.4);
  expect(task.share.value).toBe(0.4);
  calls[0]!.resolve('done');
  await begun;
  expect([task.result.value, task.isBusy.value]).toEqual(['done', false]);
});

test('begun again, only the latest is heard, whichever is done first', async () => {
  const { task, calls } = taskByHand();
  const begun = [task.begin('first'), task.begin('second')];
  expect([calls[0]!.isWanted(), calls[1]!.isWanted()]).toEqual([false, true]);
  calls[0]!.said(0.9);
  expect(task.share.value).toBeUndefined();
  calls[0]!.resolve('old');
  await begun[0];
  expect([task.result.value, task.isBusy.value]).toEqual([undefined, true]);
  calls[1]!.resolve('new');
  await begun[1];
  expect([task.result.value, task.isBusy.value]).toEqual(['new', false]);
});

test('what was stopped is neither a result nor a failure; what fails says why, and can be begun again', async () => {
  const { task, calls } = taskByHand();
  const stopped = task.begin('first');
  task.stop();
  expect(task.isBusy.value).toBe(false);
  calls[0]!.reject(new Error('gone'));
  await stopped;
  expect(task.failure.value).toBeUndefined();
  const failed = task.begin('second');
  calls[1]!.reject(new Error('the connection is not there'));
  await failed;
  expect(task.failure.value).toBe('It cannot be done: the connection is not there');
  void task.begin('third');
  expect(task.failure.value).toBeUndefined();
});
