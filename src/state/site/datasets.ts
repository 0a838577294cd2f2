import { DataError, type Dataset, concatenate } from '../../lib/data/dataset.ts';
import { type ShardEntry, readManifest, readShard } from '../../lib/data/shards.ts';
import { inSharedMemory } from '../remote/hand-dataset.ts';
import type { Loading } from '../remote/session.ts';
import { type SharedWork, type Waiting, shareWork } from '../remote/shared-work.ts';
import { address } from './address.ts';

export type DatasetName = 'sample-train' | 'sample-test' | 'train' | 'test';

const FOLDER = address('data/');

const downloads = new Map<DatasetName, SharedWork<Dataset>>();

/**
 * One of the site's data sets, fetched at the first call and kept for the page's other figures, in memory that workers
 * share where the page may do that. The service worker, or else the browser's own cache, holds the shards from one page to
 * the next: their names change with their content.
 *
 * @param options.onProgress hears of the bytes that are downloaded; every caller's does, whoever was first
 * @param options.signal gives it up for this caller; the download ends when all have given it up
 * @throws DataError naming the file that could not be fetched or is damaged; a later call tries again
 * @throws DOMException `AbortError` when cancelled
 */
export function loadDataset(name: DatasetName, options: Waiting = {}): Promise<Dataset> {
  const known = downloads.get(name);
  if (known && !known.isGivenUp()) return known.join(options);
  const begun: SharedWork<Dataset> = shareWork((download) =>
    fetchDataset(name, download).catch((error) => {
      if (downloads.get(name) === begun) downloads.delete(name);
      throw error;
    }),
  );
  downloads.set(name, begun);
  return begun.join(options);
}

/** The same, its progress a share from 0 to 1: as sessions load. */
export function datasetFor(name: DatasetName): (loading: Partial<Loading>) => Promise<Dataset> {
  return ({ signal, onProgress }) =>
    loadDataset(name, {
      ...(signal && { signal }),
      onProgress: (done, total) => onProgress?.(done / total),
    });
}

async function fetchDataset(name: DatasetName, { signal, onProgress }: Required<Waiting>): Promise<Dataset> {
  const response = await request('manifest.json', signal);
  const manifest = readManifest(await response.json().catch(() => null));
  const shards = manifest.datasets[name];
  if (!shards?.length) throw new DataError(`the site's data has no set named ${name}`);
  const total = shards.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const parts: Dataset[] = [];
  for (const entry of shards) {
    const bytes = await download(entry, signal, (count) => {
      done += count;
      onProgress(done, total);
    });
    parts.push(await readShard(entry, bytes));
  }
  return inSharedMemory(concatenate(parts, name));
}

async function download(
  { file, bytes: size }: ShardEntry,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  const { body } = await request(file, signal);
  if (!body) throw new DataError(`${file} came without content`);
  const bytes = new Uint8Array(size);
  let length = 0;
  const reader = body.getReader();
  const read = () => reader.read().catch((error) => unreachable(file, error));
  for (let piece = await read(); !piece.done; piece = await read()) {
    if (length + piece.value.length > size) throw new DataError(`${file} is longer than the manifest says`);
    bytes.set(piece.value, length);
    length += piece.value.length;
    onBytes(piece.value.length);
  }
  return bytes.subarray(0, length);
}

async function request(file: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(FOLDER + file, { signal }).catch((error) => unreachable(file, error));
  if (!response.ok)
    throw new DataError(`${file} could not be fetched: the server answered ${response.status}`);
  return response;
}

/** Says why nothing came of a file, or nothing more: the connection, unless it was cancelled. */
function unreachable(file: string, error: Error): never {
  if (error.name === 'AbortError') throw error;
  throw new DataError(
    navigator.onLine === false
      ? 'there is no connection, and these digits are not on this device yet. Try again with a connection: they will stay here.'
      : `${file} could not be fetched: is the connection there? Try again.`,
  );
}
