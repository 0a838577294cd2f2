import { DIGITS } from '../../lib/data/dataset.ts';
import { formatDecimals, formatShare } from '../../explain/numbers.ts';
import {
  type Reliability,
  fitTemperature,
  probabilitiesAt,
  reliability,
} from '../../lib/experiments/calibration.ts';
import type { NetworkName } from '../../state/site/networks.ts';
import { loadDataset } from '../../state/site/datasets.ts';
import { type Examination, candidate, reviewerWith } from './examination.ts';

/** Sums and labels of some images. */
export interface Said {
  readonly logits: Float32Array;
  readonly labels: Uint8Array;
}

/** Every other of the images: a temperature is fitted on the even ones, and measured on the odd. */
export function everyOther({ logits, test }: Pick<Examination, 'logits' | 'test'>, from: 0 | 1): Said {
  const count = Math.floor((test.count - from + 1) / 2);
  const some = new Float32Array(count * DIGITS);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const row = 2 * i + from;
    some.set(logits.subarray(row * DIGITS, (row + 1) * DIGITS), i * DIGITS);
    labels[i] = test.labels[row];
  }
  return { logits: some, labels };
}

/** How sure and how right at a temperature. */
export function reliabilityAt({ logits, labels }: Said, temperature: number): Reliability {
  return reliability(probabilitiesAt(logits, DIGITS, temperature), labels, DIGITS);
}

export const temperatureFor = ({ logits, labels }: Said): number => fitTemperature(logits, labels, DIGITS);

const LAST = 5000;

/** Fitted on the last 5,000 of the 60,000 training images. */
export async function trainingTemperature(name: NetworkName, said: (share: number) => void): Promise<number> {
  const [review, { model, loss }] = await Promise.all([reviewerWith(['train'], said), candidate(name)]);
  const { labels, count } = await loadDataset('train');
  const from = count - LAST;
  const { logits } = await review.outputs({ dataset: 'train', model, loss, from, images: LAST });
  return temperatureFor({ logits, labels: labels.subarray(from) });
}

export function describeReliability(
  { confidence, accuracy, error }: Reliability,
  temperature: number,
): string {
  const at = temperature === 1 ? 'As it is,' : `At temperature ${formatDecimals(temperature, 2)}`;
  const gap = accuracy - confidence;
  const kind =
    Math.abs(gap) < 0.002
      ? 'On the whole it is as sure as it is right'
      : gap > 0
        ? 'It is less sure than it could be'
        : 'It is surer than it ought to be';
  return `${at} it is ${formatShare(confidence, 2)} sure on average, and right ${formatShare(accuracy, 2)} of the time. ${kind}. Expected calibration error: ${formatShare(error, 2)}.`;
}
