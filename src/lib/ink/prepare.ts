import { Raster } from './raster.ts';
import { PAD, type Stroke } from './stroke.ts';

/** The side of the picture that a network reads, and of one block of the pad for each of its pixels. */
const SIDE = 28;
const BLOCK = PAD / SIDE;

/** MNIST's digits are fitted into a square of this side. */
const FIT = 20;
/**
 * Where the centre of mass goes, from the picture's edge: the middle of pixel 14, not the corner before it. Over MNIST's
 * training images the mean is (14.50, 14.49).
 */
export const CENTRE = 14.5;
/**
 * The smallest square of the pad that is taken for a whole digit: a dot of the pen stays a dot, instead of being blown
 * up to a disc that fills the picture.
 */
const LEAST_CROP = 60;
/** The width of MNIST's lines, in pixels. */
const LINE = 2.4;

/** A rectangle in a picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A drawing as a network is shown it. */
export interface Prepared {
  /** (28 × 28) bytes, the kind that a data set has. */
  readonly image: Uint8Array;
}

/** A drawing prepared as MNIST's digits were, with what was done to it on the way. */
export interface MnistPrepared extends Prepared {
  /** What is cut out of the pad, in pad units. */
  readonly crop: Box;
  /** Pad units for each pixel of the picture. */
  readonly unitsPerPixel: number;
  /** Where the crop lies in the picture, in pixels: its corner, moved so that the ink's centre of mass is in the middle. */
  readonly placed: Box;
  /** The ink's centre of mass on the pad, in pad units. */
  readonly centre: { readonly x: number; readonly y: number };
}

/** A drawing whose line was drawn again before it was prepared. */
export interface Redrawn extends MnistPrepared {
  readonly strokes: readonly Stroke[];
}

/** The original's way: each pixel is the mean of a block of 15 × 15. An empty pad gives an empty picture. */
export function blockMeans({ pixels }: Raster): Prepared {
  const image = new Uint8Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      let sum = 0;
      for (let y = row * BLOCK; y < (row + 1) * BLOCK; y++) {
        for (let x = column * BLOCK; x < (column + 1) * BLOCK; x++) sum += pixels[y * PAD + x];
      }
      image[row * SIDE + column] = Math.round(sum / (BLOCK * BLOCK));
    }
  }
  return { image };
}

/**
 * MNIST's own way (LeCun et al. 1998): crop to the ink, fit the longer side to 20 pixels keeping the proportions, and
 * move the centre of mass to the middle of 28 × 28. Every pixel is the mean of the part of the pad that it covers.
 *
 * @returns undefined for an empty pad
 */
export function mnistStyle(raster: Raster): MnistPrepared | undefined {
  return fitted(raster, LEAST_CROP);
}

/** @param leastCrop the side of the smallest square of the pad that is taken for a whole digit */
function fitted(raster: Raster, leastCrop: number): MnistPrepared | undefined {
  const ink = measureInk(raster);
  if (!ink) return undefined;
  const { crop, centre } = ink;
  const unitsPerPixel = Math.max(crop.width, crop.height, leastCrop) / FIT;
  // The picture's corner on the pad.
  const left = centre.x - CENTRE * unitsPerPixel;
  const top = centre.y - CENTRE * unitsPerPixel;
  return {
    image: sampleAreas(raster.pixels, left, top, unitsPerPixel),
    crop,
    unitsPerPixel,
    placed: {
      left: (crop.left - left) / unitsPerPixel,
      top: (crop.top - top) / unitsPerPixel,
      width: crop.width / unitsPerPixel,
      height: crop.height / unitsPerPixel,
    },
    centre,
  };
}

/**
 * What a pen knows and a picture does not: how wide its line is. The strokes are drawn again, as large as MNIST's digits and in a line
 * as wide as MNIST's, whatever the pen's width, and then prepared in MNIST's way. So a wide line on a small digit does not fill
 * its loops. The pressure of the pen is left aside.
 *
 * @returns undefined where there are no strokes; `strokes` as they were drawn again, which is what `crop` and `centre` lie in
 */
export function redrawn(strokes: readonly Stroke[]): Redrawn | undefined {
  if (strokes.length === 0) return undefined;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { points } of strokes) {
    for (const { x, y } of points) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  const scale = ((FIT - LINE) * BLOCK) / Math.max(right - left, bottom - top, LEAST_CROP);
  const again = strokes.map(({ points }) => ({
    width: LINE * BLOCK,
    points: points.map(({ x, y }) => ({
      x: PAD / 2 + scale * (x - (left + right) / 2),
      y: PAD / 2 + scale * (y - (top + bottom) / 2),
      pressure: 0.5,
    })),
  }));
  // Already as large as it is to be: what was small stays small.
  const prepared = fitted(Raster.of(again), FIT * BLOCK);
  return prepared && { ...prepared, strokes: again };
}

/** The smallest box around the ink, and the ink's centre of mass. */
function measureInk({ pixels, inked }: Raster): { crop: Box; centre: { x: number; y: number } } | undefined {
  let [left, right, top, bottom] = [PAD, -1, PAD, -1];
  let [mass, momentX, momentY] = [0, 0, 0];
  for (let y = inked.top; y < inked.bottom; y++) {
    for (let x = inked.left; x < inked.right; x++) {
      const ink = pixels[y * PAD + x];
      if (ink === 0) continue;
      mass += ink;
      momentX += ink * (x + 0.5);
      momentY += ink * (y + 0.5);
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (mass === 0) return undefined;
  return {
    crop: { left, top, width: right + 1 - left, height: bottom + 1 - top },
    centre: { x: momentX / mass, y: momentY / mass },
  };
}

/** 28 × 28 means over squares of `size` pad units, the first at (left, top): what lies off the pad is paper. */
function sampleAreas(pixels: Uint8Array, left: number, top: number, size: number): Uint8Array {
  const columns = coverages(left, size);
  const rows = coverages(top, size);
  const image = new Uint8Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    const { first: firstY, shares: sharesY } = rows[row];
    for (let column = 0; column < SIDE; column++) {
      const { first: firstX, shares: sharesX } = columns[column];
      let sum = 0;
      for (let dy = 0; dy < sharesY.length; dy++) {
        const start = (firstY + dy) * PAD + firstX;
        let line = 0;
        for (let dx = 0; dx < sharesX.length; dx++) line += sharesX[dx] * pixels[start + dx];
        sum += sharesY[dy] * line;
      }
      image[row * SIDE + column] = Math.min(255, Math.round(sum / (size * size)));
    }
  }
  return image;
}

/** For each of 28 intervals of `size` from `start` on: the pad's pixels in it, and how much of each. */
function coverages(start: number, size: number): { first: number; shares: number[] }[] {
  return Array.from({ length: SIDE }, (_, n) => {
    const low = Math.max(0, start + n * size);
    const high = Math.min(PAD, start + (n + 1) * size);
    const first = Math.min(Math.floor(low), PAD);
    const shares: number[] = [];
    for (let pixel = first; pixel < high; pixel++)
      shares.push(Math.min(high, pixel + 1) - Math.max(low, pixel));
    return { first, shares };
  });
}
