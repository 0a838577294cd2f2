import { beforeAll, describe, expect, test } from 'vitest';
import { type Dataset, subset } from '../../../src/lib/data/dataset.ts';
import { parseSetup, setupNames, setupOptions } from '../../../src/lib/training/setup.ts';
import { describeCutBatch } from '../../../src/lib/training/training-data.ts';
import { type Progress, Trainer } from '../../../src/lib/training/trainer.ts';
import { nodeKernels } from '../../../scripts/network/kernels.ts';
import { loadMnist } from '../../../scripts/network/mnist.ts';

let digits: Dataset;
beforeAll(async () => {
  const { train } = await loadMnist();
  digits = subset(
    train,
    Array.from({ length: 600 }, (_, i) => i),
    'some digits',
  );
});

const setup = (texts = {}) => parseSetup({ layers: '784,16,10', batchSize: '64', epochs: '3', ...texts });

function runToEnd(trainer: Trainer, batches = 4): Progress[] {
  const all: Progress[] = [];
  do all.push(trainer.advance({ batches }));
  while (!all.at(-1)!.finished);
  return all;
}

describe('a trainer', () => {
  test('does the batches that it is asked for, and no more', () => {
    const trainer = new Trainer(setup(), digits);
    const first = trainer.advance({ batches: 3 });
    expect(first).toMatchObject({ epoch: 0, batch: 3, batchesPerEpoch: 10, images: 192, imagesInAll: 192 });
    expect(trainer.advance({ batches: 1 })).toMatchObject({ batch: 4, images: 64 });
  });

  test('stops at the end of an epoch with its record, whatever the budget', () => {
    const trainer = new Trainer(setup(), digits);
    const progress = trainer.advance({ batches: 1000 });
    expect(progress).toMatchObject({ epoch: 1, batch: 0, images: 600, ended: { epoch: 1 } });
    expect(trainer.history).toEqual([progress.ended]);
  });

  test('a budget of time is kept by the clock that it is given, and one batch is always done', () => {
    let time = 0;
    const trainer = new Trainer(setup(), digits, { now: () => (time += 5) });
    expect(trainer.advance({ milliseconds: 0 }).batch).toBe(1);
    expect(trainer.advance({ milliseconds: 18 }).batch).toBe(5);
  });

  test('learns, to the end of its epochs', () => {
    const trainer = new Trainer(setup({ epochs: '12' }), digits);
    const end = runToEnd(trainer).at(-1)!;
    expect(end.finished).toBe('epochs');
    expect(trainer.history).toHaveLength(12);
    expect(trainer.history.at(-1)!.loss).toBeLessThan(trainer.history[0]!.loss / 3);
    expect(trainer.advance({ batches: 5 }).images).toBe(0);
  });

  test('how a run is cut into pieces makes no difference', () => {
    const weights = (batches: number) => {
      const trainer = new Trainer(setup({ augmentation: '1', dropout: '0.2' }), digits);
      runToEnd(trainer, batches);
      return trainer.network.toModel();
    };
    expect(weights(1)).toEqual(weights(7));
  });

  test('holds back validation images, takes a part of the rest, and adds pen digits', () => {
    const trainer = new Trainer(setup({ validation: '100', examples: '200', penDigits: '30' }), digits);
    const { images, ended } = trainer.advance({ batches: 100 });
    expect(images).toBe(230);
    expect(ended!.validation!.count).toBe(100);
  });

  test('stops early, and says so', () => {
    const trainer = new Trainer(
      setup({ validation: '150', patience: '2', epochs: '200', learningRate: '0.8' }),
      digits,
    );
    const end = runToEnd(trainer, 100).at(-1)!;
    expect(end.finished).toBe('early-stopping');
    const losses = trainer.history.map(({ validation }) => validation!.loss);
    expect(losses.indexOf(Math.min(...losses))).toBe(losses.length - 3);
  });

  test('a run that diverges is ended with its reason', () => {
    const trainer = new Trainer(
      setup({ learningRate: '1000', loss: 'mean-squared-error', output: 'linear' }),
      digits,
    );
    expect(runToEnd(trainer, 1).at(-1)!.finished).toBe('diverged');
  });

  test.each(['0', '5'])(
    'one image more than ten whole batches changes next to nothing, at λ₂ = %s',
    async (l2) => {
      const { train, test: others } = await loadMnist();
      const first = (dataset: Dataset, count: number) =>
        subset(
          dataset,
          Array.from({ length: count }, (_, i) => i),
        );
      const kernels = await nodeKernels();
      const run = (count: number) => {
        const trainer = new Trainer(
          setup({ layers: '784,32,10', batchSize: '128', epochs: '5', l2 }),
          first(train, count),
          { kernels },
        );
        runToEnd(trainer);
        const length = Math.sqrt(trainer.network.layers[0].weightSums().squares);
        return { length, accuracy: trainer.network.evaluate(first(others, 2000)).accuracy };
      };
      const [whole, more] = [run(1280), run(1281)];
      expect(whole.accuracy).toBeGreaterThan(0.6);
      expect(Math.abs(more.accuracy - whole.accuracy)).toBeLessThan(0.02);
      expect(Math.abs(more.length / whole.length - 1)).toBeLessThan(0.002);
    },
  );

  test('an image looked at alone is charged for its weights as a batch is', () => {
    const trainer = new Trainer(setup({ l2: '20', learningRate: '0.1' }), digits);
    trainer.network.layers[0].writeOne('weights', 0, 8);
    trainer.watchExample();
    // Its pixel is white on every digit, so that nothing but the penalty moves it: 8 · (1 − 0.1 · 20 / 64).
    expect(trainer.network.layers[0].readOne('weights', 0)).toBeCloseTo(8 * (1 - 2 / 64), 5);
  });

  test('a watched step says the rate that it was made with, which a schedule makes smaller than the set-up’s', () => {
    const trainer = new Trainer(setup({ schedule: 'cosine', epochs: '4' }), digits);
    for (let epoch = 0; epoch < 3; epoch++) trainer.advance({ batches: 100 });
    const { learningRate, progress } = trainer.watchBatch();
    expect(learningRate).toBe(progress.learningRate);
    expect(learningRate).toBeLessThan(trainer.setup.learningRate / 2);
    expect(trainer.watchExample().learningRate).toBe(learningRate);
  });

  test('goes on from weights and an epoch', () => {
    const [whole, start] = [new Trainer(setup(), digits), new Trainer(setup(), digits)];
    runToEnd(whole);
    start.advance({ batches: 100 });
    const rest = new Trainer(setup(), digits, { from: { model: start.network.toModel(), epochs: 1 } });
    runToEnd(rest);
    expect(rest.network.toModel()).toEqual(whole.network.toModel());
  });

  test('more validation images than there are is refused by their number', () => {
    expect(() => new Trainer(setup({ validation: '600' }), digits)).toThrow(
      '600 validation images leave nothing of 600 to learn from: “Validation images” must be below 600',
    );
  });

  test('a batch larger than the data is cut to them, with a word that has the option’s label', () => {
    const few = subset(
      digits,
      Uint32Array.from({ length: 17 }, (_, n) => n),
    );
    const [cut, whole] = ['128', '17'].map((batchSize) => new Trainer(setup({ batchSize }), few));
    runToEnd(cut!);
    runToEnd(whole!);
    expect(cut!.network.toModel()).toEqual(whole!.network.toModel());
    expect(cut!.advance({ batches: 1 }).imagesInAll).toBe(whole!.advance({ batches: 1 }).imagesInAll);
    expect(describeCutBatch(cut!.setup, 17)).toBe(
      'There are only 17 images to learn from, so each step looks at all of them: “Batch size” 128 is more than there are.',
    );
    expect(describeCutBatch(whole!.setup, 17)).toBeUndefined();
  });

  test('no set-up that can be typed ends in an error with an inner name', () => {
    const few = subset(
      digits,
      Uint32Array.from({ length: 12 }, (_, n) => n),
    );
    for (const name of setupNames) {
      const { range, allowed } = setupOptions[name];
      const ends = range ? [range.lowest, range.highest] : (allowed ?? []);
      for (const end of ends) {
        try {
          const typed = parseSetup({
            layers: '784,4,10',
            [name]: name === 'layers' ? '784,1,10' : String(end),
          });
          // A million drawings would take minutes.
          const drawn = {
            penDigits: Math.min(typed.penDigits, 20),
            otherDrawings: Math.min(typed.otherDrawings, 20),
          };
          new Trainer({ ...typed, ...drawn }, few).advance({ batches: 2 });
        } catch (error) {
          for (const inner of setupNames.filter((each) => /[A-Z]/.test(each)))
            expect((error as Error).message).not.toContain(inner);
        }
      }
    }
  });
});
