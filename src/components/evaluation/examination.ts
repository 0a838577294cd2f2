import { probabilitiesAt } from '../../lib/experiments/calibration.ts';
import { type HardReading, readingsOf } from '../../lib/experiments/hardest.ts';
import { DIGITS, type Dataset } from '../../lib/data/dataset.ts';
import type { LossName } from '../../lib/nn/losses.ts';
import type { NetworkModel } from '../../lib/nn/model.ts';
import type { Review } from '../../lib/training/review.ts';
import type { Remote } from '../../state/remote/worker-client.ts';
import { pageReviews } from '../../state/run/review.ts';
import { type DatasetName, loadDataset } from '../../state/site/datasets.ts';
import { type NetworkName, loadNetwork } from '../../state/site/networks.ts';
import { confusionOf } from './confusion.ts';
import { createTask } from './task.ts';

/** A network, as the reviewer is asked about it. */
export interface Candidate {
  readonly model: NetworkModel;
  readonly loss: LossName;
}

/** All that a network says of the 10,000 test images. */
export interface Examination extends Candidate {
  readonly name: NetworkName;
  readonly test: Dataset;
  /** (10,000 × 10): the sums before softmax. */
  readonly logits: Float32Array;
  readonly readings: readonly HardReading[];
  /** (10 × 10): row = label, column = what was read. */
  readonly confusion: Uint32Array;
  readonly right: number;
  /** Whether it ends with a softmax; else what it is sure of is that of a softmax put after its sums. */
  readonly hasSoftmax: boolean;
}

type Said = (share: number) => void;

/** The reviewer, with data sets handed over; what is said is how much of them has been fetched. */
export async function reviewerWith(names: readonly DatasetName[], said?: Said): Promise<Remote<Review>> {
  const loading = said ? { onProgress: said } : {};
  let review = await pageReviews.of(names[0], loading);
  for (const name of names.slice(1)) review = await pageReviews.of(name, loading);
  return review;
}

export async function candidate(name: NetworkName): Promise<Candidate> {
  const { network } = await loadNetwork(name);
  if (network.inputs !== 784 || network.classes !== DIGITS) {
    throw new Error(`this network reads ${network.inputs} numbers as one of ${network.classes}, not digits.`);
  }
  return { model: network.toModel(), loss: network.loss };
}

const known = new Map<NetworkName, Promise<Examination>>();

/**
 * What a network says of the test images, asked once for all figures of the page.
 *
 * @throws Error that says why not; a later call tries again
 */
export function examine(name: NetworkName, said?: Said): Promise<Examination> {
  let asking = known.get(name);
  if (!asking) {
    asking = ask(name, said);
    known.set(name, asking);
    asking.catch(() => known.delete(name));
  }
  return asking;
}

/** The examination of one network after another, for a figure. */
export const createExamining = () =>
  createTask((asked: NetworkName, said) => examine(asked, said), 'The test images cannot be read');

async function ask(name: NetworkName, said?: Said): Promise<Examination> {
  const [review, { model, loss }] = await Promise.all([reviewerWith(['test'], said), candidate(name)]);
  const [test, { logits }] = await Promise.all([
    loadDataset('test'),
    review.outputs({ dataset: 'test', model, loss }),
  ]);
  return examinationOf({ name, model, loss, test, logits });
}

/** @param given.logits (count × 10) */
export function examinationOf(
  given: Pick<Examination, 'name' | 'model' | 'loss' | 'test' | 'logits'>,
): Examination {
  const { test, logits, model } = given;
  const readings = readingsOf(probabilitiesAt(logits, DIGITS, 1), test.labels, DIGITS);
  return {
    ...given,
    readings,
    confusion: confusionOf(readings),
    right: readings.filter(({ label, read }) => label === read).length,
    hasSoftmax: model.layers.at(-1)!.activation === 'softmax',
  };
}
