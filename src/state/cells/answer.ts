import type { Dataset } from '../../lib/data/dataset.ts';
import type { Need } from '../../sandbox/protocol.ts';
import { type DatasetName, loadDataset } from '../site/datasets.ts';
import { kernelBytes } from '../site/kernels.ts';
import { isNetworkName, loadNetwork } from '../site/networks.ts';
import { keptOwnDataset } from '../store/own-dataset-store.ts';
import { keepOwnCode } from '../store/own-code.ts';
import { plotProgram } from './kernel-link.ts';

/** What cells call the digits. */
const DIGITS: Readonly<Record<string, DatasetName>> = {
  sample: 'sample-train',
  'sample-test': 'sample-test',
  train: 'train',
  test: 'test',
};

/**
 * What a cell has asked the page for, as data: digits, a network, programs.
 *
 * @param need as it came from the kernel: it may be anything
 * @throws Error that says what there is to ask for, or why it could not be had
 */
export async function answerNeed(need: Need): Promise<unknown> {
  switch (need?.what) {
    case 'digits':
      return copyOf(await digitsNamed(String(need.name)));
    case 'network':
      return networkNamed(String(need.name));
    case 'kernels':
      return kernelBytes();
    case 'keep':
      return keepOwnCode(need.model);
    case 'plot':
      return plotProgram();
    default:
      throw new Error('a cell asked for something that there is not');
  }
}

async function digitsNamed(name: string): Promise<Dataset> {
  if (Object.hasOwn(DIGITS, name)) return loadDataset(DIGITS[name]);
  if (name !== 'yours') {
    throw new Error(
      `there are no digits called “${name}”: there are ${Object.keys(DIGITS).join(', ')} and yours`,
    );
  }
  const own = await keptOwnDataset();
  if (!own) throw new Error('no digits of yours are kept in this browser: chapter 8 keeps what you draw');
  return own;
}

async function networkNamed(name: string) {
  if (!isNetworkName(name)) {
    throw new Error(`there is no network called “${name}”: there are original, shipped and yours`);
  }
  const { network } = await loadNetwork(name);
  return { model: network.toModel(), loss: network.loss };
}

/** In memory that can be sent to another origin: what the page shares with its workers cannot. */
function copyOf({ name, values, labels }: Dataset) {
  return { name, values: values.slice(), labels: labels.slice() };
}
