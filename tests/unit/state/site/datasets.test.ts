import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ensureData } from '../../../../scripts/data.ts';
import { countLabels } from '../../../../src/lib/data/dataset.ts';
import { lostAfter } from './lost-connection.ts';

const FOLDER = new URL('../../../../public', import.meta.url);

/** What the server would send, changed as a test wants it. */
let answer: (path: string, bytes: Buffer) => Response;
let requests: string[];

beforeAll(() => ensureData());

beforeEach(() => {
  vi.resetModules();
  requests = [];
  answer = (_path, bytes) => new Response(new Uint8Array(bytes));
  vi.stubGlobal('fetch', async (path: string, { signal }: { signal?: AbortSignal }) => {
    signal?.throwIfAborted();
    requests.push(path);
    return answer(path, readFileSync(FOLDER.pathname + path));
  });
});

afterEach(() => vi.unstubAllGlobals());

/** A page that has loaded nothing yet. */
const loader = async () => (await import('../../../../src/state/site/datasets.ts')).loadDataset;

describe('loadDataset', () => {
  test('fetches a set shard by shard, with progress to the whole', async () => {
    const progress: [number, number][] = [];
    const loadDataset = await loader();
    const digits = await loadDataset('train', { onProgress: (done, total) => progress.push([done, total]) });
    expect(digits.count).toBe(60_000);
    expect(countLabels(digits)[5]).toBe(5421);
    expect(requests).toHaveLength(7);
    expect(progress.at(-1)![0]).toBe(progress.at(-1)![1]);
    expect(progress.map(([done]) => done)).toEqual(progress.map(([done]) => done).toSorted((a, b) => a - b));
  });

  test('fetches a set once for all who ask, and the sample is small', async () => {
    const loadDataset = await loader();
    const [first, second] = await Promise.all([loadDataset('sample-test'), loadDataset('sample-test')]);
    expect(second).toBe(first);
    expect(requests).toHaveLength(2);
    expect(countLabels(first).every((count) => count > 10)).toBe(true);
  });

  const faults: Record<string, [typeof answer, RegExp]> = {
    'a server that has it not': [
      () => new Response('no', { status: 404 }),
      /manifest.json could not be fetched: the server answered 404/,
    ],
    'a page in place of the manifest': [
      () => new Response('<!doctype html>'),
      /manifest of the data is not one/,
    ],
    'a shard that is cut off': [
      (path, bytes) => new Response(new Uint8Array(path.endsWith('.bin') ? bytes.subarray(0, 1000) : bytes)),
      /sample-test-0.* has 1000 bytes where/,
    ],
    'a damaged shard': [
      (path, bytes) =>
        new Response(
          new Uint8Array(bytes).map((byte, n) => (path.endsWith('.bin') && n === 500 ? byte ^ 1 : byte)),
        ),
      /sample-test-0.* arrived damaged/,
    ],
    'a shard that is too long': [
      (path, bytes) => new Response(new Uint8Array(path.endsWith('.bin') ? [...bytes, 1] : bytes)),
      /longer than the manifest says/,
    ],
    'a connection that is lost half-way': [
      (path, bytes) =>
        new Response(path.endsWith('.bin') ? lostAfter(bytes.subarray(0, 1000)) : new Uint8Array(bytes)),
      /sample-test-0.* could not be fetched: is the connection there/,
    ],
    'no connection': [
      () => {
        throw new TypeError('network');
      },
      /manifest.json could not be fetched: is the connection there/,
    ],
  };
  for (const [name, [fault, message]] of Object.entries(faults)) {
    test(`${name} is named, and asking again tries again`, async () => {
      const loadDataset = await loader();
      answer = fault;
      await expect(loadDataset('sample-test')).rejects.toThrow(message);
      answer = (_path, bytes) => new Response(new Uint8Array(bytes));
      expect((await loadDataset('sample-test')).count).toBe(200);
    });
  }

  test('a browser that knows of no connection says what is missing on this device', async () => {
    const loadDataset = await loader();
    vi.stubGlobal('navigator', { onLine: false });
    answer = () => {
      throw new TypeError('network');
    };
    await expect(loadDataset('train')).rejects.toThrow(
      /no connection, and these digits are not on this device/,
    );
  });

  test('tells everybody who waits how far it is, whoever was first', async () => {
    const loadDataset = await loader();
    const heard = { first: [] as number[], second: [] as number[] };
    await Promise.all([
      loadDataset('sample-test', { onProgress: (done) => heard.first.push(done) }),
      loadDataset('sample-test', { onProgress: (done) => heard.second.push(done) }),
    ]);
    expect(heard.first.length).toBeGreaterThan(0);
    expect(heard.second).toEqual(heard.first);
  });

  test('goes on for the others when one gives up, be it the first', async () => {
    const loadDataset = await loader();
    const controller = new AbortController();
    const first = loadDataset('sample-test', { signal: controller.signal });
    const second = loadDataset('sample-test');
    controller.abort();
    await expect(first).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect((await second).count).toBe(200);
    expect(requests).toHaveLength(2);
    expect(await loadDataset('sample-test')).toBe(await second);
  });

  test('asked for again in the moment in which it is given up, it begins anew', async () => {
    const loadDataset = await loader();
    const controller = new AbortController();
    const first = loadDataset('sample-test', { signal: controller.signal });
    controller.abort();
    const second = loadDataset('sample-test');
    await expect(first).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect((await second).count).toBe(200);
    expect(await loadDataset('sample-test')).toBe(await second);
  });

  test('is in memory that workers share, where the page is isolated', async () => {
    vi.stubGlobal('crossOriginIsolated', true);
    const loadDataset = await loader();
    const { values, labels } = await loadDataset('sample-test');
    expect(values.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(labels.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  test('is cancelled by its signal', async () => {
    const loadDataset = await loader();
    const controller = new AbortController();
    const loading = loadDataset('train', { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(loading).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect((await loadDataset('train')).count).toBe(60_000);
  });
});
