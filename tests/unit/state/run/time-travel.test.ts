import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Network } from '../../../../src/lib/nn/network.ts';
import { Review } from '../../../../src/lib/training/review.ts';
import { TrainingSession } from '../../../../src/lib/training/session.ts';
import { parseSetup } from '../../../../src/lib/training/setup.ts';
import { createRun } from '../../../../src/state/run/run.ts';
import { createTimeTravel } from '../../../../src/state/run/time-travel.ts';
import { nowhere } from '../../../../src/state/store/page-store.ts';
import { penDigits } from '../../training/digits.ts';
import { inProcess } from '../in-process.ts';

const digits = penDigits(300);

// In the place of the site's test images and of the worker that reads them.
vi.mock('../../../../src/state/site/datasets.ts', () => ({
  loadDataset: async () => digits,
  datasetFor: () => async () => digits,
}));
vi.mock('../../../../src/state/run/review.ts', () => ({
  pageReviews: {
    of: async () => {
      const review = new Review();
      review.open({});
      review.give({ ...digits, name: 'test' });
      return inProcess(review);
    },
    failure: (error: Error) => error.message,
  },
}));

const uncaught = vi.fn();
beforeEach(() => void process.on('unhandledRejection', uncaught));
afterEach(() => {
  process.off('unhandledRejection', uncaught);
  uncaught.mockReset();
});

async function travelled(texts: Record<string, string>) {
  const run = createRun({
    start: () => inProcess(new TrainingSession()),
    load: async () => digits,
    kernels: async () => ({}),
    store: nowhere,
  });
  run.choose(parseSetup({ layers: '784,8,10', batchSize: '50', epochs: '3', ...texts }));
  const travel = createTimeTravel(run);
  travel.begin();
  await run.run();
  return { run, travel };
}

describe('time travel', () => {
  test('reads by every epoch, the last first, and knows each result when it is come back to', async () => {
    const { run, travel } = await travelled({});
    await vi.waitFor(() => expect(travel.evaluation.value?.of.epoch).toBe(3));
    await vi.waitFor(() => expect(travel.readings.value.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]));
    travel.travel(1);
    await vi.waitFor(() => expect(travel.evaluation.value?.of.epoch).toBe(1));
    expect(run.snapshots.value).toHaveLength(4);
    expect(travel.failure.value).toBeUndefined();
  });

  test('reads a network of far too large steps as it was, although no half could hold its weights', async () => {
    const { run, travel } = await travelled({ learningRate: '300', optimizer: 'sgd', momentum: '0' });
    const trained = run.model.value!;
    const largest = Math.max(...trained.layers.flatMap(({ weights }) => Array.from(weights, Math.abs)));
    expect(largest).toBeGreaterThan(65_504);
    const asItWas = Network.fromModel(trained).evaluate(digits);
    await vi.waitFor(() => expect(travel.evaluation.value?.of.epoch).toBe(run.snapshots.value.at(-1)!.epoch));
    const { result } = travel.evaluation.value!;
    expect(result.accuracy).toBe(asItWas.accuracy);
    expect(result.accuracy).toBeGreaterThan(0);
    expect(result.loss / asItWas.loss).toBeCloseTo(1, 4);
    await vi.waitFor(() => expect(travel.readings.value).toHaveLength(run.snapshots.value.length));
    expect(travel.failure.value).toBeUndefined();
    expect(uncaught).not.toHaveBeenCalled();
  });

  test('an epoch whose network cannot be had any more is said, and no rejection is left uncaught', async () => {
    const { run, travel } = await travelled({});
    vi.spyOn(run.snapshots, 'peek').mockReturnValue([{ epoch: 7, values: new Uint16Array(3) }]);
    travel.pick.choose(5);
    await vi.waitFor(() => expect(travel.failure.value).toContain('could not be read by all of them'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(uncaught).not.toHaveBeenCalled();
  });
});
