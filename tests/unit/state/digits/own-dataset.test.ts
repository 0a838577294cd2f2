import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CsvDesk } from '../../../../src/lib/data/csv-desk.ts';
import { csvRows } from '../../../../src/lib/data/csv.ts';
import { concatenate } from '../../../../src/lib/data/dataset.ts';
import type { Call } from '../../../../src/workers/calls.ts';
import { penDigits } from '../../training/digits.ts';
import { createDoor } from '../in-process.ts';

const digits = penDigits(30);

type Desk = Record<string, (argument: unknown, onProgress: (progress: unknown) => void) => unknown>;

let door: ReturnType<typeof createDoor> | undefined;
let alive: number;
let death: string | undefined;

/** Serves a CSV desk as the worker's own file does, but in this process. */
class FakeWorker {
  onmessage?: (event: { data: unknown }) => void;
  onerror?: (event: { message: string }) => void;
  readonly #desk = new CsvDesk() as unknown as Desk;
  constructor() {
    alive++;
  }
  async postMessage({ id, method, argument }: Call) {
    const answer = (data: object) => this.onmessage?.({ data: { id, ...data } });
    await Promise.resolve();
    if (death !== undefined) return this.onerror?.({ message: death });
    await door?.pass();
    try {
      answer({ result: await this.#desk[method]!(argument, (progress) => answer({ progress })) });
    } catch (error) {
      answer({ failure: (error as Error).message });
    }
  }
  terminate() {
    alive--;
  }
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('Worker', FakeWorker);
  [door, alive, death] = [undefined, 0, undefined];
});
afterEach(() => vi.unstubAllGlobals());

/** A page that has opened nothing yet. */
const page = () => import('../../../../src/state/digits/own-dataset.ts');

const fileOf = (rows: Iterable<string>, name = 'own.csv') => new File([...rows], name);

test('a file becomes the reader’s own digits, and no worker is left', async () => {
  const { openCsv, ownDataset, csvWork } = await page();
  const opening = openCsv(fileOf(csvRows(digits)));
  expect(csvWork.value).toEqual({ what: 'reading', file: 'own.csv', rows: 0, share: 0 });
  await opening;
  expect(ownDataset.value).toEqual({ ...digits, name: 'own.csv' });
  expect(csvWork.value).toBeUndefined();
  expect(alive).toBe(0);
});

test('a data set is written as it would be read, with word of its progress', async () => {
  const { saveCsv, csvWork } = await page();
  const many = concatenate(Array.from({ length: 40 }, () => digits));
  const shares = new Set<number>();
  csvWork.subscribe((work) => void (work && shares.add(work.share)));
  const files: Blob[] = [];
  await saveCsv(many, 'all.csv', (file) => void files.push(file));
  expect(await files[0]!.text()).toBe([...csvRows(many)].join(''));
  expect([...shares]).toEqual([0, 1000 / 1200]);
  expect(csvWork.value).toBeUndefined();
});

test('a file with bad rows waits for the reader to decide', async () => {
  const { openCsv, ownDataset, csvToDecide, decideCsv } = await page();
  await openCsv(fileOf([...csvRows(digits), 'not,a,digit\n']));
  expect(ownDataset.value).toBeUndefined();
  expect(csvToDecide.value!.badRowCount).toBe(1);
  decideCsv(true);
  expect(ownDataset.value!.count).toBe(30);
});

test('what is wrong with a file is said', async () => {
  const { openCsv, csvFailure, csvWork } = await page();
  await openCsv(fileOf([]));
  expect(csvFailure.value).toContain('own.csv has no row that can be used');
  expect(csvWork.value).toBeUndefined();
  expect(alive).toBe(0);
});

test('a worker that cannot be started is said, with what to do', async () => {
  const { openCsv, csvFailure } = await page();
  death = 'the script was not found';
  await openCsv(fileOf(csvRows(digits)));
  expect(csvFailure.value).toMatch(/^own\.csv: .*the script was not found.*Reload the page/);
});

test('cancelled, nothing of it is kept, and the next file is read all the same', async () => {
  const { openCsv, cancelCsv, ownDataset, csvWork, csvFailure } = await page();
  const slow = createDoor();
  door = slow;
  const opening = openCsv(fileOf(csvRows(digits)));
  await slow.reached;
  cancelCsv();
  slow.open();
  await opening;
  expect([ownDataset.value, csvWork.value, csvFailure.value]).toEqual([undefined, undefined, undefined]);
  door = undefined;
  await openCsv(fileOf(csvRows(digits), 'second.csv'));
  expect(ownDataset.value!.name).toBe('second.csv');
  expect(alive).toBe(0);
});
