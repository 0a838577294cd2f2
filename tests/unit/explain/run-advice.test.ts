import { describe, expect, test } from 'vitest';
import { type FailedRun, adviseOn } from '../../../src/explain/run-advice.ts';
import { penDigits } from '../training/digits.ts';
import { TrainingSession } from '../../../src/lib/training/session.ts';
import { type Setup, parseSetup } from '../../../src/lib/training/setup.ts';

type Texts = Parameters<typeof parseSetup>[0];

/** A run of ten thousand images that reads no better than guessing, and shows no gradients. */
const failed = (texts: Texts, more: Partial<FailedRun> = {}): FailedRun => ({
  setup: parseSetup(texts),
  end: 'stalled',
  epochs: 3,
  images: 10_000,
  loss: 2.3,
  look: undefined,
  ...more,
});

/** The gradients of a run's layers, by their lengths alone. */
const norms = (...lengths: number[]) => {
  const spread = { counts: new Uint32Array(0), mean: 0, deviation: 0, zeros: 1 };
  const layer = { weights: spread, gradients: spread, weightRange: 1, gradientRange: 1 };
  return {
    layers: lengths.map((gradientNorm) => ({ ...layer, gradientNorm })),
    model: { layers: [] },
    misread: [],
  };
};

const changes = (run: FailedRun) => adviseOn(run).remedies.map(({ change }) => change);

describe('each cause is told by its name, with what helps', () => {
  const causes: [string, FailedRun, RegExp, Partial<Setup>][] = [
    [
      'zeros with ReLU',
      failed({ initializer: 'zeros' }),
      /All weights began at 0.*ReLU/,
      { initializer: 'he' },
    ],
    [
      'zeros with sigmoid',
      failed({ initializer: 'zeros', activation: 'sigmoid' }),
      /All weights began at 0.*alike/,
      { initializer: 'he' },
    ],
    ['a rate too large', failed({ learningRate: '12' }), /too long.*12/, { learningRate: 0.1 }],
    [
      'a rate too large for Adam',
      failed({ learningRate: '0.2', optimizer: 'adam' }),
      /too long.*0\.2/,
      { learningRate: 0.001 },
    ],
    [
      'a loss above that of guessing',
      failed({ learningRate: '0.6' }, { loss: 4.1 }),
      /too long/,
      { learningRate: 0.06 },
    ],
    ['a rate too small', failed({ learningRate: '0.00001' }), /too short/, { learningRate: 0.1 }],
    [
      'dead ReLUs',
      failed({ learningRate: '0.5' }, { look: norms(0, 0, 0.4) }),
      /dead/,
      { activation: ['leaky-relu'] },
    ],
    [
      'a gradient that fades',
      failed({ layers: '784,16,16,16,10', activation: 'sigmoid' }, { look: norms(1e-7, 1e-5, 1e-3, 0.1) }),
      /1e−6 of the last layer's/,
      { activation: ['relu'] },
    ],
    ['an L2 too strong', failed({ l2: '200' }), /L2 λ 200 pulls/, { l2: 0 }],
    ['an L1 too strong', failed({ l1: '20' }), /L1 λ 20 pulls/, { l1: 0 }],
    ['much dropout', failed({ dropout: '0.95' }), /Dropout 0\.95/, { dropout: 0.2 }],
    ['a long warm-up', failed({ warmup: '50' }), /warm-up takes 50 epochs/, { warmup: 0 }],
    [
      'few images in one batch',
      failed({}, { images: 40, epochs: 10 }),
      /only 10 steps: 40 images in batches of 40, 10 epochs/,
      { batchSize: 2 },
    ],
    [
      'weight decay that overshoots',
      failed({ optimizer: 'adamw', weightDecay: '10', learningRate: '1' }, { end: 'diverged' }),
      /Weight decay 10 takes more than twice/,
      { weightDecay: 0 },
    ],
  ];
  test.each(causes)('%s', (_, run, says, remedy) => {
    expect(adviseOn(run).says).toMatch(says);
    expect(changes(run)).toContainEqual(remedy);
    expect(changes(run).some((change) => 'seed' in change)).toBe(false);
  });
});

test('zeros are no fault of a network without hidden layers', () => {
  expect(adviseOn(failed({ layers: '784,10', initializer: 'zeros', learningRate: '50' })).says).toMatch(
    /too long/,
  );
});

test('a run whose loss is lost took steps too long, and is taken up again rather than begun anew', () => {
  const advice = adviseOn(failed({ learningRate: '3' }, { end: 'diverged', loss: Number.NaN }));
  expect(advice.says).toMatch(/overshot.*learning rate is 3\./);
  expect(advice.remedies).toEqual([]);
});

test('what is not known is not told: a run of an earlier page has neither gradients nor a count of images', () => {
  const unknown = { look: undefined, images: 0 };
  expect(changes(failed({ seed: '7' }, unknown))).toEqual([{ seed: 8 }]);
  expect(adviseOn(failed({ initializer: 'zeros' }, unknown)).says).toMatch(/began at 0/);
});

test('a new seed is for a run in whose set-up nothing is wrong', () => {
  expect(changes(failed({ seed: '7' }, { look: norms(0.1, 0.2, 0.3) }))).toEqual([{ seed: 8 }]);
});

describe('what real runs come to', () => {
  const digits = penDigits(1000);

  /** Trains, and has the advice where the run reads no better than guessing. */
  function train(
    texts: Texts,
    setup = parseSetup({ layers: '784,16,10', batchSize: '20', epochs: '2', ...texts }),
  ) {
    const session = new TrainingSession();
    session.give(digits);
    session.open({ setup, dataset: digits.name, kernels: {} });
    let progress = session.advance({ batches: 1000 }).progress;
    let last = progress.ended;
    while (!progress.finished) {
      progress = session.advance({ batches: 1000 }).progress;
      last = progress.ended ?? last;
    }
    // Lost within the first epoch: nothing is learnt.
    const { loss, accuracy } = last ?? { loss: Number.NaN, accuracy: 0 };
    const run: FailedRun = {
      setup,
      end: progress.finished === 'diverged' ? 'diverged' : 'stalled',
      epochs: 2,
      images: digits.count,
      loss,
      look: session.look(),
    };
    return { setup, accuracy, says: adviseOn(run).says, remedies: changes(run) };
  }
  test.each<[string, Texts, RegExp]>([
    ['zeros', { initializer: 'zeros' }, /All weights began at 0/],
    ['long steps', { learningRate: '30' }, /too long|dead/],
    ['short steps', { learningRate: '0.000001' }, /too short/],
    ['seven layers of sigmoids', { layers: '784,16,16,16,16,16,16,10', activation: 'sigmoid' }, /fades/],
    ['small weights', { layers: '784,16,16,16,10', initializer: 'normal' }, /began small/],
    ['a strong L2', { l2: '150', learningRate: '0.01' }, /L2 λ 150 pulls/],
  ])('%s: the run is stuck, and its advice, followed, frees it', (_, texts, says) => {
    const stuck = train(texts);
    expect(stuck.accuracy).toBeLessThan(0.15);
    expect(stuck.says).toMatch(says);
    const reached = stuck.remedies.map((change) => train({}, { ...stuck.setup, ...change }).accuracy);
    expect(Math.max(...reached)).toBeGreaterThan(0.15);
  });
});
