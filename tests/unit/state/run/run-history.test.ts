import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NetworkModel } from '../../../../src/lib/nn/model.ts';
import { Network } from '../../../../src/lib/nn/network.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { architectureOf, parseSetup } from '../../../../src/lib/training/setup.ts';
import { createRunHistory } from '../../../../src/state/run/run-history.ts';
import { inDatabase } from '../../../../src/state/store/database.ts';
import { createRunClaim } from '../../../../src/state/store/run-claim.ts';
import { type RunStore, createRunStore, keptRun } from '../../../../src/state/store/run-store.ts';
import { freshDatabase } from '../store/fresh-database.ts';

const setup = parseSetup({ layers: '784,4,10', epochs: '300' });
const modelOf = (seed: number) => Network.initialize(architectureOf(setup), 'he', new Random(seed)).toModel();
const always = () => true;

const opened: (() => void)[] = [];
beforeEach(freshDatabase);
afterEach(() => {
  vi.restoreAllMocks();
  for (const close of opened.splice(0)) close();
});

/** A page with a run, as far as it touches the store. */
function openPage(
  locks: LockManager | null = null,
  change: (store: RunStore) => Partial<RunStore> = () => ({}),
) {
  const claim = createRunClaim(locks);
  const store = createRunStore(claim);
  opened.push(claim.release);
  const history = createRunHistory({ ...store, ...change(store) });
  /** Until all that the page had asked of the store is done. */
  const settled = () => history.restore(() => false);
  return {
    history,
    close: claim.release,
    settled,
    begin: (seed: number) => {
      history.begin({ ...setup, seed });
      history.open(modelOf(seed));
    },
    endEpoch(epoch: number, ended: NetworkModel = modelOf(epoch), loss = 1 / epoch): void {
      const record = { epoch, loss, accuracy: 0.5, validation: undefined };
      const counts = { batch: 0, batchesPerEpoch: 6, images: 0, imagesInAll: 0, learningRate: 0.1 };
      history.take({ epoch, ...counts, loss, accuracy: 0.5, ended: record, finished: undefined }, ended);
    },
  };
}

const epochsOf = (kept: { readonly snapshots: readonly { readonly epoch: number }[] } | undefined) =>
  kept?.snapshots.map(({ epoch }) => epoch);

const countOf = (name: 'runs' | 'snapshots') =>
  inDatabase([name], 'readonly', (transaction) => transaction.objectStore(name).count());

describe('a kept run', () => {
  test('is there again for a later page, with its first weights', async () => {
    const page = openPage();
    page.begin(7);
    page.endEpoch(1);
    page.endEpoch(2);
    await page.settled();
    page.close();
    const later = openPage();
    expect(await later.history.restore(always)).toBe(true);
    expect(later.history.snapshots.value).toEqual(page.history.snapshots.value);
    expect(epochsOf({ snapshots: later.history.snapshots.value })).toEqual([0, 1, 2]);
    expect(later.history.epochs.value).toEqual(page.history.epochs.value);
    expect(later.history.setup.value.seed).toBe(7);
    expect(later.history.elsewhere.value).toBeUndefined();
  });

  test('that was reset stays reset, even in the middle of being kept', async () => {
    let release: () => void = () => {};
    const isWriting = Promise.withResolvers<void>();
    const page = openPage(null, ({ keep }) => ({
      keep: async (run) => {
        isWriting.resolve();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        await keep(run);
      },
    }));
    page.begin(7);
    page.endEpoch(1);
    page.endEpoch(2);
    await isWriting.promise;
    page.begin(8);
    release();
    await page.settled();
    expect(await keptRun()).toBeUndefined();
    expect(await countOf('snapshots')).toBe(0);
  });

  test('takes the place of the one before: none of its snapshots is left among the new ones', async () => {
    const page = openPage(null, () => ({ forget: async () => {} }));
    page.begin(7);
    for (const epoch of [1, 2, 3]) page.endEpoch(epoch);
    await page.settled();
    page.begin(8);
    page.endEpoch(1, modelOf(80));
    await page.settled();
    const kept = (await keptRun())!;
    expect(kept.setup.seed).toBe(8);
    expect(kept.snapshots).toEqual(page.history.snapshots.value);
    expect([await countOf('runs'), await countOf('snapshots')]).toEqual([1, 2]);
  });

  test('forgets the snapshots that were thinned out, as the page does', async () => {
    const page = openPage();
    page.begin(7);
    const model = modelOf(1);
    for (let epoch = 1; epoch <= 101; epoch++) page.endEpoch(epoch, model);
    await page.settled();
    expect(page.history.snapshots.value).toHaveLength(52);
    expect(epochsOf(await keptRun())).toEqual(epochsOf({ snapshots: page.history.snapshots.value }));
  });

  test('whose last epoch is trained again keeps the later of the two', async () => {
    const page = openPage();
    page.begin(7);
    page.endEpoch(1);
    page.endEpoch(2);
    page.endEpoch(2, modelOf(20));
    await page.settled();
    expect((await keptRun())!.snapshots).toEqual(page.history.snapshots.value);
  });

  test('does not take the place of one that was begun while it was read', async () => {
    const before = openPage();
    before.begin(7);
    before.endEpoch(1);
    await before.settled();
    before.close();
    const page = openPage();
    let isWanted = true;
    const restoring = page.history.restore(() => isWanted);
    page.begin(8);
    isWanted = false;
    expect(await restoring).toBe(false);
    page.endEpoch(1);
    await page.settled();
    expect(page.history.setup.value.seed).toBe(8);
    expect((await keptRun())!.setup.seed).toBe(8);
  });

  test('for which there is no room is said, and what was kept before stays whole', async () => {
    const page = openPage();
    page.begin(7);
    page.endEpoch(1);
    await page.settled();
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (this.name === 'snapshots') throw new DOMException('', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    page.endEpoch(2);
    await page.settled();
    expect(page.history.problem.value).toContain('not kept in this browser: there is no room left for it');
    expect(page.history.snapshots.value).toHaveLength(3);
    const kept = (await keptRun())!;
    expect([kept.last.epochs, epochsOf(kept)]).toEqual([1, [0, 1]]);
    vi.restoreAllMocks();
    page.endEpoch(3);
    await page.settled();
    expect(epochsOf(await keptRun())).toEqual([0, 1, 2, 3]);
    expect(page.history.problem.value).toBeUndefined();
  });

  test('that could not be forgotten is said', async () => {
    const page = openPage(null, () => ({
      forget: async () => {
        throw new Error('the disk is gone');
      },
    }));
    page.begin(7);
    await page.settled();
    expect(page.history.problem.value).toContain('could not be forgotten in this browser: the disk is gone');
  });

  test('whose network would not open is refused, and says so; a snapshot that would not open is left out', async () => {
    const page = openPage();
    page.begin(7);
    page.endEpoch(1);
    page.endEpoch(2);
    await page.settled();
    const change = (name: 'runs' | 'snapshots', to: (value: never) => unknown, at: number) =>
      inDatabase([name], 'readwrite', async (transaction) => {
        const store = transaction.objectStore(name);
        const key = (await store.getAllKeys())[at]!;
        await store.put(to((await store.get(key)) as never), key as never);
      });
    await change(
      'snapshots',
      (shot: { values: Uint16Array }) => ({ ...shot, values: shot.values.fill(0x7c00) }),
      1,
    );
    expect(epochsOf(await keptRun())).toEqual([0, 2]);
    await change('runs', (run: object) => ({ ...run, last: { model: { layers: [] }, epochs: 2 } }), 0);
    await page.settled();
    expect(page.history.problem.value).toContain('could not be read: the model has no layers');
  });

  test('ends with its last whole network: one that is lost is neither shown nor kept', async () => {
    const page = openPage();
    page.begin(7);
    page.endEpoch(1);
    const { layers } = modelOf(2);
    const lost = { layers: layers.map((layer) => ({ ...layer, bias: layer.bias.map(() => Number.NaN) })) };
    page.endEpoch(2, lost);
    page.endEpoch(3, modelOf(3), Number.NaN);
    await page.settled();
    expect(page.history.epochs.value).toHaveLength(3);
    expect(page.history.model.value).toEqual(modelOf(1));
    expect(epochsOf({ snapshots: page.history.snapshots.value })).toEqual([0, 1]);
    expect(epochsOf(await keptRun())).toEqual([0, 1]);
  });
});

describe.each([
  ["with the browser's locks", navigator.locks],
  ['with a lease in the store', null],
])('two tabs, %s', (_, locks) => {
  async function openTwo() {
    const first = openPage(locks);
    first.begin(7);
    first.endEpoch(1);
    await first.settled();
    const second = openPage(locks);
    await second.history.restore(always);
    return { first, second };
  }

  test('the later one shows the run and says that it is open elsewhere; the earlier goes on', async () => {
    const { first, second } = await openTwo();
    expect(second.history.elsewhere.value).toContain('open in another tab');
    expect(epochsOf({ snapshots: second.history.snapshots.value })).toEqual([0, 1]);
    expect(first.history.elsewhere.value).toBeUndefined();
  });

  test('what the later one trains or resets does not touch the run of the earlier', async () => {
    const { first, second } = await openTwo();
    second.endEpoch(2, modelOf(20));
    second.begin(9);
    second.endEpoch(1, modelOf(90));
    await second.settled();
    expect(second.history.elsewhere.value).toContain('open in another tab');
    first.endEpoch(2);
    await first.settled();
    const kept = (await keptRun())!;
    expect(kept.setup.seed).toBe(7);
    expect(kept.snapshots).toEqual(first.history.snapshots.value);
  });

  test('the later one takes the run over as far as it has come; the earlier says so and writes no more', async () => {
    const { first, second } = await openTwo();
    first.endEpoch(2);
    await first.settled();
    expect(await second.history.takeOver(always)).toBe(true);
    expect(second.history.elsewhere.value).toBeUndefined();
    expect(second.history.epoch.value).toBe(2);
    first.endEpoch(3, modelOf(30));
    await first.settled();
    expect(first.history.elsewhere.value).toContain('taken your run over');
    second.endEpoch(3);
    await second.settled();
    first.begin(9);
    await first.settled();
    expect((await keptRun())!.snapshots).toEqual(second.history.snapshots.value);
    expect(second.history.elsewhere.value).toBeUndefined();
  });

  test('it can be taken back', async () => {
    const { first, second } = await openTwo();
    await second.history.takeOver(always);
    second.endEpoch(2);
    await second.settled();
    first.endEpoch(2, modelOf(20));
    await first.settled();
    await first.history.takeOver(always);
    expect(first.history.elsewhere.value).toBeUndefined();
    expect(first.history.snapshots.value).toEqual(second.history.snapshots.value);
    first.endEpoch(3);
    await first.settled();
    second.endEpoch(3, modelOf(30));
    await second.settled();
    expect(second.history.elsewhere.value).toContain('taken your run over');
    expect((await keptRun())!.snapshots).toEqual(first.history.snapshots.value);
  });

  test('a tab that is gone holds nothing up, and neither does one in which nothing is kept', async () => {
    const idle = openPage(locks);
    expect(await idle.history.restore(always)).toBe(false);
    const { first } = await openTwo();
    expect(first.history.elsewhere.value).toBeUndefined();
    first.close();
    const later = openPage(locks);
    await later.history.restore(always);
    expect(later.history.elsewhere.value).toBeUndefined();
  });
});

test('where the browser has locks, the earlier tab knows at once that its run was taken over', async () => {
  const [first, second] = [openPage(navigator.locks), openPage(navigator.locks)];
  first.begin(7);
  await first.settled();
  first.endEpoch(1);
  await first.settled();
  await second.history.restore(always);
  await second.history.takeOver(always);
  await vi.waitFor(() => expect(first.history.elsewhere.value).toContain('taken your run over'));
});

test('locks that the browser refuses are a reason not to keep, and not another tab', async () => {
  const refused = new DOMException('no locks for this page', 'SecurityError');
  const page = openPage({ request: () => Promise.reject(refused) } as unknown as LockManager);
  page.begin(7);
  page.endEpoch(1);
  await page.settled();
  expect(page.history.elsewhere.value).toBeUndefined();
  expect(page.history.problem.value).toContain('no locks for this page');
});

describe('a lease', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());

  test('is renewed while its page is there, and lapses when it is gone without a word', async () => {
    const began = Date.now();
    const gone = createRunClaim(null);
    expect(await gone.hold('ask', () => {})).toBe(true);
    vi.advanceTimersByTime(20_000);
    const other = createRunClaim(null);
    opened.push(other.release);
    expect(await other.hold('ask', () => {})).toBe(false);
    vi.clearAllTimers();
    vi.setSystemTime(began + 36_000);
    expect(await other.hold('ask', () => {})).toBe(true);
  });

  test('that was taken is noticed when it would be renewed', async () => {
    const lost = vi.fn();
    const first = createRunClaim(null);
    opened.push(first.release);
    await first.hold('ask', lost);
    const second = createRunClaim(null);
    opened.push(second.release);
    await second.hold('take', () => {});
    vi.advanceTimersByTime(5_000);
    await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1));
  });
});
