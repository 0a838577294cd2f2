import { computed, signal } from '@preact/signals';
import type { Dataset } from '../lib/data/dataset.ts';
import { PixelCounter, type PixelStatistics } from '../lib/data/statistics.ts';
import { loadDataset } from './datasets.ts';
import { ownDataset } from './own-dataset.ts';

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

/** Images counted before the page may do something else: some ten milliseconds' worth. */
const STRETCH = 4000;

const loaded = signal<Collection | undefined>(undefined);
const statisticsOfTrain = signal<PixelStatistics | undefined>(undefined);
const downloading = signal<Download | undefined>(undefined);
const failed = signal<string | undefined>(undefined);
let abort: AbortController | undefined;

/** The collection that all figures of the page look at: the sample, until the reader asks for more. */
export const collection = computed(() => loaded.value);
/** Of its training images; nothing while they are being counted. */
export const statistics = computed(() => statisticsOfTrain.value);
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
    // Asked for again while it was being given up: the earlier fetch has ended, and not by this reader's wish.
    else if (!controller.signal.aborted) return await chooseCollection(name);
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
  statisticsOfTrain.value = undefined;
  loaded.value = next;
  const counter = new PixelCounter();
  for (let from = 0; from < next.train.count; from += STRETCH) {
    counter.add(next.train, from, Math.min(next.train.count, from + STRETCH));
    await new Promise((resolve) => setTimeout(resolve));
    if (loaded.peek() !== next) return;
  }
  statisticsOfTrain.value = counter.statistics();
}

/** What the figures call the training images of a collection: goes on from "of". */
export function describeTrain({ name, train }: Pick<Collection, 'name' | 'train'>): string {
  const count = train.count.toLocaleString('en');
  if (name === 'own') return `the ${count} digits of ${train.name}`;
  return name === 'sample' ? `a sample of ${count} training digits` : `all ${count} training digits`;
}
