import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Network } from '../../../../src/lib/nn/network.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { architectureOf, formatSetup, parseSetup } from '../../../../src/lib/training/setup.ts';
import { packSnapshot } from '../../../../src/lib/training/snapshot.ts';
import { findOwnNetworks, loadNetwork, networkChoices } from '../../../../src/state/site/networks.ts';
import { inDatabase } from '../../../../src/state/store/database.ts';
import { freshDatabase } from '../store/fresh-database.ts';
import { lostAfter } from './lost-connection.ts';

const setup = parseSetup({ layers: '784,4,10', epochs: '3' });
const model = Network.initialize(architectureOf(setup), 'he', new Random(3)).toModel();

async function keep(last: unknown): Promise<void> {
  await inDatabase(['runs', 'snapshots', 'lab'], 'readwrite', async (transaction) => {
    const run = { setup: formatSetup(setup), epochs: [], points: [], last };
    await transaction.objectStore('runs').put(run, 'mine');
    const shots = [0, 1, 2, 3].map((epoch) => packSnapshot(epoch, model));
    shots[1].values[5] = 0x7c00;
    shots[2] = { ...shots[2], values: shots[2].values.slice(1) };
    for (const shot of shots) await transaction.objectStore('snapshots').put(shot, ['mine', shot.epoch]);
    const file = { model, metadata: { loss: 'cross-entropy' } };
    const runs = [
      { id: 4, name: 'whole', file, points: [], epochs: [] },
      {
        id: 5,
        name: 'broken',
        file: { ...file, model: { layers: model.layers.slice(1, 1) } },
        points: [],
        epochs: [],
      },
    ];
    for (const each of runs) await transaction.objectStore('lab').put(each, each.id);
  });
}

beforeEach(freshDatabase);

describe('the networks to choose from', () => {
  const own = () => networkChoices.value.map(({ name }) => name).filter((name) => /[-s]\d|yours/.test(name));

  test('are those that open, and each of them does', async () => {
    await keep({ model, epochs: 3 });
    await findOwnNetworks();
    expect(own()).toEqual(['yours', 'yours-0', 'lab-4']);
    for (const name of own()) expect((await loadNetwork(name)).network.layers).toHaveLength(2);
  });

  test('are the site’s where nothing is kept, also after something was looked for, and the reader’s once there are some', async () => {
    await findOwnNetworks();
    await findOwnNetworks();
    expect(networkChoices.value.map(({ name }) => name)).toEqual(['shipped', 'original']);
    const file = { model, metadata: { loss: 'cross-entropy' } };
    await inDatabase(['lab'], 'readwrite', (transaction) =>
      transaction.objectStore('lab').put({ id: 7, name: 'one', file, points: [], epochs: [] }, 7),
    );
    await findOwnNetworks();
    expect(own()).toEqual(['lab-7']);
  });

  test('where the run is damaged, none of it is listed, and to open it says why', async () => {
    await keep({ model: { layers: model.layers.slice(1) }, epochs: 3 });
    await findOwnNetworks();
    expect(own()).toEqual(['lab-4']);
    await expect(loadNetwork('yours')).rejects.toThrow('a network 4-10, and this one is 784-4-10');
    await expect(loadNetwork('lab-5')).rejects.toThrow('not kept in this browser');
  });
});

describe('a network of the site', () => {
  const file = new Uint8Array(
    readFileSync(new URL('../../../../public/models/original.safetensors', import.meta.url)),
  );
  afterEach(() => vi.unstubAllGlobals());

  const faults: Record<string, [() => Response, RegExp]> = {
    'that the server has not': [
      () => new Response('no', { status: 404 }),
      /could not be fetched: the server answered 404\./,
    ],
    'that is blocked, or without a connection': [
      () => {
        throw new TypeError('Failed to fetch');
      },
      /could not be fetched: is the connection there\?/,
    ],
    'whose connection is lost half-way': [
      () => new Response(lostAfter(file.subarray(0, 1000))),
      /could not be fetched: is the connection there\?/,
    ],
    'that is cut short': [
      () => new Response(file.subarray(0, 50_000)),
      /arrived damaged: the file is cut off.*\d\./,
    ],
    'of which one byte is wrong': [
      () => new Response(file.map((byte, n) => (n === 40_000 ? byte ^ 1 : byte))),
      /arrived damaged: the checksum of its numbers is wrong: at least one byte is\./,
    ],
  };
  for (const [name, [fault, says]] of Object.entries(faults)) {
    test(`${name} is named, with what can be done; asking again tries again`, async () => {
      // A page that has fetched none yet.
      vi.resetModules();
      const fresh = await import('../../../../src/state/site/networks.ts');
      vi.stubGlobal('fetch', async () => fault());
      const told = new RegExp(`^original\\.safetensors ${says.source} Try again\\.$`);
      await expect(fresh.loadNetwork('original')).rejects.toThrow(told);
      vi.stubGlobal('fetch', async () => new Response(file));
      expect((await fresh.loadNetwork('original')).network.layers).toHaveLength(3);
    });
  }
});
