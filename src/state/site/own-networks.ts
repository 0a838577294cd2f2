import { Network } from '../../lib/nn/network.ts';
import { architectureOf, formatSetup } from '../../lib/training/setup.ts';
import { unpackSnapshot } from '../../lib/training/snapshot.ts';
import { OWN_CODE, keptLabRuns } from '../store/lab-store.ts';
import { keptRun } from '../store/run-store.ts';
import type { NetworkChoice, NetworkName, OpenedNetwork } from './networks.ts';

/** The networks that this browser keeps for the reader: the run of chapter 5 after each of its epochs, and those of the lab. */
export async function ownNetworks(): Promise<NetworkChoice[]> {
  const [trained, lab] = await Promise.all([trainedNetworks(), labNetworks()]);
  return [...trained, ...lab];
}

async function trainedNetworks(): Promise<NetworkChoice[]> {
  const run = await keptRun().catch(() => undefined);
  if (!run) return [];
  const earlier = run.snapshots
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
  return runs.map(({ id, name }) => ({
    name: `lab-${id}`,
    label: id === OWN_CODE ? 'Your own code’s' : `From the lab: ${name}`,
  }));
}

/** @throws Error that says why there is none of this name */
export async function loadOwnNetwork(name: NetworkName): Promise<OpenedNetwork> {
  if (name.startsWith('lab-')) return labNetwork(Number(name.slice('lab-'.length)));
  const run = await keptRun();
  if (!run) throw new Error('no network of yours is kept in this browser: chapter 5 trains one.');
  const { setup, last } = run;
  const options = { loss: setup.loss };
  const metadata = { loss: setup.loss, training: formatSetup(setup) };
  if (name === 'yours') return { network: Network.fromModel(last.model, options), metadata };
  const epoch = Number(name.slice('yours-'.length));
  const snapshot = run.snapshots.find((each) => each.epoch === epoch);
  if (!snapshot) throw new Error(`your network after epoch ${epoch} is not kept in this browser.`);
  return { network: Network.fromModel(unpackSnapshot(snapshot, architectureOf(setup)), options), metadata };
}

async function labNetwork(id: number): Promise<OpenedNetwork> {
  const found = (await keptLabRuns()).find((run) => run.id === id);
  if (!found) throw new Error('this network of the lab is not kept in this browser.');
  const { model, metadata } = found.file;
  return { network: Network.fromModel(model, { loss: metadata.loss }), metadata };
}
