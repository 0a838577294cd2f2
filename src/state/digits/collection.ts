import { nextTask } from '../remote/next-task.ts';
import { computed, signal } from '@preact/signals';
import type { Dataset } from '../../lib/data/dataset.ts';
import { PixelCounter, type PixelStatistics, countNearest } from '../../lib/data/statistics.ts';
import { loadDataset } from '../site/datasets.ts';
import { ownDataset } from './own-dataset.ts';
import { formatCount } from '../../explain/numbers.ts';

export type CollectionName = 'sample' | 'whole' | 'own';

/** Digits to look at: those to learn from, and those to be tested on. */
export interface Collection {
  readonly name: CollectionName;
  readonly train: Dataset;
  /** The reader's own file has none. */
  readonly test: Dataset | undefined;
}

/** Of a download under way: bytes. */
export interface Download {
  readonly done: number;
  readonly total: number;
}

/** How the mean images of the training digits fare as a reader of the test digits. */
export interface ReadByMeans {
  readonly count: number;
  /** Nearest to the mean of their own digit. */
  readonly right: number;
}

/** Images counted before the page may do something else: some ten milliseconds' worth. */
const STRETCH = 4000;
/** Images compared with ten means before the page may do something else: likewise. */
const COMPARED = 500;

const loaded = signal<Collection | undefined>(undefined);
const statisticsOfTrain = signal<PixelStatistics | undefined>(undefined);
const readByMeans = signal<ReadByMeans | undefined>(undefined);
const downloading = signal<Download | undefined>(undefined);
const failed = signal<string | undefined>(undefined);
let abort: AbortController | undefined;

/** The collection that all figures of the page look at: the sample, until the reader asks for more. */
export const collection = computed(() => loaded.value);
/** Of its training images; nothing while they are being counted. */
export const statistics = computed(() => statisticsOfTrain.value);
/** Of all its test images; nothing while they are being read, or where there are none. */
export const nearestToOwnMean = computed(() => readByMeans.value);
export const download = computed(() => downloading.value);
export const failure = computed(() => failed.value);

/** Fetches the sample, unless something is there already. */
export async function beginWithSample(): Promise<void> {
  if (!loaded.peek() && !downloading.peek()) await chooseCollection('sample');
}

/**
 * Shows another collection, fetching what it needs. While it is on its way the one before stays; a failure is said in
 * `failure`, and choosing again tries again.
 */
export async function chooseCollection(name: CollectionName): Promise<void> {
  abort?.abort();
  const controller = new AbortController();
  abort = controller;
  failed.value = undefined;
  try {
    const next = name === 'own' ? own() : await fetchCollection(name, controller.signal);
    if (abort === controller) {
      downloading.value = undefined;
      await show(next);
    }
  } catch (error) {
    if (abort !== controller) return;
    if ((error as Error).name !== 'AbortError') failed.value = (error as Error).message;
  } finally {
    if (abort === controller) downloading.value = undefined;
  }
}

/** Gives up what is being fetched. */
export function cancelDownload(): void {
  abort?.abort();
}

function own(): Collection {
  const train = ownDataset.peek();
  if (!train) throw new Error('There is no file of yours yet: open one first.');
  return { name: 'own', train, test: undefined };
}

async function fetchCollection(name: 'sample' | 'whole', signal: AbortSignal): Promise<Collection> {
  const [trainName, testName] =
    name === 'sample' ? (['sample-train', 'sample-test'] as const) : (['train', 'test'] as const);
  const parts = { train: { done: 0, total: 0 }, test: { done: 0, total: 0 } };
  const report = (part: 'train' | 'test') => (done: number, total: number) => {
    parts[part] = { done, total };
    if (signal.aborted) return;
    downloading.value = {
      done: parts.train.done + parts.test.done,
      total: parts.train.total + parts.test.total,
    };
  };
  downloading.value = { done: 0, total: 0 };
  const [train, test] = await Promise.all([
    loadDataset(trainName, { signal, onProgress: report('train') }),
    loadDataset(testName, { signal, onProgress: report('test') }),
  ]);
  return { name, train, test };
}

async function show(next: Collection): Promise<void> {
  [statisticsOfTrain.value, readByMeans.value] = [undefined, undefined];
  loaded.value = next;
  const counter = new PixelCounter();
  for (let from = 0; from < next.train.count; from += STRETCH) {
    counter.add(next.train, from, Math.min(next.train.count, from + STRETCH));
    await nextTask();
    if (loaded.peek() !== next) return;
  }
  const counted = counter.statistics();
  statisticsOfTrain.value = counted;
  if (!next.test) return;
  const { count } = next.test;
  let right = 0;
  for (let from = 0; from < count; from += COMPARED) {
    right += countNearest(next.test, counted, from, Math.min(count, from + COMPARED));
    await nextTask();
    if (loaded.peek() !== next) return;
  }
  readByMeans.value = { count, right };
}

/** What the figures call images: a number alone would name another picture in the sample than in the whole. */
export function nameImages(
  { name }: Pick<Collection, 'name'>,
  split: 'train' | 'test',
  indices: ArrayLike<number>,
): string {
  const numbers = `${indices.length === 1 ? 'image' : 'images'} ${Array.from(indices, formatCount).join('; ')}`;
  if (name === 'own') return `${numbers} of yours`;
  return `${split === 'train' ? 'training' : 'test'} ${numbers}${name === 'sample' ? ' of the sample' : ''}`;
}

/** What the figures call the training images of a collection: goes on from "of". */
export function describeTrain({ name, train }: Pick<Collection, 'name' | 'train'>): string {
  const count = formatCount(train.count);
  if (name === 'own') return `the ${count} digits of ${train.name}`;
  return name === 'sample' ? `a sample of ${count} training digits` : `all ${count} training digits`;
}
