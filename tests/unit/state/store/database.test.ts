import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDataset } from '../../../../src/lib/data/dataset.ts';
import { Network } from '../../../../src/lib/nn/network.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { architectureOf, formatSetup, parseSetup } from '../../../../src/lib/training/setup.ts';
import { packSnapshot } from '../../../../src/lib/training/snapshot.ts';
import { inDatabase } from '../../../../src/state/store/database.ts';
import { type LabRun, keptLabRuns } from '../../../../src/state/store/lab-store.ts';
import { keepOwnDataset, keptOwnDataset } from '../../../../src/state/store/own-dataset-store.ts';
import { createRunClaim } from '../../../../src/state/store/run-claim.ts';
import { createRunStore, keptRun } from '../../../../src/state/store/run-store.ts';
import { Unreadable } from '../../../../src/state/store/unreadable.ts';
import { freshDatabase, openRaw } from './fresh-database.ts';

const setup = parseSetup({ layers: '784,4,10', epochs: '3' });
const model = Network.initialize(architectureOf(setup), 'he', new Random(3)).toModel();
const own = createDataset('digits of mine', new Uint8Array(2 * 784).fill(9), Uint8Array.of(3, 8));
const labRun: LabRun = {
  id: 5,
  name: 'from the lab',
  file: { model, metadata: { loss: 'cross-entropy', epochs: 3 } },
  points: [],
  epochs: [],
};
const put = (value: unknown) =>
  inDatabase(['datasets'], 'readwrite', (transaction) =>
    transaction.objectStore('datasets').put(value, 'own'),
  );
const get = () =>
  inDatabase(['datasets'], 'readonly', (transaction) => transaction.objectStore('datasets').get('own'));

beforeEach(freshDatabase);
afterEach(() => vi.restoreAllMocks());

describe('one transaction', () => {
  test('keeps all that was done in it, or nothing', async () => {
    await put('before');
    const failing = inDatabase(['datasets', 'lab'], 'readwrite', async (transaction) => {
      await transaction.objectStore('datasets').put('after', 'own');
      throw new Error('half of it was enough');
    });
    await expect(failing).rejects.toThrow('half of it was enough');
    expect(await get()).toBe('before');
  });

  test('where there is no room left it says so', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    await expect(put('anything')).rejects.toThrow('there is no room left for it');
  });

  test('where the browser keeps nothing it says so', async () => {
    vi.stubGlobal('indexedDB', undefined);
    await expect(put('anything')).rejects.toThrow('the browser keeps no data');
    vi.unstubAllGlobals();
  });
});

describe('other tabs', () => {
  test('one that holds an older version open is said; what opens once it is gone is closed again', async () => {
    const older = await openRaw(3);
    await expect(put('anything')).rejects.toThrow('another tab holds an older version');
    const close = vi.spyOn(IDBDatabase.prototype, 'close');
    older.close();
    await vi.waitFor(() => expect(close).toHaveBeenCalledTimes(2));
    await put('now');
    expect(await get()).toBe('now');
  });

  test('one that brings a newer version is not held up by what is under way here', async () => {
    let isBlocked = false;
    let newer: Promise<IDBDatabase> | undefined;
    const close = vi.spyOn(IDBDatabase.prototype, 'close');
    await inDatabase(['lab'], 'readonly', async (transaction) => {
      newer = openRaw(9, undefined, () => {
        isBlocked = true;
      });
      while (close.mock.calls.length === 0) await transaction.objectStore('lab').count();
    });
    (await newer!).close();
    expect(isBlocked).toBe(false);
  });

  test('after a newer version has been there, the reader is asked to reload', async () => {
    (await openRaw(9)).close();
    await expect(put('anything')).rejects.toThrow('reload the page');
  });
});

describe('a database of version 3', () => {
  const epochs = [{ epoch: 1, loss: 0.5, accuracy: 0.8, validation: undefined }];
  const points = [{ epoch: 1, loss: 0.5, accuracy: 0.8, images: 100 }];

  /** As that version made it: the run under `current`, its snapshots by epoch. */
  async function openOld(): Promise<void> {
    const old = await openRaw(3, (database) => {
      for (const name of ['datasets', 'runs', 'snapshots', 'lab']) database.createObjectStore(name);
    });
    const transaction = old.transaction(['datasets', 'runs', 'snapshots', 'lab'], 'readwrite');
    transaction
      .objectStore('datasets')
      .put({ name: own.name, values: own.values, labels: own.labels }, 'own');
    transaction.objectStore('lab').put(labRun, labRun.id);
    const run = { setup: formatSetup(setup), epochs, points, last: { model, epochs: 1 } };
    transaction.objectStore('runs').put(run, 'current');
    for (const epoch of [0, 1]) {
      const halves = packSnapshot(epoch, model).values;
      transaction.objectStore('snapshots').put({ epoch, halves }, epoch);
    }
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    old.close();
  }

  test("keeps the reader's run, its snapshots, the lab's table and their own digits", async () => {
    await openOld();
    const kept = (await keptRun())!;
    expect(kept).toMatchObject({ setup, epochs, points, last: { model, epochs: 1 } });
    expect(kept.snapshots).toEqual([packSnapshot(0, model), packSnapshot(1, model)]);
    expect(await keptLabRuns()).toEqual([labRun]);
    expect(await keptOwnDataset()).toEqual(own);
  });

  test('is gone on with as one run: the next epoch joins the snapshots that were there', async () => {
    await openOld();
    const before = (await keptRun())!;
    const claim = createRunClaim(null);
    await claim.hold('ask', () => {});
    const snapshots = [...before.snapshots, packSnapshot(2, model)];
    await createRunStore(claim).keep({ ...before, last: { model, epochs: 2 }, snapshots });
    claim.release();
    expect((await keptRun())!.snapshots.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(
      await inDatabase(['runs'], 'readonly', (transaction) => transaction.objectStore('runs').count()),
    ).toBe(1);
  });

  test('without a run, of an even earlier version, keeps the digits', async () => {
    const old = await openRaw(1, (database) => void database.createObjectStore('datasets'));
    old.close();
    await keepOwnDataset(own);
    expect(await keptRun()).toBeUndefined();
    expect(await keptOwnDataset()).toEqual(own);
  });
});

describe('what would not open', () => {
  test("is not listed in the lab's table", async () => {
    const broken = [
      { ...labRun, id: 1, file: { ...labRun.file, model: { layers: [] } } },
      { ...labRun, id: 2, file: { ...labRun.file, metadata: { loss: 'a loss of tomorrow' } } },
      { ...labRun, id: 3, file: undefined },
      { ...labRun, id: 6, points: [{ epoch: 1, loss: 'low', accuracy: 0.5, images: 100 }] },
      { ...labRun, id: 7, epochs: [null] },
      {
        ...labRun,
        id: 4,
        file: {
          ...labRun.file,
          model: {
            layers: model.layers.map((layer) => ({ ...layer, bias: layer.bias.map(() => Number.NaN) })),
          },
        },
      },
    ];
    await inDatabase(['lab'], 'readwrite', async (transaction) => {
      for (const run of [...broken, labRun]) await transaction.objectStore('lab').put(run, run.id);
    });
    expect(await keptLabRuns()).toEqual([labRun]);
  });

  const record = { epoch: 1, loss: 0.5, accuracy: 0.8, validation: undefined };
  const run = { setup: formatSetup(setup), epochs: [record], points: [], last: { model, epochs: 1 } };
  const keptAs = (damaged: object, shot: object = packSnapshot(1, model)) =>
    inDatabase(['runs', 'snapshots'], 'readwrite', async (transaction) => {
      await transaction.objectStore('runs').put({ ...run, ...damaged }, 'id');
      await transaction.objectStore('snapshots').put(shot, ['id', 1]);
    });

  test.each([
    ['an epoch that is none', { epochs: [null] }],
    ['a loss in words', { epochs: [{ ...record, loss: 'low' }] }],
    ['points that are none', { points: [{ epoch: 1 }] }],
    ['no weights', { last: undefined }],
    ['layers of another kind', { setup: { layers: '784,5,10' } }],
  ])('is no run to go on with: %s', async (_, damaged) => {
    await keptAs(damaged);
    await expect(keptRun()).rejects.toThrow(Unreadable);
  });

  test('is left out of the snapshots of a run', async () => {
    await keptAs({}, { ...packSnapshot(1, model), epoch: 'first' });
    expect((await keptRun())!.snapshots).toEqual([]);
    await keptAs({ epochs: [{ ...record, loss: Number.NaN }] });
    expect((await keptRun())!.snapshots).toEqual([packSnapshot(1, model)]);
  });
});
