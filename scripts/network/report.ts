import type { NetworkFile } from '../../src/lib/models/network-file.ts';
import { createDataset, type Dataset } from '../../src/lib/data/dataset.ts';
import { type RefusalPrice, refusalPrices } from '../../src/lib/experiments/refusal.ts';
import { otherKinds } from '../../src/lib/ink/other-drawings.ts';
import { redrawn } from '../../src/lib/ink/prepare.ts';
import { asDrawn } from '../../src/lib/ink/stroke-digits.ts';
import {
  middlePlace,
  strangersDigits,
  strangersDigitsAt,
  strangersOfWay,
  strangersOthers,
} from '../../src/lib/ink/strangers.ts';
import { digitWays } from '../../src/lib/ink/ways/digit-ways.ts';
import type { Kernels } from '../../src/lib/nn/kernels/kernels.ts';
import { classMetrics } from '../../src/lib/nn/metrics.ts';
import { type Evaluation, Network } from '../../src/lib/nn/network.ts';

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** The network of a file, ready to evaluate. */
export function networkOf({ model, metadata }: NetworkFile, kernels: Kernels): Network {
  return Network.fromModel(model, { loss: metadata.loss, kernels });
}

/** Generated pen digits that no training has seen. */
export function unseenPenDigits(count: number): Dataset {
  const { values, labels } = strangersDigits(count);
  return createDataset('pen digits', values, labels);
}

const PREPARATIONS = { 'as drawn': asDrawn, redrawn } as const;
/** Sizes, as shares of the pad, and widths of the line. */
const SIZES = [1 / 3, 1] as const;
const WIDTHS = [14, 24, 34] as const;

/** How a network reads writers whom no training has met: by size and line, and by each way of writing; as lines of text. */
export function describeWriters(network: Network, writers: number): string {
  const names = Object.keys(PREPARATIONS);
  const lines = [`${writers} writers whom no training has met, and their digits`, ''];
  lines.push(`${'size and line'.padEnd(36)}${names.map((name) => name.padStart(10)).join('')}`);
  for (const size of SIZES) {
    for (const width of WIDTHS) {
      const shares = Object.values(PREPARATIONS).map((prepare) =>
        percent(network.evaluate(strangersDigitsAt(writers, middlePlace(size, width), prepare)).accuracy),
      );
      const place = `${size === 1 ? 'all of the pad' : 'a third of it'}, ${width} units`;
      lines.push(`${place.padEnd(36)}${shares.map((share) => share.padStart(10)).join('')}`);
    }
  }
  lines.push('', `${'way of writing'.padEnd(36)}${names.map((name) => name.padStart(10)).join('')}`);
  for (const way of digitWays.flat()) {
    const shares = Object.values(PREPARATIONS).map((prepare) =>
      percent(network.evaluate(strangersOfWay(way, writers, prepare)).accuracy),
    );
    lines.push(`${way.name.padEnd(36)}${shares.map((share) => share.padStart(10)).join('')}`);
  }
  return lines.join('\n');
}

/** What “I can’t tell” costs at each threshold: on test images, on pen digits, and on drawings that are no digit. */
export function priceOfRefusal(network: Network, test: Dataset, pen: Dataset): RefusalPrice[] {
  const outputs: Record<string, ArrayLike<number>> = {
    'test images': network.predict(test),
    'pen digits': network.predict(pen),
  };
  for (const kind of otherKinds) outputs[kind] = network.predict(strangersOthers(kind, 500, asDrawn));
  for (const kind of ['capital letters', 'symbols'] as const)
    outputs[`${kind} never shown`] = network.predict(strangersOthers(kind, 500, asDrawn, 'never shown'));
  return refusalPrices(outputs, network.classes);
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
