import { DataError, type Dataset, PIXELS, SIDE, createDataset, imageOf } from './dataset.ts';

/** What to do with pictures that are not as MNIST's, white ink upright on black paper; undefined: find out, and ask. */
export interface Appearance {
  /** Black ink on white paper becomes ink on paper as it is here: 0 is paper. */
  readonly invert?: boolean | undefined;
  /** Rows become columns: pictures of EMNIST lie on their side. */
  readonly turn?: boolean | undefined;
}

/** What a file leaves open and its reader must say: the message asks it. */
export class DataQuestion extends DataError {
  readonly about: 'label' | keyof Appearance;

  constructor(about: 'label' | keyof Appearance, message: string) {
    super(message);
    this.about = about;
  }
}

/** So many ones tell whether pictures lie on their side. */
const FEWEST_ONES = 3;
/** A one lies when its ink spreads so many times more across than down (variances). */
const LYING = 1.5;

/**
 * The data set with its pictures inverted or turned as asked.
 *
 * @throws DataQuestion when most pictures seem to need it, and nothing was said about it
 */
export function withAppearance(dataset: Dataset, { invert, turn }: Appearance): Dataset {
  if (invert === undefined && isOnWhitePaper(dataset)) {
    throw new DataQuestion(
      'invert',
      `${dataset.name}: most of its pictures are dark on white paper, where 0 should be paper and 255 ink: say whether to invert them`,
    );
  }
  const inked = invert ? mapped(dataset, (image, n) => 255 - image[n]) : dataset;
  if (turn === undefined && liesOnItsSide(inked)) {
    throw new DataQuestion(
      'turn',
      `${dataset.name}: its ones lie on their side, as EMNIST's pictures do: say whether to turn them over, rows for columns`,
    );
  }
  return turn ? mapped(inked, (image, n) => image[(n % SIDE) * SIDE + Math.floor(n / SIDE)]) : inked;
}

/** Whether in most pictures the outermost pixels, where no ink reaches, are nearer to 255. */
function isOnWhitePaper(dataset: Dataset): boolean {
  let white = 0;
  for (let i = 0; i < dataset.count; i++) {
    const image = imageOf(dataset, i);
    let sum = 0;
    for (let n = 0; n < SIDE; n++) {
      sum += image[n] + image[PIXELS - 1 - n] + image[n * SIDE] + image[n * SIDE + SIDE - 1];
    }
    if (sum > 4 * SIDE * 127.5) white++;
  }
  return white > dataset.count / 2;
}

/** Whether nearly all ones, the only digit that is always upright and narrow, are wider than they are high. */
function liesOnItsSide(dataset: Dataset): boolean {
  let [ones, lying] = [0, 0];
  for (let i = 0; i < dataset.count; i++) {
    if (dataset.labels[i] !== 1) continue;
    ones++;
    const { across, down } = spreadOfInk(imageOf(dataset, i));
    if (across > LYING * down) lying++;
  }
  return ones >= FEWEST_ONES && lying >= 0.8 * ones;
}

/** The variance of where the ink lies, in pixels², across and down. */
function spreadOfInk(image: Uint8Array): { across: number; down: number } {
  let [sum, x, y, xx, yy] = [0, 0, 0, 0, 0];
  for (let n = 0; n < PIXELS; n++) {
    const [column, row] = [n % SIDE, Math.floor(n / SIDE)];
    sum += image[n];
    x += image[n] * column;
    y += image[n] * row;
    xx += image[n] * column * column;
    yy += image[n] * row * row;
  }
  if (sum === 0) return { across: 0, down: 0 };
  return { across: xx / sum - (x / sum) ** 2, down: yy / sum - (y / sum) ** 2 };
}

function mapped(dataset: Dataset, pixel: (image: Uint8Array, n: number) => number): Dataset {
  const values = new Uint8Array(dataset.values.length);
  for (let i = 0; i < dataset.count; i++) {
    const image = imageOf(dataset, i);
    for (let n = 0; n < PIXELS; n++) values[i * PIXELS + n] = pixel(image, n);
  }
  return createDataset(dataset.name, values, dataset.labels);
}
