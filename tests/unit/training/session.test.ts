import { describe, expect, test } from 'vitest';
import { range } from '../../../src/lib/data/dataset.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { TrainingSession } from '../../../src/lib/training/session.ts';
import { parseSetup } from '../../../src/lib/training/setup.ts';
import { Trainer } from '../../../src/lib/training/trainer.ts';
import { penDigits } from './digits.ts';

const dataset = penDigits(300);
const setup = parseSetup({ layers: '784,12,10', batchSize: '50', epochs: '2', validation: '50' });

function opened(): TrainingSession {
  const session = new TrainingSession();
  session.give(range(dataset, 0, 120));
  session.give(range(dataset, 120, 300));
  session.open({ setup, dataset: dataset.name, kernels: {} });
  return session;
}

describe('a session', () => {
  test('trains as a trainer does: the same weights after an epoch', () => {
    const session = opened();
    const trainer = new Trainer(setup, dataset);
    trainer.advance({ batches: 100 });
    const { model, progress } = session.advance({ batches: 100 });
    expect(progress.ended?.epoch).toBe(1);
    expect(model).toEqual(trainer.network.toModel());
  });

  test('a drawing that is no digit is learnt from, and never among the misread: there is no right answer to it', () => {
    const session = new TrainingSession();
    session.give(dataset);
    const withOthers = parseSetup({ layers: '784,12,10', otherDrawings: '200', examples: '20' });
    const { images } = session.open({ setup: withOthers, dataset: dataset.name, kernels: {} });
    expect(images).toBe(220);
    session.advance({ batches: 1 });
    for (const { label } of session.look().misread) expect(label).toBeLessThan(10);
  });

  test('a watched batch is the next batch: its loss falls with a short step, and the epoch goes on', () => {
    const [session, plain] = [opened(), opened()];
    const watched = session.watchBatch();
    expect(watched.rows).toHaveLength(50);
    expect(watched.images).toHaveLength(50);
    expect(watched.images[7]).toHaveLength(784);
    expect(watched.after).toBeLessThan(watched.before);
    expect(watched.progress).toMatchObject({ epoch: 0, batch: 1 });
    session.advance({ batches: 100 });
    plain.advance({ batches: 100 });
    expect(session.look().model).toEqual(plain.look().model);
  });

  test('the watched gradient is that of the network as the batch met it', () => {
    const session = opened();
    const start = new Trainer(setup, dataset);
    const { rows, gradient, gradientNorms, before } = session.watchBatch();
    const { loss } = start.network.forwardWithLoss(start.training, Uint32Array.from(rows));
    start.network.backward();
    const expected = start.network.layers[0]!.read('weightGradient');
    expect(before).toBeCloseTo(loss, 6);
    expect(Math.max(...gradient.map((g, n) => Math.abs(g - expected[n]!)))).toBeLessThan(1e-6);
    expect(gradientNorms[0]).toBeCloseTo(Math.hypot(...expected), 5);
  });

  test('a watched example is one step on one digit, beside the batches', () => {
    const session = opened();
    const { rows, labels, before, after } = session.watchExample();
    expect(rows).toHaveLength(1);
    expect(labels).toHaveLength(1);
    expect(after).toBeLessThan(before);
    expect(session.advance({ batches: 1 }).progress).toMatchObject({ epoch: 0, batch: 1 });
  });

  test('a look names digits that the network really misreads, of those held back', () => {
    const session = opened();
    const { model } = session.advance({ batches: 100 });
    const { misread, layers } = session.look();
    const network = Network.fromModel(model!);
    expect(misread.length).toBeGreaterThan(0);
    for (const { image, label, read } of misread) {
      const outputs = network.predict({ count: 1, width: 784, values: image, labels: Uint8Array.of(label) });
      expect(Array.from(outputs).indexOf(Math.max(...outputs))).toBe(read);
      expect(read).not.toBe(label);
    }
    expect(layers).toHaveLength(2);
    expect(layers[0]!.weights.counts.reduce((sum, count) => sum + count, 0)).toBe(784 * 12);
  });

  test('before anything is opened it says so', () => {
    expect(() => new TrainingSession().advance({ batches: 1 })).toThrow('no run was opened');
  });
});
