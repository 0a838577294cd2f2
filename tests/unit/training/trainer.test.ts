import { beforeAll, describe, expect, test } from 'vitest';
import { type Dataset, subset } from '../../../src/lib/data/dataset.ts';
import { parseSetup } from '../../../src/lib/training/setup.ts';
import { type Progress, Trainer } from '../../../src/lib/training/trainer.ts';
import { loadMnist } from '../../../scripts/mnist.ts';

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
      '600 validation images leave nothing of 600',
    );
  });
});
