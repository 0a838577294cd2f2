import { type Dataset, concatenate, createDataset } from '../../../src/lib/data/dataset.ts';
import { strokeDigits } from '../../../src/lib/ink/stroke-digits.ts';
import { Random } from '../../../src/lib/nn/random.ts';

/** Digits of the pen, as many as are asked for: always the same. */
export function penDigits(count: number): Dataset {
  const { values, labels } = strokeDigits(count, new Random(11));
  return createDataset('pen digits', values, labels);
}

/** So many images, the same few over and over: where their number matters and not what they show. */
export function repeatedDigits(count: number, name = 'pen digits'): Dataset {
  const few = penDigits(100);
  if (count % few.count !== 0) throw new RangeError(`${count} is no multiple of ${few.count}`);
  return concatenate(
    Array.from({ length: count / few.count }, () => few),
    name,
  );
}
