import { cosine, sine } from '../nn/elementary.ts';
import type { Examples } from '../nn/examples.ts';
import type { Random } from '../nn/random.ts';
import { PIXELS, SIDE } from './dataset.ts';

/** How far a picture may be changed, each way drawn anew for each picture. */
export interface AugmentationOptions {
  /** Pixels, each way. */
  readonly shift: number;
  /** Degrees, each way. */
  readonly rotation: number;
  /** Share of the size, larger or smaller, each direction by itself: 0.1 is 10 per cent. */
  readonly scaling: number;
  /** Slant, as sideways pixels for each pixel up. */
  readonly shear: number;
  /** Deviation of the elastic displacement, in pixels, along each direction (Simard, Steinkraus and Platt 2003). */
  readonly elastic: number;
}

/**
 * What strength 1 stands for: about as far as handwriting differs without becoming another digit. MNIST's digits lie with their
 * centre of mass in the middle, and so do those of the pad: they are hardly shifted.
 */
const FULL: AugmentationOptions = {
  shift: 0.5,
  rotation: 12,
  scaling: 0.12,
  shear: 0.15,
  elastic: 1.1,
};

/** @param strength 0 for none, 1 for the usual; everything in proportion */
export function augmentationOfStrength(strength: number): AugmentationOptions {
  return {
    shift: FULL.shift * strength,
    rotation: FULL.rotation * strength,
    scaling: FULL.scaling * strength,
    shear: FULL.shear * strength,
    elastic: FULL.elastic * strength,
  };
}

/**
 * The elastic displacement is a cubic B-spline over 6 × 6 random numbers: about as smooth as noise that a bell of a deviation of 5 pixels
 * has passed over (Cireşan et al. 2010). In each pixel it is the weighted sum of 4 × 4 of them.
 */
const CELLS = 3;
const GRID = CELLS + 3;
/** For each row or column of the picture: the first of its four grid points, and their four weights. */
const FIRST = new Uint8Array(SIDE);
const WEIGHTS = new Float64Array(4 * SIDE);
for (let n = 0; n < SIDE; n++) {
  const at = (n * CELLS) / (SIDE - 1);
  FIRST[n] = Math.min(CELLS - 1, Math.floor(at));
  const t = at - FIRST[n];
  WEIGHTS[4 * n] = (1 - t) ** 3 / 6;
  WEIGHTS[4 * n + 1] = (3 * t ** 3 - 6 * t ** 2 + 4) / 6;
  WEIGHTS[4 * n + 2] = (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6;
  WEIGHTS[4 * n + 3] = t ** 3 / 6;
}
/** What the spline leaves of the random numbers' deviation: the mean of Σ weights², once for each direction. */
const KEPT = WEIGHTS.reduce((sum, w) => sum + w * w, 0) / SIDE;

/** A picture with a margin of paper, so that nothing needs to be asked at its edge. */
const MARGIN = 2;
const WIDE = SIDE + 2 * MARGIN;

/**
 * Distorts pictures, in memory that it keeps from one batch to the next: what a call returns is good until the next.
 */
export class Augmenter {
  readonly #options: AugmentationOptions;
  #values = new Uint8Array(0);
  #labels = new Uint8Array(0);
  readonly #gridX = new Float64Array(GRID * GRID);
  readonly #gridY = new Float64Array(GRID * GRID);
  /** The grids' columns, weighted for one row of the picture. */
  readonly #rowX = new Float64Array(GRID);
  readonly #rowY = new Float64Array(GRID);
  readonly #source = new Uint8Array(WIDE * WIDE);

  constructor(options: AugmentationOptions) {
    this.#options = options;
  }

  /** The given rows of the examples, each distorted: what `fit` takes as `augment`. */
  readonly batch = (examples: Examples, rows: Uint32Array, random: Random): Examples => {
    const count = rows.length;
    if (this.#labels.length < count) {
      this.#values = new Uint8Array(count * PIXELS);
      this.#labels = new Uint8Array(count);
    }
    const values = this.#values.subarray(0, count * PIXELS);
    const labels = this.#labels.subarray(0, count);
    for (let i = 0; i < count; i++) {
      const from = rows[i] * PIXELS;
      const image = (examples.values as Uint8Array).subarray(from, from + PIXELS);
      this.distort(image, values.subarray(i * PIXELS, (i + 1) * PIXELS), random);
      labels[i] = examples.labels[rows[i]];
    }
    return { count, width: PIXELS, values, labels };
  };

  /** One picture of 784 bytes, distorted into another. */
  distort(image: Uint8Array, out: Uint8Array, random: Random): void {
    const { shift, rotation, scaling, shear, elastic } = this.#options;
    const either = (range: number) => random.between(-range, range);
    const angle = (either(rotation) * Math.PI) / 180;
    const [scaleX, scaleY] = [1 + either(scaling), 1 + either(scaling)];
    const slant = either(shear);
    const [shiftX, shiftY] = [either(shift), either(shift)];
    // Evenly drawn numbers have a deviation of 1 from −√3 to √3; the spline's sums of sixteen are as good as normal.
    const reach = (Math.sqrt(3) * elastic) / KEPT;
    for (let n = 0; n < GRID * GRID; n++) {
      this.#gridX[n] = either(reach);
      this.#gridY[n] = either(reach);
    }
    const source = this.#source;
    for (let row = 0; row < SIDE; row++)
      source.set(image.subarray(row * SIDE, (row + 1) * SIDE), (row + MARGIN) * WIDE + MARGIN);

    // Each pixel of the result looks up where it comes from: the inverse of slant, scaling, rotation and shift.
    const [c, s] = [cosine(angle), sine(angle)];
    const [xx, xy] = [c / scaleX + (slant * s) / scaleX, s / scaleX - (slant * c) / scaleX];
    const [yx, yy] = [-s / scaleY, c / scaleY];
    const middle = (SIDE - 1) / 2;
    const [rowX, rowY] = [this.#rowX, this.#rowY];
    for (let row = 0; row < SIDE; row++) {
      const dy = row - middle - shiftY;
      weightRow(this.#gridX, row, rowX);
      weightRow(this.#gridY, row, rowY);
      for (let column = 0; column < SIDE; column++) {
        const dx = column - middle - shiftX;
        const x = middle + xx * dx + xy * dy + weightColumn(rowX, column);
        const y = middle + yx * dx + yy * dy + weightColumn(rowY, column);
        out[row * SIDE + column] = between(source, x, y);
      }
    }
  }
}

/** For one row of the picture: each column of the grid, its four points weighted into one. */
function weightRow(grid: Float64Array, row: number, into: Float64Array): void {
  const at = FIRST[row] * GRID;
  const w = 4 * row;
  for (let n = 0; n < GRID; n++) {
    into[n] =
      WEIGHTS[w] * grid[at + n] +
      WEIGHTS[w + 1] * grid[at + GRID + n] +
      WEIGHTS[w + 2] * grid[at + 2 * GRID + n] +
      WEIGHTS[w + 3] * grid[at + 3 * GRID + n];
  }
}

function weightColumn(row: Float64Array, column: number): number {
  const at = FIRST[column];
  const w = 4 * column;
  return (
    WEIGHTS[w] * row[at] +
    WEIGHTS[w + 1] * row[at + 1] +
    WEIGHTS[w + 2] * row[at + 2] +
    WEIGHTS[w + 3] * row[at + 3]
  );
}

/** Bilinear, in a picture with its margin: what `sampleBetween` is without one. */
function between(source: Uint8Array, x: number, y: number): number {
  if (!(x > -1 && y > -1 && x < SIDE && y < SIDE)) return 0;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const at = (top + MARGIN) * WIDE + left + MARGIN;
  const a = source[at];
  const b = source[at + 1];
  const c = source[at + WIDE];
  const d = source[at + WIDE + 1];
  if ((a | b | c | d) === 0) return 0;
  const u = x - left;
  const v = y - top;
  return Math.round((a * (1 - u) + b * u) * (1 - v) + (c * (1 - u) + d * u) * v);
}

/** The picture's value between its pixels, bilinear; beyond its edge is paper. */
export function sampleBetween(image: Uint8Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < -1 || top < -1 || left >= SIDE || top >= SIDE) return 0;
  const [u, v] = [x - left, y - top];
  const at = top * SIDE + left;
  const [hasLeft, hasRight] = [left >= 0, left < SIDE - 1];
  let [above, below] = [0, 0];
  if (top >= 0) above = (hasLeft ? image[at] * (1 - u) : 0) + (hasRight ? image[at + 1] * u : 0);
  if (top < SIDE - 1)
    below = (hasLeft ? image[at + SIDE] * (1 - u) : 0) + (hasRight ? image[at + SIDE + 1] * u : 0);
  return Math.round(above * (1 - v) + below * v);
}
