import type { NetworkMetadata } from '../lib/models/network-file.ts';
import { openNetwork } from '../lib/models/open-network.ts';
import { Network } from '../lib/nn/network.ts';
import { address } from './address.ts';

export type ShippedName = 'shipped' | 'original';

/** The networks that come with the site, in the order of the choice. */
export const shippedNetworks: readonly { readonly name: ShippedName; readonly label: string }[] = [
  { name: 'shipped', label: 'The shipped network: the best we trained' },
  { name: 'original', label: 'The original recipe: the network of these chapters' },
];

export interface OpenedNetwork {
  readonly network: Network;
  readonly metadata: NetworkMetadata;
}

const FOLDER = address('models/');

const opened = new Map<ShippedName, Promise<OpenedNetwork>>();

/**
 * One of the shipped networks, fetched once.
 *
 * @throws Error that says why it could not be had; a later call tries again
 */
export function loadNetwork(name: ShippedName): Promise<OpenedNetwork> {
  const known = opened.get(name);
  if (known) return known;
  const opening = fetchNetwork(`${name}.safetensors`);
  opened.set(name, opening);
  opening.catch(() => opened.delete(name));
  return opening;
}

async function fetchNetwork(file: string): Promise<OpenedNetwork> {
  const response = await fetch(FOLDER + file).catch(() => {
    throw new Error(`${file} could not be fetched: is the connection there?`);
  });
  if (!response.ok) throw new Error(`${file} could not be fetched: the server answered ${response.status}.`);
  const { model, metadata } = openNetwork(new Uint8Array(await response.arrayBuffer()));
  return { network: Network.fromModel(model, { loss: metadata.loss }), metadata };
}
