import { signal } from '@preact/signals';
import type { NetworkMetadata } from '../../lib/models/network-file.ts';
import { readSafetensors } from '../../lib/models/safetensors.ts';
import { Network } from '../../lib/nn/network.ts';
import { inDatabase } from '../store/database.ts';
import { nextTask } from '../remote/next-task.ts';
import { address } from './address.ts';

export type ShippedName = 'shipped' | 'original';
/** A network that can be chosen: one of the site's, the reader's own, the reader's after some epoch, or one of the lab. */
export type NetworkName = ShippedName | 'yours' | `yours-${number}` | `lab-${number}`;

export interface NetworkChoice {
  readonly name: NetworkName;
  readonly label: string;
}

/** The networks that come with the site, in the order of the choice. */
const shippedNetworks: readonly NetworkChoice[] = [
  { name: 'shipped', label: 'The shipped network: the best we trained' },
  { name: 'original', label: 'The original recipe: the network of these chapters' },
];

/** All networks that there are to choose from; those of the reader once they have been looked for. */
export const networkChoices = signal(shippedNetworks);

/** Looks for the network that the reader has trained, and its earlier epochs. */
export async function findOwnNetworks(): Promise<void> {
  // What reads them is fetched where there are some.
  const own = (await keepsNetworks()) ? await (await import('./own-networks.ts')).ownNetworks() : [];
  networkChoices.value = [...shippedNetworks, ...own];
}

function keepsNetworks(): Promise<boolean> {
  return inDatabase(['runs', 'lab'], 'readonly', async (transaction) => {
    const counts = (['runs', 'lab'] as const).map((name) => transaction.objectStore(name).count());
    return (await Promise.all(counts)).some((count) => count > 0);
  }).catch(() => false);
}

/** Whether a text is the name of a network, there or not. */
export function isNetworkName(text: string | null): text is NetworkName {
  return text !== null && /^(shipped|original|yours(-\d{1,6})?|lab-\d{1,15})$/.test(text);
}

export interface OpenedNetwork {
  readonly network: Network;
  readonly metadata: NetworkMetadata;
}

const FOLDER = address('models/');

const opened = new Map<ShippedName, Promise<OpenedNetwork>>();

/**
 * A network: one of the site's, fetched once, or the reader's as the browser has kept it.
 *
 * @throws Error that says why it could not be had; a later call tries again
 */
export async function loadNetwork(name: NetworkName): Promise<OpenedNetwork> {
  if (name !== 'shipped' && name !== 'original')
    return (await import('./own-networks.ts')).loadOwnNetwork(name);
  const known = opened.get(name);
  if (known) return known;
  const opening = fetchNetwork(`${name}.safetensors`);
  opened.set(name, opening);
  opening.catch(() => opened.delete(name));
  return opening;
}

async function fetchNetwork(file: string): Promise<OpenedNetwork> {
  const failed = (how: string) => new Error(`${file} ${how} Try again.`);
  const unreachable = () => {
    throw failed('could not be fetched: is the connection there?');
  };
  const response = await fetch(FOLDER + file).catch(unreachable);
  if (!response.ok) throw failed(`could not be fetched: the server answered ${response.status}.`);
  const bytes = new Uint8Array(await response.arrayBuffer().catch(unreachable));
  try {
    // The site's own files are all of this one format: a page need not fetch the readers of the others.
    const { model, metadata } = readSafetensors(bytes);
    const network = Network.fromModel(model, { loss: metadata.loss });
    // What is drawn of it is a piece of work of its own.
    await nextTask();
    return { network, metadata };
  } catch (error) {
    throw failed(`arrived damaged: ${(error as Error).message}.`);
  }
}
