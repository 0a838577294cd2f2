import { type Dataset, createDataset } from '../../../src/lib/data/dataset.ts';
import { strokeDigits } from '../../../src/lib/ink/stroke-digits.ts';
import { Random } from '../../../src/lib/nn/random.ts';

/** Digits of the pen, as many as are asked for: always the same. */
export function penDigits(count: number): Dataset {
  const { values, labels } = strokeDigits(count, new Random(11));
  return createDataset('pen digits', values, labels);
}
