import type { NetworkFile } from '../../src/lib/models/network-file.ts';
import { openNetwork } from '../../src/lib/models/open-network.ts';
import { type Setup, type SetupName, parseSetup, setupOptions } from '../../src/lib/training/setup.ts';
import { UsageError, activationChoice } from './options.ts';
import { readWhole } from './system-errors.ts';

/** Where a training begins: its set-up, and the network whose weights it goes on from. */
export interface Start {
  readonly setup: Setup;
  readonly from: NetworkFile | undefined;
  /** What was assumed of the network, as sentences. */
  readonly notes: readonly string[];
}

type Given = { readonly [Name in SetupName]?: string | undefined };

/** What a network's own file decides. */
const DECIDED: readonly SetupName[] = ['layers', 'activation', 'output', 'initializer'];

/**
 * The set-up of a training that goes on from a network: its layers and activations are the network's own, so that what is
 * written of it afterwards is true; its loss is the network's, unless another is asked for.
 *
 * @param given the options of the command line; those of activations are for what the file leaves open
 * @throws UsageError for an option that would have no effect
 */
export async function startFrom(path: string, given: Given): Promise<Start> {
  const bytes = await readWhole(path);
  const open = (openNetwork(bytes).assumptions ?? []).map(({ about }) => about);
  const isOpen = (name: SetupName) =>
    (name === 'activation' && open.includes('hidden')) || (name === 'output' && open.includes('output'));
  const idle = DECIDED.filter((name) => given[name] !== undefined && !isOpen(name));
  const file = openNetwork(bytes, activationChoice(idle.length > 0 ? {} : given));
  const layers = [file.model.layers[0].inputs, ...file.model.layers.map(({ units }) => units)].join(',');
  const activations = file.model.layers.map(({ activation }) => activation);
  if (idle.length > 0) {
    const flags = idle.map((name) => `--${setupOptions[name].flag}`).join(' and ');
    throw new UsageError(
      `${flags} would have no effect beside --from: ${path} is a network of ${layers} (${activations.join(', ')}), and training goes on with that`,
    );
  }
  const hidden = activations.slice(0, -1);
  const { initializer: _, ...rest } = given;
  const texts: Given = {
    ...rest,
    layers,
    activation:
      hidden.length > 0 ? ([...new Set(hidden)].length === 1 ? hidden[0] : hidden.join(',')) : undefined,
    output: activations.at(-1),
    loss: given.loss ?? file.metadata.loss,
  };
  try {
    return { setup: parseSetup(texts), from: file, notes: (file.assumptions ?? []).map(({ text }) => text) };
  } catch (error) {
    throw new UsageError(`${path} cannot be trained on: ${(error as Error).message}`);
  }
}
