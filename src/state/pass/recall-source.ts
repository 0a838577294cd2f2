import { imageOf, subset } from '../../lib/data/dataset.ts';
import { trace } from '../../lib/nn/trace.ts';
import type { Random } from '../../lib/nn/random.ts';
import type { RecallSource } from '../../explain/recall.ts';
import { loadDataset } from '../site/datasets.ts';
import { type OpenedNetwork, loadNetwork } from '../site/networks.ts';

/** Digits that are looked at for one that the network is not sure of. */
const TRIES = 60;

/**
 * A pass to make questions from: a test digit drawn by lot, through the reader's own network where there is one like that of the
 * chapters, and through the chapters' own otherwise.
 *
 * @throws Error that says what could not be had
 */
export async function recallSource(random: Random): Promise<RecallSource & { readonly isOwn: boolean }> {
  const [digits, own] = await Promise.all([
    loadDataset('sample-test'),
    loadNetwork('yours').catch(() => undefined),
  ]);
  const isOwn = own !== undefined && isLikeOurs(own);
  const { network } = isOwn ? own : await loadNetwork('original');
  const source = () => {
    const row = random.below(digits.count);
    const label = digits.labels[row];
    return { pass: trace(network, subset(digits, [row]), 0), label, image: imageOf(digits, row), isOwn };
  };
  // Where it is sure of itself, there is hardly any blame to ask for.
  let found = source();
  for (let n = 1; n < TRIES && isSure(found); n++) found = source();
  return found;
}

function isSure({ pass, label }: RecallSource): boolean {
  return pass.values('activation', pass.depth)[label] > 0.95;
}

function isLikeOurs({ network }: OpenedNetwork): boolean {
  const { layers, loss } = network;
  return (
    layers.length >= 2 &&
    loss === 'cross-entropy' &&
    layers.slice(0, -1).every(({ activation }) => activation === 'relu')
  );
}
