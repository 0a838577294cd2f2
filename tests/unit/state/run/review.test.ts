import { expect, test } from 'vitest';
import { Network } from '../../../../src/lib/nn/network.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { Review } from '../../../../src/lib/training/review.ts';
import { architectureOf, parseSetup } from '../../../../src/lib/training/setup.ts';
import { type ReviewWorld, createReviews } from '../../../../src/state/run/review.ts';
import { WorkerDied } from '../../../../src/state/remote/worker-client.ts';
import { penDigits } from '../../training/digits.ts';
import { inProcess } from '../in-process.ts';

const dataset = { ...penDigits(40), name: 'test' };
const architecture = architectureOf(parseSetup({ layers: '784,4,10' }));
const network = Network.initialize(architecture, 'he', new Random(1));
const asked = { dataset: 'test', model: network.toModel(), loss: 'cross-entropy' } as const;

function reviewsWith({
  onCall,
  load = async () => dataset,
}: { onCall?: (method: string) => void; load?: ReviewWorld['load'] } = {}) {
  const state = { started: 0, alive: 0 };
  const reviews = createReviews({
    start: () => {
      state.started++;
      state.alive++;
      return inProcess(new Review(), { onEnd: () => void state.alive--, ...(onCall && { onCall }) });
    },
    load,
    kernels: async () => ({}),
  });
  return { reviews, state };
}

test('figures that ask at once share one worker, and the digits are handed over once', async () => {
  const given: string[] = [];
  const { reviews, state } = reviewsWith({ onCall: (method) => void given.push(method) });
  const [first, second] = await Promise.all([reviews.of('test'), reviews.of('test')]);
  expect(state.started).toBe(1);
  expect(given).toEqual(['open', 'give']);
  const expected = network.evaluate(dataset);
  expect(await first.evaluate(asked)).toEqual(expected);
  expect(await second.evaluate(asked)).toEqual(expected);
});

test('every figure that waits for the digits hears how far they are', async () => {
  const hearing: ((share: number) => void)[] = [];
  const arrival = Promise.withResolvers<typeof dataset>();
  const { reviews } = reviewsWith({
    load: (_, { onProgress }) => {
      hearing.push(onProgress!);
      return arrival.promise;
    },
  });
  const heard: string[] = [];
  const waiting = ['a', 'b'].map((name) =>
    reviews.of('test', { onProgress: (share) => void heard.push(`${name} ${share}`) }),
  );
  await expect.poll(() => hearing.length).toBe(2);
  for (const hear of hearing) hear(0.5);
  arrival.resolve(dataset);
  await Promise.all(waiting);
  expect(heard).toEqual(['a 0.5', 'b 0.5']);
});

test('a worker that died is replaced, with the digits handed over anew, and only once for one death', async () => {
  const death = new WorkerDied('it was killed');
  let dies = true;
  const { reviews, state } = reviewsWith({
    onCall: (method) => {
      if (dies && method === 'evaluate') throw death;
    },
  });
  const evaluate = async () => (await reviews.of('test')).evaluate(asked);
  const failures = await Promise.all([evaluate(), evaluate()].map((each) => each.catch((error) => error)));
  dies = false;
  expect(reviews.failure(failures[0])).toBe('it was killed');
  expect(state.alive).toBe(0);
  expect(await evaluate()).toEqual(network.evaluate(dataset));
  // A second figure that hears of the same death late does not end the new worker.
  expect(reviews.failure(failures[1])).toBe('it was killed');
  expect(state).toEqual({ started: 2, alive: 1 });
  expect(await evaluate()).toEqual(network.evaluate(dataset));
});

test('a failure that is no death leaves the worker alone', async () => {
  const { reviews, state } = reviewsWith();
  const review = await reviews.of('test');
  const error = await review.evaluate({ ...asked, dataset: 'train' }).catch((each) => each);
  expect(reviews.failure(error)).toContain('no data set named train');
  expect(state.alive).toBe(1);
});

test('digits that arrived in part are not added to: the next call starts another worker', async () => {
  let fails = true;
  const { reviews, state } = reviewsWith({
    onCall: (method) => {
      if (!fails || method !== 'give') return;
      fails = false;
      throw new Error('there is no memory left');
    },
  });
  await expect(reviews.of('test')).rejects.toThrow('there is no memory left');
  const review = await reviews.of('test');
  expect(await review.evaluate(asked)).toEqual(network.evaluate(dataset));
  expect(state).toEqual({ started: 2, alive: 1 });
});

test('a download that failed is tried again', async () => {
  let isOnline = false;
  const { reviews } = reviewsWith({
    load: async () => {
      if (!isOnline) throw new Error('test.bin could not be fetched');
      return dataset;
    },
  });
  await expect(reviews.of('test')).rejects.toThrow('could not be fetched');
  isOnline = true;
  expect(await (await reviews.of('test')).evaluate(asked)).toEqual(network.evaluate(dataset));
});
