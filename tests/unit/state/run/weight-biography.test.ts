import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Review } from '../../../../src/lib/training/review.ts';
import { TrainingSession } from '../../../../src/lib/training/session.ts';
import { parseSetup } from '../../../../src/lib/training/setup.ts';
import { createReviews } from '../../../../src/state/run/review.ts';
import { createRun } from '../../../../src/state/run/run.ts';
import { type TimeTravel, createTimeTravel } from '../../../../src/state/run/time-travel.ts';
import { createBiography } from '../../../../src/state/run/weight-biography.ts';
import { nowhere } from '../../../../src/state/store/page-store.ts';
import { penDigits } from '../../training/digits.ts';
import { createDoor, createOverlaps, inProcess } from '../in-process.ts';

const digits = { ...penDigits(60), name: 'train' };
/** A pixel with ink in some of the digits. */
const INPUT = 14 * 28 + 14;

let travel: TimeTravel;

beforeAll(async () => {
  const run = createRun({
    start: () => inProcess(new TrainingSession()),
    load: async () => digits,
    kernels: async () => ({}),
    store: nowhere,
  });
  run.choose(parseSetup({ layers: '784,4,10', batchSize: '20', epochs: '2' }));
  await run.run();
  travel = createTimeTravel(run);
});

function biographyWith(onCall: (method: string) => void | Promise<void> = () => undefined) {
  const reviews = createReviews({
    start: () => inProcess(new Review(), { onCall }),
    load: async () => digits,
    kernels: async () => ({}),
  });
  return createBiography(travel, reviews);
}

/** What the library says of the weight from INPUT to a unit, at the epoch that is travelled to. */
function pushesOn(unit: number) {
  const review = new Review();
  review.open({});
  review.give(digits);
  return review.pushes({
    dataset: 'train',
    model: travel.model.peek()!,
    loss: 'cross-entropy',
    unit,
    input: INPUT,
  });
}

describe('the biography of a weight', () => {
  test('is what the digits push, at the epoch that is travelled to, and follows to another', async () => {
    const biography = biographyWith();
    biography.choose(1, INPUT);
    biography.begin();
    await vi.waitFor(() => expect(biography.pushes.value).toMatchObject(pushesOn(1)));
    const atTheEnd = biography.pushes.value;
    travel.travel(0);
    await vi.waitFor(() => expect(biography.pushes.value).not.toBe(atTheEnd));
    expect(biography.pushes.value).toMatchObject(pushesOn(1));
  });

  test('is that of the weight that was chosen last, counted once at a time, however fast others were chosen before', async () => {
    const door = createDoor();
    const overlaps = createOverlaps();
    let counted = 0;
    const biography = biographyWith((method) => {
      if (method !== 'pushes') return;
      counted++;
      return overlaps.during(() => door.pass());
    });
    biography.choose(0, INPUT);
    biography.begin();
    await door.reached;
    for (const unit of [1, 2, 3]) biography.choose(unit, INPUT);
    door.open();
    await vi.waitFor(() => expect(biography.pushes.value).toMatchObject(pushesOn(3)));
    expect({ counted, overlapping: overlaps.count }).toEqual({ counted: 2, overlapping: 0 });
  });

  test('is counted once more where another run with the same seed has come to the same epoch meanwhile', async () => {
    const door = createDoor();
    const biography = biographyWith((method) => (method === 'pushes' ? door.pass() : undefined));
    travel.travel(2);
    biography.choose(1, INPUT);
    biography.begin();
    await door.reached;
    const before = pushesOn(1);
    travel.run.choose({ ...travel.run.setup.peek(), learningRate: 0.3 });
    await travel.run.run();
    door.open();
    await vi.waitFor(() => expect(biography.pushes.value).toMatchObject(pushesOn(1)));
    expect(biography.pushes.value!.mean).not.toBe(before.mean);
  });

  test('says why where the digits could not be asked, and asks again', async () => {
    let fails = true;
    const biography = biographyWith((method) => {
      if (method === 'pushes' && fails) throw new Error('no memory');
    });
    biography.choose(2, INPUT);
    biography.begin();
    await vi.waitFor(() => expect(biography.failure.value).toMatch(/could not be asked.*no memory/));
    fails = false;
    biography.begin();
    await vi.waitFor(() => expect(biography.pushes.value).toMatchObject(pushesOn(2)));
    expect(biography.failure.value).toBeUndefined();
  });
});
