import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkFile } from '../lib/models/network-file.ts';
import { openNetwork } from '../lib/models/open-network.ts';
import { Network } from '../lib/nn/network.ts';

type ShippedName = 'shipped' | 'original';

/** One of the networks that the site ships, for first frames. */
export function shippedNetwork(name: ShippedName): Network {
  const { model, metadata } = shippedFile(name);
  return Network.fromModel(model, { loss: metadata.loss });
}

/** What was measured of it when it was trained, as its file says. */
export function shippedMetrics(name: ShippedName): Readonly<Record<string, number>> {
  return shippedFile(name).metadata.metrics ?? {};
}

function shippedFile(name: ShippedName): NetworkFile {
  return openNetwork(readFileSync(join(process.cwd(), `public/models/${name}.safetensors`)));
}
