import type { NetworkFile } from '../src/lib/models/network-file.ts';
import { createDataset, type Dataset } from '../src/lib/data/dataset.ts';
import { strokeDigits } from '../src/lib/ink/stroke-digits.ts';
import type { Kernels } from '../src/lib/nn/kernels/kernels.ts';
import { classMetrics } from '../src/lib/nn/metrics.ts';
import { type Evaluation, Network } from '../src/lib/nn/network.ts';
import { Random } from '../src/lib/nn/random.ts';

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** The network of a file, ready to evaluate. */
export function networkOf({ model, metadata }: NetworkFile, kernels: Kernels): Network {
  return Network.fromModel(model, { loss: metadata.loss, kernels });
}

/** Generated pen digits that no training has seen: training draws its own from other seeds. */
export function unseenPenDigits(): Dataset {
  const { values, labels } = strokeDigits(5000, new Random(0xd161_7));
  return createDataset('pen digits', values, labels);
}

/** Precision and recall of each digit, and the confusion matrix, as lines of text. */
export function describeEvaluation({ confusion }: Evaluation, classes: number): string {
  const digits = Array.from({ length: classes }, (_, k) => k);
  const cells = (texts: readonly (string | number)[]) =>
    texts.map((text) => String(text).padStart(6)).join('');
  const lines = ['digit   images  precision   recall'];
  for (const [digit, { count, precision, recall }] of classMetrics(confusion, classes).entries()) {
    lines.push(
      `${digit}      ${String(count).padStart(7)}  ${percent(precision).padStart(9)}  ${percent(recall).padStart(9)}`,
    );
  }
  lines.push(
    '',
    'Confusion matrix: a row for each label, a column for what was read',
    `      ${cells(digits)}`,
  );
  for (const label of digits) {
    lines.push(`  ${label}   ${cells([...confusion.slice(label * classes, (label + 1) * classes)])}`);
  }
  return lines.join('\n');
}
