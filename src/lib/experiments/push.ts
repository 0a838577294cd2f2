import type { Examples } from '../nn/examples.ts';
import { predictedClass } from '../nn/losses.ts';
import type { Network } from '../nn/network.ts';
import type { Random } from '../nn/random.ts';

/**
 * How a push is measured: `each` is by its largest pixel (L∞), `length` is √Σ of the pixels' squares (L2).
 */
export type PushSize = 'each' | 'length';

/** One picture on its way to another answer. Pixels are from 0, paper, to 1, ink. */
export interface PushedImage {
  /** (784) */
  readonly image: Float64Array;
  /** Of the push so far: its length, and its largest pixel. */
  readonly length: number;
  readonly largest: number;
  readonly probabilities: Float64Array;
  readonly read: number;
}

const ALL = Uint32Array.of(0);

/** ∂loss/∂x of pictures with the given labels, (rows × inputs): of each picture's own loss. At most 15 rows. */
export function inputGradientOf(network: Network, examples: Examples): ArrayLike<number> {
  const rows = Uint32Array.from({ length: examples.count }, (_, i) => i);
  network.forwardWithLoss(examples, rows);
  network.backward();
  return network.inputGradient();
}

/**
 * Pushes a picture's pixels until a network reads it as the digit that is wanted: each step goes against the gradient of the
 * loss that the wanted digit would have, and stays between paper and ink (Goodfellow, Shlens and Szegedy 2015, repeated).
 *
 * @param image (784) in [0, 1]
 * @param step how large one step is, in the measure chosen
 * @returns every picture on the way, the unpushed first; the last is read as wanted, unless `most` steps did not get there
 */
export function pushUntil(
  network: Network,
  image: ArrayLike<number>,
  wanted: number,
  { size, step, most }: { readonly size: PushSize; readonly step: number; readonly most: number },
): PushedImage[] {
  return walked(network, image, wanted, { size, step: -step, most }, (read) => read === wanted);
}

/** How little it took. */
export interface SmallestPush {
  /** √Σ of the squares of all changes. */
  readonly length: number;
  /** What the picture is read as now. */
  readonly read: number;
}

/**
 * A push along the gradient that is just long enough to change the answer, whatever to: small steps up the loss of its label, and
 * of the last step only as much as it takes. There may be a shorter push in another direction: it is an upper bound.
 *
 * @param image (784) in [0, 1], read as `label`
 * @param step length of one step
 * @returns nothing where `most` steps did not change it
 */
export function smallestPush(
  network: Network,
  image: ArrayLike<number>,
  label: number,
  { step, most }: { readonly step: number; readonly most: number },
): SmallestPush | undefined {
  const way = walked(network, image, label, { size: 'length', step, most }, (read) => read !== label);
  const [before, after] = [way.at(-2), way.at(-1)!];
  if (after.read === label) return undefined;
  if (!before) return { length: 0, read: after.read };
  const start = way[0].image;
  let least = after;
  let [low, high] = [0, 1];
  for (let halving = 0; halving < 10; halving++) {
    const middle = (low + high) / 2;
    const between = before.image.map((x, n) => x + middle * (after.image[n] - x));
    const now = looked(network, between, start);
    if (now.read === label) low = middle;
    else [high, least] = [middle, now];
  }
  return { length: least.length, read: least.read };
}

/** Steps along the gradient of the loss that `label` would have, until what is read is what was looked for. */
function walked(
  network: Network,
  image: ArrayLike<number>,
  label: number,
  { size, step, most }: { readonly size: PushSize; readonly step: number; readonly most: number },
  isThere: (read: number) => boolean,
): PushedImage[] {
  const start = Float64Array.from(image);
  const way = [looked(network, start, start)];
  while (!isThere(way.at(-1)!.read) && way.length <= most) {
    const current = way.at(-1)!.image;
    const gradient = inputGradientOf(network, oneImage(current, label));
    way.push(looked(network, stepped(current, gradient, size, step), start));
  }
  return way;
}

/** A picture with random noise of a given length, within paper and ink as the push is; its pixels' signs are drawn by lot. */
export function noisyImage(
  network: Network,
  image: ArrayLike<number>,
  length: number,
  random: Random,
): PushedImage {
  const start = Float64Array.from(image);
  const signs = Float64Array.from(start, () => (random.uniform() < 0.5 ? -1 : 1));
  const at = (size: number) => start.map((x, n) => within(x + size * signs[n]));
  // What paper and ink cut off makes it shorter: the size is looked for that comes out as long as asked.
  let [low, high] = [0, 1];
  for (let halving = 0; halving < 30; halving++) {
    const middle = (low + high) / 2;
    if (lengthBetween(at(middle), start) < length) low = middle;
    else high = middle;
  }
  return looked(network, at(high), start);
}

/**
 * One step up the gradient of each picture's own loss, away from its label, and random noise of the same size: what is left of
 * the right answers.
 *
 * @param examples at most 15 pictures in [0, 1]
 * @param size of each pixel's change
 */
export function rightAfterPush(
  network: Network,
  examples: Examples,
  size: number,
  random: Random,
): { readonly pushed: number; readonly noisy: number } {
  const { values, count, labels } = examples;
  const gradient = inputGradientOf(network, examples);
  const pushed = stepped(values, gradient, 'each', size);
  const noisy = Float64Array.from(values, (x) => within(x + (random.uniform() < 0.5 ? -size : size)));
  const right = (changed: Float64Array) => {
    const outputs = network.predict({ ...examples, values: changed });
    let sum = 0;
    for (let i = 0; i < count; i++) if (predictedClass(outputs, network.classes, i) === labels[i]) sum++;
    return sum;
  };
  return { pushed: right(pushed), noisy: right(noisy) };
}

/** The pixels moved along the gradient; of a `length`, one picture alone. */
function stepped(
  image: ArrayLike<number>,
  gradient: ArrayLike<number>,
  size: PushSize,
  step: number,
): Float64Array {
  let squares = 0;
  for (let n = 0; n < gradient.length; n++) squares += gradient[n] * gradient[n];
  const scale = squares > 0 ? step / Math.sqrt(squares) : 0;
  return Float64Array.from(image, (x, n) =>
    within(x + (size === 'each' ? step * Math.sign(gradient[n]) : scale * gradient[n])),
  );
}

function looked(network: Network, image: Float64Array, start: Float64Array): PushedImage {
  const probabilities = Float64Array.from(network.forward(oneImage(image, 0), ALL).copy());
  let largest = 0;
  for (let n = 0; n < image.length; n++) largest = Math.max(largest, Math.abs(image[n] - start[n]));
  return {
    image,
    length: lengthBetween(image, start),
    largest,
    probabilities,
    read: predictedClass(probabilities, network.classes),
  };
}

function oneImage(image: Float64Array, label: number): Examples {
  return { count: 1, width: image.length, values: image, labels: Uint8Array.of(label) };
}

function lengthBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let squares = 0;
  for (let n = 0; n < a.length; n++) squares += (a[n] - b[n]) ** 2;
  return Math.sqrt(squares);
}

function within(x: number): number {
  return Math.max(0, Math.min(1, x));
}
