import { DIGITS, type Dataset, PIXELS, imageOf } from './dataset.ts';

/** What there is to say about a collection of digits without looking at any one of them. */
export interface PixelStatistics {
  /** How many images were counted. */
  readonly count: number;
  /** (10): images of each digit */
  readonly labels: Float64Array;
  /** (10 × 784), in bytes from 0 to 255: the mean image of each digit; 0 where there is no image */
  readonly means: Float64Array;
  /** (10 × 784), in bytes: how far from its mean a pixel typically is, √ of the mean squared distance */
  readonly deviations: Float64Array;
  /** (256): how many pixels of all images have each value */
  readonly histogram: Float64Array;
  /** (784): the largest value that a pixel has in any image; 0 for one that is never touched */
  readonly largest: Uint8Array;
}

/** Pixel values run from 0 to 255. */
const VALUES = 256;

/**
 * Counts images, a stretch at a time, so that a page can breathe between two stretches of a large set. All sums are
 * sums of whole numbers below 2⁵³, so the order of the images does not matter to the last bit.
 */
export class PixelCounter {
  #count = 0;
  readonly #labels = new Float64Array(DIGITS);
  readonly #sums = new Float64Array(DIGITS * PIXELS);
  readonly #squares = new Float64Array(DIGITS * PIXELS);
  readonly #histogram = new Float64Array(VALUES);
  readonly #largest = new Uint8Array(PIXELS);

  /** Counts images `from` to, but not including, `to`. */
  add(dataset: Dataset, from = 0, to = dataset.count): void {
    for (let i = from; i < to; i++) {
      const image = imageOf(dataset, i);
      const label = dataset.labels[i];
      const start = label * PIXELS;
      this.#labels[label]++;
      for (let n = 0; n < PIXELS; n++) {
        const value = image[n];
        this.#histogram[value]++;
        if (value === 0) continue;
        this.#sums[start + n] += value;
        this.#squares[start + n] += value * value;
        if (value > this.#largest[n]) this.#largest[n] = value;
      }
    }
    this.#count += to - from;
  }

  statistics(): PixelStatistics {
    const means = new Float64Array(DIGITS * PIXELS);
    const deviations = new Float64Array(DIGITS * PIXELS);
    for (let n = 0; n < DIGITS * PIXELS; n++) {
      const images = this.#labels[Math.floor(n / PIXELS)];
      if (images === 0) continue;
      means[n] = this.#sums[n] / images;
      // In whole numbers until the last step: nothing is lost where the deviation is small against the mean.
      const spread = images * this.#squares[n] - this.#sums[n] * this.#sums[n];
      deviations[n] = Math.sqrt(spread) / images;
    }
    return {
      count: this.#count,
      labels: this.#labels.slice(),
      means,
      deviations,
      histogram: this.#histogram.slice(),
      largest: this.#largest.slice(),
    };
  }
}

/** The statistics of a whole set at once. */
export function pixelStatistics(dataset: Dataset): PixelStatistics {
  const counter = new PixelCounter();
  counter.add(dataset);
  return counter.statistics();
}

/** Which of the 784 pixels are 0 in every image, in rising order. */
export function silentPixels({ largest }: Pick<PixelStatistics, 'largest'>): number[] {
  return Array.from(largest.keys()).filter((pixel) => largest[pixel] === 0);
}

/** Of each of the 784 pixels whether it has ink in any image. */
export function inkedPixels({ largest }: Pick<PixelStatistics, 'largest'>): boolean[] {
  return Array.from(largest, (value) => value > 0);
}

/**
 * The digit whose mean image is nearest, by the sum of squared distances; of two equally near the smaller.
 *
 * @param means (10 × 784), as `PixelStatistics` has them
 * @param labels (10): digits without images have no mean and are passed over
 */
export function nearestMean(
  image: Uint8Array,
  { means, labels }: Pick<PixelStatistics, 'means' | 'labels'>,
): number {
  let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
  for (let digit = 0; digit < DIGITS; digit++) {
    if (labels[digit] === 0) continue;
    let distance = 0;
    for (let n = 0; n < PIXELS; n++) distance += (image[n] - means[digit * PIXELS + n]) ** 2;
    if (distance < least) [nearest, least] = [digit, distance];
  }
  return nearest;
}

/** How far each digit's images lie from their mean, root mean square: (10), 0 for a digit without images. */
export function distancesFromMean({ deviations }: Pick<PixelStatistics, 'deviations'>): Float64Array {
  return Float64Array.from({ length: DIGITS }, (_, digit) => {
    let squares = 0;
    for (let n = 0; n < PIXELS; n++) squares += deviations[digit * PIXELS + n] ** 2;
    return Math.sqrt(squares);
  });
}

/** How many of the images `from` to, but not including, `to` are nearest to the mean of their own digit. */
export function countNearest(
  dataset: Dataset,
  means: Pick<PixelStatistics, 'means' | 'labels'>,
  from = 0,
  to = dataset.count,
): number {
  let right = 0;
  for (let i = from; i < to; i++) {
    if (nearestMean(imageOf(dataset, i), means) === dataset.labels[i]) right++;
  }
  return right;
}

/** The share of all pixels whose value lies from `from` to `to`, both included; 0 when there are no pixels. */
export function shareOfValues(
  { histogram, count }: Pick<PixelStatistics, 'histogram' | 'count'>,
  from: number,
  to: number,
): number {
  let pixels = 0;
  for (let value = from; value <= to; value++) pixels += histogram[value];
  return count === 0 ? 0 : pixels / (count * PIXELS);
}
