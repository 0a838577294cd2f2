import { cosine, exponential, sine } from '../nn/elementary.ts';
import type { Random } from '../nn/random.ts';
import { sampleBetween } from './augmentation.ts';
import { type Dataset, PIXELS, SIDE, createDataset } from './dataset.ts';

/** Ways in which a picture can be worse than those that were learnt from. */
export const disturbanceNames = ['noise', 'shift', 'rotation', 'thickness', 'blur'] as const;
export type DisturbanceName = (typeof disturbanceNames)[number];

/**
 * A copy of a data set with every picture disturbed. A strength is: of noise, the standard deviation as a share of full ink; of a
 * shift, pixels, in a direction drawn for each picture; of a rotation, degrees, to a side drawn for each; of thickness, pixels
 * that a stroke gains on each side, or below 0 loses; of a blur, the deviation of the bell it is averaged over, in pixels. 0
 * changes nothing.
 */
export function disturbed(
  dataset: Dataset,
  name: DisturbanceName,
  strength: number,
  random: Random,
): Dataset {
  const values = new Uint8Array(dataset.values.length);
  const bell = name === 'blur' ? bellOf(strength) : [];
  for (let i = 0; i < dataset.count; i++) {
    const from = dataset.values.subarray(i * PIXELS, (i + 1) * PIXELS);
    const to = values.subarray(i * PIXELS, (i + 1) * PIXELS);
    if (strength === 0) to.set(from);
    else if (name === 'noise') addNoise(from, to, strength, random);
    else if (name === 'blur') blur(from, to, bell);
    else if (name === 'thickness') thickenBy(from, to, strength);
    else if (name === 'shift') {
      const angle = 2 * Math.PI * random.uniform();
      moved(from, to, 0, strength * cosine(angle), strength * sine(angle));
    } else {
      moved(from, to, (random.uniform() < 0.5 ? -1 : 1) * strength, 0, 0);
    }
  }
  return createDataset(dataset.name, values, dataset.labels.slice());
}

function addNoise(from: Uint8Array, to: Uint8Array, strength: number, random: Random): void {
  for (let n = 0; n < PIXELS; n++) {
    to[n] = Math.max(0, Math.min(255, Math.round(from[n] + 255 * strength * random.normal())));
  }
}

/** A pixel at a time, then what is left of one. */
function thickenBy(from: Uint8Array, to: Uint8Array, strength: number): void {
  const source = from.slice();
  for (let left = Math.abs(strength); left > 0; left--) {
    spread(source, to, strength > 0 ? Math.max : Math.min, Math.min(1, left));
    source.set(to);
  }
}

/** Moves each pixel a share of the way to the extreme of itself and its four neighbours. */
function spread(
  from: Uint8Array,
  to: Uint8Array,
  extreme: (...values: number[]) => number,
  share: number,
): void {
  for (let n = 0; n < PIXELS; n++) {
    const column = n % SIDE;
    const own = from[n];
    const left = column > 0 ? from[n - 1] : 0;
    const right = column < SIDE - 1 ? from[n + 1] : 0;
    const above = n >= SIDE ? from[n - SIDE] : 0;
    const below = n < PIXELS - SIDE ? from[n + SIDE] : 0;
    to[n] = own + share * (extreme(own, left, right, above, below) - own) + 0.5;
  }
}

/** Turned about the middle, then moved: each pixel looks up where it comes from. */
function moved(from: Uint8Array, to: Uint8Array, degrees: number, shiftX: number, shiftY: number): void {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [cosine(angle), sine(angle)];
  const middle = (SIDE - 1) / 2;
  for (let n = 0; n < PIXELS; n++) {
    const dx = (n % SIDE) - middle - shiftX;
    const dy = Math.floor(n / SIDE) - middle - shiftY;
    to[n] = sampleBetween(from, middle + c * dx + s * dy, middle - s * dx + c * dy);
  }
}

/** Weights from the middle outwards, of a bell cut off at three deviations; both sides sum to 1. */
function bellOf(deviation: number): number[] {
  if (deviation === 0) return [1];
  const half = Array.from({ length: Math.ceil(3 * deviation) + 1 }, (_, n) =>
    exponential((-n * n) / (2 * deviation * deviation)),
  );
  const sum = half.reduce((all, weight, n) => all + (n === 0 ? weight : 2 * weight), 0);
  return half.map((weight) => weight / sum);
}

/** Along the rows, then along the columns; beyond the edge is paper. */
function blur(from: Uint8Array, to: Uint8Array, bell: readonly number[]): void {
  const between = new Float64Array(PIXELS);
  for (let n = 0; n < PIXELS; n++) {
    const column = n % SIDE;
    for (let d = 1 - bell.length; d < bell.length; d++) {
      if (column + d >= 0 && column + d < SIDE) between[n] += bell[Math.abs(d)] * from[n + d];
    }
  }
  for (let n = 0; n < PIXELS; n++) {
    let sum = 0;
    for (let d = 1 - bell.length; d < bell.length; d++) {
      const at = n + d * SIDE;
      if (at >= 0 && at < PIXELS) sum += bell[Math.abs(d)] * between[at];
    }
    to[n] = Math.round(sum);
  }
}
