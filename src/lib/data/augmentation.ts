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
  /** Deviation of the elastic displacement, in pixels (Simard, Steinkraus and Platt 2003). */
  readonly elastic: number;
  /** How far strokes are thickened or thinned, in pixels. */
  readonly thickness: number;
}

/** What strength 1 stands for: about as far as handwriting differs without becoming another digit. */
const FULL: AugmentationOptions = {
  shift: 1.5,
  rotation: 12,
  scaling: 0.12,
  shear: 0.15,
  elastic: 0.8,
  thickness: 0.6,
};

/** @param strength 0 for none, 1 for the usual; everything in proportion */
export function augmentationOfStrength(strength: number): AugmentationOptions {
  return {
    shift: FULL.shift * strength,
    rotation: FULL.rotation * strength,
    scaling: FULL.scaling * strength,
    shear: FULL.shear * strength,
    elastic: FULL.elastic * strength,
    thickness: FULL.thickness * strength,
  };
}

/** The elastic displacement is drawn on a grid of 5 × 5 points over the picture, and interpolated in between. */
const GRID = 5;

/**
 * Distorts pictures, in memory that it keeps from one batch to the next: what a call returns is good until the next.
 */
export class Augmenter {
  readonly #options: AugmentationOptions;
  #values = new Uint8Array(0);
  #labels = new Uint8Array(0);
  readonly #displacementX = new Float64Array(GRID * GRID);
  readonly #displacementY = new Float64Array(GRID * GRID);
  readonly #thickened = new Uint8Array(PIXELS);

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
      const from = rows[i]! * PIXELS;
      const image = (examples.values as Uint8Array).subarray(from, from + PIXELS);
      this.distort(image, values.subarray(i * PIXELS, (i + 1) * PIXELS), random);
      labels[i] = examples.labels[rows[i]!]!;
    }
    return { count, width: PIXELS, values, labels };
  };

  /** One picture of 784 bytes, distorted into another. */
  distort(image: Uint8Array, out: Uint8Array, random: Random): void {
    const { shift, rotation, scaling, shear, elastic, thickness } = this.#options;
    const either = (range: number) => random.between(-range, range);
    const angle = (either(rotation) * Math.PI) / 180;
    const [scaleX, scaleY] = [1 + either(scaling), 1 + either(scaling)];
    const slant = either(shear);
    const [shiftX, shiftY] = [either(shift), either(shift)];
    const amount = either(thickness);
    for (let n = 0; n < GRID * GRID; n++) {
      this.#displacementX[n] = elastic === 0 ? 0 : elastic * random.normal();
      this.#displacementY[n] = elastic === 0 ? 0 : elastic * random.normal();
    }

    const source = this.#thicken(image, amount);
    // Each pixel of the result looks up where it comes from: the inverse of slant, scaling, rotation and shift.
    const [c, s] = [cosine(angle), sine(angle)];
    const [xx, xy] = [c / scaleX + (slant * s) / scaleX, s / scaleX - (slant * c) / scaleX];
    const [yx, yy] = [-s / scaleY, c / scaleY];
    const middle = (SIDE - 1) / 2;
    const cell = (SIDE - 1) / (GRID - 1);
    for (let row = 0; row < SIDE; row++) {
      const dy = row - middle - shiftY;
      const gridRow = Math.min(GRID - 2, Math.floor(row / cell));
      const v = row / cell - gridRow;
      for (let column = 0; column < SIDE; column++) {
        const dx = column - middle - shiftX;
        const gridColumn = Math.min(GRID - 2, Math.floor(column / cell));
        const u = column / cell - gridColumn;
        const at = gridRow * GRID + gridColumn;
        const x = middle + xx * dx + xy * dy + interpolate(this.#displacementX, at, GRID, u, v);
        const y = middle + yx * dx + yy * dy + interpolate(this.#displacementY, at, GRID, u, v);
        out[row * SIDE + column] = sample(source, x, y);
      }
    }
  }

  /** Mixes in the largest (or, to thin, the smallest) of each pixel and its four neighbours. */
  #thicken(image: Uint8Array, amount: number): Uint8Array {
    if (amount === 0) return image;
    const share = Math.min(1, Math.abs(amount));
    const out = this.#thickened;
    for (let n = 0; n < PIXELS; n++) {
      const column = n % SIDE;
      const own = image[n]!;
      const left = column > 0 ? image[n - 1]! : 0;
      const right = column < SIDE - 1 ? image[n + 1]! : 0;
      const above = n >= SIDE ? image[n - SIDE]! : 0;
      const below = n < PIXELS - SIDE ? image[n + SIDE]! : 0;
      const extreme =
        amount > 0 ? Math.max(own, left, right, above, below) : Math.min(own, left, right, above, below);
      out[n] = own + share * (extreme - own) + 0.5;
    }
    return out;
  }
}

/** Bilinear, between the four points of the grid around. */
function interpolate(grid: Float64Array, at: number, columns: number, u: number, v: number): number {
  const above = grid[at]! * (1 - u) + grid[at + 1]! * u;
  const below = grid[at + columns]! * (1 - u) + grid[at + columns + 1]! * u;
  return above * (1 - v) + below * v;
}

/** The picture's value between its pixels, bilinear; beyond its edge is paper. */
function sample(image: Uint8Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < -1 || top < -1 || left >= SIDE || top >= SIDE) return 0;
  const [u, v] = [x - left, y - top];
  const at = top * SIDE + left;
  const [hasLeft, hasRight] = [left >= 0, left < SIDE - 1];
  let [above, below] = [0, 0];
  if (top >= 0) above = (hasLeft ? image[at]! * (1 - u) : 0) + (hasRight ? image[at + 1]! * u : 0);
  if (top < SIDE - 1)
    below = (hasLeft ? image[at + SIDE]! * (1 - u) : 0) + (hasRight ? image[at + SIDE + 1]! * u : 0);
  return Math.round(above * (1 - v) + below * v);
}
