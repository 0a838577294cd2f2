import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openNetwork } from '../lib/models/open-network.ts';
import { Network } from '../lib/nn/network.ts';

/** One of the networks that the site ships, for first frames. */
export function shippedNetwork(name: 'shipped' | 'original'): Network {
  const bytes = readFileSync(join(process.cwd(), `public/models/${name}.safetensors`));
  const { model, metadata } = openNetwork(bytes);
  return Network.fromModel(model, { loss: metadata.loss });
}
