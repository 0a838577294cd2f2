import { type Dataset, range } from '../lib/data/dataset.ts';

/** Images that are copied to a worker at a time: some milliseconds' worth, so that the page stays smooth. */
const PART = 6000;

/** Hands a data set to a worker, part by part. */
export async function handDataset(
  worker: { readonly give: (part: Dataset) => Promise<void> },
  dataset: Dataset,
): Promise<void> {
  for (let from = 0; from < dataset.count; from += PART) await worker.give(range(dataset, from, from + PART));
}
