import { type Dataset, range } from '../../lib/data/dataset.ts';

/** Images that are copied to a worker at a time: some milliseconds' worth, so that the page stays smooth. */
const PART = 6000;

/** Hands a data set to a worker: at once where its memory is shared, else as a copy, part by part. */
export async function handDataset(
  worker: { readonly give: (part: Dataset) => Promise<void> },
  dataset: Dataset,
): Promise<void> {
  if (isShared(dataset)) return worker.give(dataset);
  for (let from = 0; from < dataset.count; from += PART) await worker.give(range(dataset, from, from + PART));
}

/** The same images in memory that the page can share with its workers; as they are where the page is not isolated. */
export function inSharedMemory(dataset: Dataset): Dataset {
  if (!globalThis.crossOriginIsolated) return dataset;
  const shared = (bytes: Uint8Array) => {
    const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
    copy.set(bytes);
    return copy;
  };
  return { ...dataset, values: shared(dataset.values), labels: shared(dataset.labels) };
}

/** Whether workers see the very bytes of the page. */
export function isShared({ values }: Dataset): boolean {
  return globalThis.crossOriginIsolated && values.buffer instanceof SharedArrayBuffer;
}
