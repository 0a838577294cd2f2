import type { Examples } from '../nn/examples.ts';

/** The side of a digit's picture, and how many pixels that makes. */
export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
export const DIGITS = 10;

/**
 * Labelled pictures of digits as bytes: 0 is paper, 255 is ink. Never copied to real numbers as a whole: lib/nn scales
 * the rows of a batch when it takes them in.
 */
export interface Dataset extends Examples {
  readonly name: string;
  /** (count × 784), row-major: 28 rows of 28 pixels each */
  readonly values: Uint8Array;
}

/** Something that data cannot be: the message says what, and where. */
export class DataError extends Error {
  override name = 'DataError';
}

/** @throws DataError when the lengths do not agree or a label is no digit */
export function createDataset(name: string, values: Uint8Array, labels: Uint8Array): Dataset {
  if (values.length !== labels.length * PIXELS) {
    throw new DataError(
      `${name}: ${labels.length} labels need ${labels.length * PIXELS} pixels, and there are ${values.length}`,
    );
  }
  const wrong = labels.findIndex((label) => label >= DIGITS);
  if (wrong >= 0) throw new DataError(`${name}: label ${labels[wrong]} of image ${wrong} is not a digit`);
  return { name, count: labels.length, width: PIXELS, values, labels };
}

/** The pixels of one image: a view, not a copy. */
export function imageOf(dataset: Dataset, index: number): Uint8Array {
  return dataset.values.subarray(index * PIXELS, (index + 1) * PIXELS);
}

/** A data set of the given images, in the given order; one may be given more than once. */
export function subset(dataset: Dataset, indices: ArrayLike<number>, name = dataset.name): Dataset {
  const values = new Uint8Array(indices.length * PIXELS);
  const labels = new Uint8Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    values.set(imageOf(dataset, indices[i]), i * PIXELS);
    labels[i] = dataset.labels[indices[i]];
  }
  return createDataset(name, values, labels);
}

/** The images from one index up to another, copied, under the same name. */
export function range({ name, values, labels }: Dataset, from: number, to: number): Dataset {
  return createDataset(name, values.slice(from * PIXELS, to * PIXELS), labels.slice(from, to));
}

/** The images of all, one set after the other. */
export function concatenate(parts: readonly Dataset[], name = parts[0].name): Dataset {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const values = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at * PIXELS);
    labels.set(part.labels, at);
    at += part.count;
  }
  return createDataset(name, values, labels);
}

/** A few among many: at least one image in so many is to be one of the few. */
const ONE_IN = 20;

/**
 * A large set with a small one in it, which is repeated, up to a hundred times, until it is a twentieth of the whole: else nobody would
 * notice it.
 */
export function mixedIn(large: Dataset, small: Dataset): Dataset {
  const wanted = Math.ceil(large.count / (ONE_IN - 1) / small.count);
  const times = Math.min(100, Math.max(1, wanted));
  return concatenate(
    [large, ...Array.from({ length: times }, () => small)],
    `${large.name} and ${small.name}`,
  );
}

/** How many images there are of each digit. */
export function countLabels({ labels }: Pick<Dataset, 'labels'>): number[] {
  const counts = new Array<number>(DIGITS).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}

/** Labels as the targets of a network: (count × classes), a 1 in each row at its label. */
export function oneHot(labels: Uint8Array, classes = DIGITS): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  labels.forEach((label, i) => {
    targets[i * classes + label] = 1;
  });
  return targets;
}
