import { signal } from '@preact/signals';
import type { NetworkMetadata } from '../lib/models/network-file.ts';
import { openNetwork } from '../lib/models/open-network.ts';
import { Network } from '../lib/nn/network.ts';
import { architectureOf } from '../lib/training/setup.ts';
import { unpackSnapshot } from '../lib/training/snapshot.ts';
import { address } from './address.ts';
import { keptLabRuns } from './lab-store.ts';
import { keptRun, keptSnapshots } from './run-store.ts';

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
  const [trained, lab] = await Promise.all([trainedNetworks(), labNetworks()]);
  networkChoices.value = [...shippedNetworks, ...trained, ...lab];
}

async function trainedNetworks(): Promise<NetworkChoice[]> {
  const run = await keptRun().catch(() => undefined);
  if (!run) return [];
  const epochs = await keptSnapshots().catch(() => []);
  const earlier = epochs
    .filter(({ epoch }) => epoch < run.last.epochs)
    .reverse()
    .map(({ epoch }): NetworkChoice => ({
      name: `yours-${epoch}`,
      label: epoch === 0 ? 'Yours, before it was trained' : `Yours, after epoch ${epoch}`,
    }));
  return [{ name: 'yours', label: `Yours, after ${run.last.epochs} epochs` }, ...earlier];
}

async function labNetworks(): Promise<NetworkChoice[]> {
  const runs = await keptLabRuns().catch(() => []);
  return runs.map(({ id, name }) => ({ name: `lab-${id}`, label: `From the lab: ${name}` }));
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
export function loadNetwork(name: NetworkName): Promise<OpenedNetwork> {
  if (name !== 'shipped' && name !== 'original') return ownNetwork(name);
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

async function ownNetwork(name: NetworkName): Promise<OpenedNetwork> {
  if (name.startsWith('lab-')) return labNetwork(Number(name.slice('lab-'.length)));
  const run = await keptRun();
  if (!run) throw new Error('no network of yours is kept in this browser: chapter 5 trains one.');
  const { setup, last } = run;
  const options = { loss: setup.loss };
  const metadata = { loss: setup.loss };
  if (name === 'yours') return { network: Network.fromModel(last.model, options), metadata };
  const epoch = Number(name.slice('yours-'.length));
  const snapshot = (await keptSnapshots()).find((each) => each.epoch === epoch);
  if (!snapshot) throw new Error(`your network after epoch ${epoch} is not kept in this browser.`);
  return { network: Network.fromModel(unpackSnapshot(snapshot, architectureOf(setup)), options), metadata };
}

async function labNetwork(id: number): Promise<OpenedNetwork> {
  const found = (await keptLabRuns()).find((run) => run.id === id);
  if (!found) throw new Error('this network of the lab is not kept in this browser.');
  const { model, metadata } = found.file;
  return { network: Network.fromModel(model, { loss: metadata.loss }), metadata };
}
