import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Network } from '../../../../src/lib/nn/network.ts';
import { type Advanced, TrainingSession } from '../../../../src/lib/training/session.ts';
import { parseSetup } from '../../../../src/lib/training/setup.ts';
import type { Budget } from '../../../../src/lib/training/trainer.ts';
import { createLab } from '../../../../src/state/run/lab.ts';
import { type LabRun, keptLabRuns } from '../../../../src/state/store/lab-store.ts';
import { penDigits } from '../../training/digits.ts';
import { inProcess } from '../in-process.ts';
import { freshDatabase } from '../store/fresh-database.ts';

const digits = penDigits(300);

// In the place of the site's digits and of its workers.
vi.mock('../../../../src/state/site/datasets.ts', () => ({
  loadDataset: async () => digits,
  datasetFor: () => async () => digits,
}));
vi.mock('../../../../src/state/run/review.ts', () => ({
  pageReviews: {
    of: () => Promise.reject(new Error('there is no reviewer here')),
    failure: (error: Error) => error.message,
  },
}));
vi.mock(import('../../../../src/state/run/run.ts'), async (original) => {
  const actual = await original();
  const pageWorld = {
    ...actual.pageWorld,
    start: () => inProcess(new Session()),
    kernels: async () => ({}),
  };
  return { ...actual, pageWorld };
});

/** The epoch after which a weight is no number any more; never at 0. */
let overflowsAt = 0;

class Session extends TrainingSession {
  override advance(budget: Budget): Advanced {
    const advanced = super.advance(budget);
    if (!advanced.model || advanced.progress.ended?.epoch !== overflowsAt) return advanced;
    const layers = advanced.model.layers.map((layer) => ({ ...layer, bias: layer.bias.map(() => Infinity) }));
    return { ...advanced, model: { layers } };
  }
}

const setup = parseSetup({ layers: '784,8,10', batchSize: '50', epochs: '2' });

beforeEach(() => {
  freshDatabase();
  overflowsAt = 0;
});

describe('the table of the lab', () => {
  test('has what was trained, and keeps it', async () => {
    const lab = createLab();
    lab.run.choose(setup);
    await lab.run.run();
    lab.keepRun();
    expect(lab.runs.value.map(({ epochs }) => epochs.length)).toEqual([2]);
    await vi.waitFor(async () => expect(await keptLabRuns()).toHaveLength(1));
  });

  test('of a run whose weights have overflown has the last network that was whole, and its epochs', async () => {
    overflowsAt = 2;
    const lab = createLab();
    lab.run.choose(setup);
    await lab.run.run();
    expect(lab.run.epochs.value).toHaveLength(2);
    lab.keepRun();
    const [{ file, epochs }] = lab.runs.value as [LabRun];
    expect([epochs.length, file.metadata.epochs]).toEqual([1, 1]);
    expect(() => Network.fromModel(file.model)).not.toThrow();
  });

  test('has no run of which no network was whole', async () => {
    overflowsAt = 1;
    const lab = createLab();
    lab.run.choose({ ...setup, epochs: 1 });
    await lab.run.run();
    lab.keepRun();
    expect(lab.runs.value).toEqual([]);
  });
});
