import { readFileSync } from 'node:fs';
import { type Dataset, subset } from '../../src/lib/data/dataset.ts';
import { readManifest, readShard } from '../../src/lib/data/shards.ts';
import { openNetwork } from '../../src/lib/models/open-network.ts';
import { Network } from '../../src/lib/nn/network.ts';
import { type Trace, trace } from '../../src/lib/nn/trace.ts';

/** What the site serves beside its pages. */
export const PUBLIC = new URL('../../public/', import.meta.url);

/** The test images of the sample, from the file that the pages fetch. */
export async function sampleDigits(): Promise<Dataset> {
  const { datasets } = readManifest(JSON.parse(readFileSync(new URL('data/manifest.json', PUBLIC), 'utf8')));
  const entry = datasets['sample-test']![0]!;
  return readShard(entry, readFileSync(new URL(`data/${entry.file}`, PUBLIC)));
}

/** One of the networks that the site ships, by the kernels of the pages' figures. */
export function shippedNetwork(name: string): Network {
  return Network.fromModel(openNetwork(readFileSync(new URL(`models/${name}.safetensors`, PUBLIC))).model);
}

/** What a figure ought to show of a digit of the sample in a shipped network. */
export async function traceOf(name: string, digit: number, learningRate?: number): Promise<Trace> {
  return trace(shippedNetwork(name), subset(await sampleDigits(), [digit]), 0, learningRate);
}
