import { DataError, type Dataset, concatenate } from '../lib/data/dataset.ts';
import { type ShardEntry, readManifest, readShard } from '../lib/data/shards.ts';
import { address } from './address.ts';

export type DatasetName = 'sample-train' | 'sample-test' | 'train' | 'test';

export interface LoadOptions {
  readonly signal?: AbortSignal;
  /** Bytes of what is downloaded, from 0 to the whole. */
  readonly onProgress?: (done: number, total: number) => void;
}

const FOLDER = address('data/');

const loaded = new Map<DatasetName, Promise<Dataset>>();

/**
 * One of the site's data sets, fetched at the first call and kept for the page's other figures. The browser's own cache
 * holds the shards from one page to the next: their names change with their content.
 *
 * @throws DataError naming the file that could not be fetched or is damaged; a later call tries again
 * @throws DOMException `AbortError` when cancelled
 */
export function loadDataset(name: DatasetName, options: LoadOptions = {}): Promise<Dataset> {
  const known = loaded.get(name);
  if (known) return known;
  const loading = fetchDataset(name, options);
  loaded.set(name, loading);
  loading.catch(() => loaded.delete(name));
  return loading;
}

async function fetchDataset(name: DatasetName, { signal, onProgress }: LoadOptions): Promise<Dataset> {
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
      onProgress?.(done, total);
    });
    parts.push(await readShard(entry, bytes));
  }
  return concatenate(parts, name);
}

async function download(
  { file, bytes: size }: ShardEntry,
  signal: AbortSignal | undefined,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  const { body } = await request(file, signal);
  if (!body) throw new DataError(`${file} came without content`);
  const bytes = new Uint8Array(size);
  let length = 0;
  const reader = body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    if (length + piece.value.length > size) throw new DataError(`${file} is longer than the manifest says`);
    bytes.set(piece.value, length);
    length += piece.value.length;
    onBytes(piece.value.length);
  }
  return bytes.subarray(0, length);
}

async function request(file: string, signal: AbortSignal | undefined): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(FOLDER + file, { signal: signal ?? null });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new DataError(`${file} could not be fetched: is the connection there? Try again.`);
  }
  if (!response.ok)
    throw new DataError(`${file} could not be fetched: the server answered ${response.status}`);
  return response;
}
