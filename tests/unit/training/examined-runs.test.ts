import { describe, expect, test } from 'vitest';
import { type Dataset, imageOf, range, subset } from '../../../src/lib/data/dataset.ts';
import { stratifiedSplit } from '../../../src/lib/data/splits.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import { predictedClass } from '../../../src/lib/nn/losses.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import {
  type Examined,
  ExaminedRuns,
  type ExaminedSetup,
  type RunEnd,
  effortOf,
} from '../../../src/lib/training/examined-runs.ts';
import { parseSetup } from '../../../src/lib/training/setup.ts';
import { Trainer } from '../../../src/lib/training/trainer.ts';
import { penDigits } from './digits.ts';

const all = penDigits(460);
const train: Dataset = { ...range(all, 0, 300), name: 'train' };
const test_: Dataset = { ...range(all, 300, 460), name: 'test' };

const base = { layers: '784,12,10', batchSize: '20', epochs: '6', optimizer: 'adam', learningRate: '0.01' };
const asked = (texts = {}, looks: readonly number[] = []): ExaminedSetup => ({
  setup: parseSetup({ ...base, ...texts }),
  images: 200,
  looks,
});

function run(given: ExaminedSetup, milliseconds = 1e9): { looks: Examined[]; end: RunEnd } {
  const runs = new ExaminedRuns();
  for (const part of [train, test_]) runs.give(part);
  runs.open({});
  runs.begin(given);
  const looks: Examined[] = [];
  for (;;) {
    const report = runs.advance({ milliseconds });
    looks.push(...report.looks);
    if (report.end) return { looks, end: report.end };
  }
}

/** The same run by the trainer alone, on the images that the seed draws. */
function alone({ setup, images }: ExaminedSetup): Trainer {
  const { picked } = stratifiedSplit(train, images, new Random(setup.seed));
  const trainer = new Trainer(setup, subset(train, picked), { kernels: referenceKernels() });
  while (!trainer.advance({ batches: 1000 }).finished);
  return trainer;
}

describe('an examined run', () => {
  test('is the trainer’s own run, read on its own images and on the test images', () => {
    const given = asked({ wrongLabels: '0.2', dropout: '0.3', augmentation: '1' });
    const { last, finished } = run(given).end;
    const { network, training } = alone(given);
    expect(finished).toBe('epochs');
    expect(last.epoch).toBe(6);
    expect(last.training).toBe(network.evaluate(training).accuracy);
    expect(last.test).toBe(network.evaluate(test_).accuracy);
    const weights = network.layers.flatMap((layer) => Array.from(layer.read('weights')));
    expect(last.weightNorm).toBeCloseTo(Math.hypot(...weights), 9);
  });

  test('is looked at after the epochs that were asked for, and at its end, however it is cut into pieces', () => {
    const given = asked({}, [0, 2, 3]);
    const whole = run(given);
    expect(whole.looks.map(({ epoch }) => epoch)).toEqual([0, 2, 3, 6]);
    expect(whole.looks.at(-1)).toEqual(whole.end.last);
    expect(run(given, 0.01)).toEqual(whole);
  });

  test('with early stopping it ends with the best weights, and says which epoch made them', () => {
    const given = asked({ validation: '60', patience: '2', epochs: '200', learningRate: '0.03' });
    const { last, finished } = run(given).end;
    const { network, history, training } = alone(given);
    const losses = history.map(({ validation }) => validation!.loss);
    expect(finished).toBe('early-stopping');
    expect(last.epoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(last.epoch).toBeLessThan(history.length);
    expect(last.test).toBe(network.evaluate(test_).accuracy);
    expect(training.count).toBe(140);
  });

  test('wrong labels: as many as were asked for, each with what it is, and when it was learnt for good', () => {
    const given = asked(
      { wrongLabels: '0.2', epochs: '40' },
      Array.from({ length: 41 }, (_, epoch) => epoch),
    );
    const { end, looks } = run(given);
    expect(end.wrong).toHaveLength(40);
    const { network, training, truth } = alone(given);
    const outputs = network.predict(training);
    const rows = Array.from(truth.keys()).filter((row) => training.labels[row] !== truth[row]);
    const learnt = rows.filter((row) => predictedClass(outputs, 10, row) === training.labels[row]).length;
    expect(end.last.wrongLabels).toBe(learnt / 40);
    expect(end.wrong.filter(({ learntAt }) => learntAt !== undefined)).toHaveLength(learnt);
    // In the order of learning; who is known from an epoch on is among those known at every later look.
    const epochs = end.wrong.map(({ learntAt }) => learntAt ?? Infinity);
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b));
    for (const { epoch, wrongLabels } of looks) {
      expect(epochs.filter((since) => since <= epoch).length).toBeLessThanOrEqual(
        Math.round(40 * wrongLabels),
      );
    }
    const images = new Set(
      rows.map((row) => `${imageOf(training, row)} ${truth[row]} ${training.labels[row]}`),
    );
    for (const { image, truth: is, label } of end.wrong) expect(images).toContain(`${image} ${is} ${label}`);
  });

  test('a seed draws the same images and spoils the same labels, whatever else is asked for', () => {
    const pictures = (texts: object) => run(asked({ epochs: '1', wrongLabels: '0.2', ...texts })).end.wrong;
    const plain = pictures({});
    const same = pictures({ l2: '1', labelSmoothing: '0.1' });
    const key = ({ image, label }: { image: Uint8Array; label: number }) => `${image} ${label}`;
    expect(same.map(key).toSorted()).toEqual(plain.map(key).toSorted());
    expect(pictures({ seed: '2' }).map(key).toSorted()).not.toEqual(plain.map(key).toSorted());
    // Those held back are spoilt too: what is learnt from has fewer.
    const held = pictures({ validation: '50' });
    expect(held.length).toBeLessThan(40);
    expect(plain.map(key)).toEqual(expect.arrayContaining(held.map(key)));
  });

  test('one that comes apart ends there, and a further call says so again', () => {
    const runs = new ExaminedRuns();
    for (const part of [train, test_]) runs.give(part);
    runs.open({});
    runs.begin(asked({ optimizer: 'sgd', learningRate: '1000', activation: 'linear', layers: '784,8,8,10' }));
    const reports = Array.from({ length: 8 }, () => runs.advance({ milliseconds: 1e9 }));
    expect(reports.at(-1)!.end!.finished).toBe('diverged');
    expect(reports.at(-1)!.end).toBe(reports.at(-2)!.end);
  });
});

test('what a run costs grows with images, epochs, units and looks', () => {
  const plain = effortOf(asked(), 160);
  for (const more of [
    asked({ epochs: '7' }),
    asked({ layers: '784,13,10' }),
    asked({ augmentation: '1' }),
    asked({}, [1]),
    { ...asked(), images: 201 },
  ])
    expect(effortOf(more, 160)).toBeGreaterThan(plain);
});
