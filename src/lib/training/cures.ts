import type { ExaminedSetup } from './examined-runs.ts';
import { type Setup, parseSetup } from './setup.ts';

/** What keeps a network from learning its examples by heart, or is to. */
export const cureNames = [
  'l2',
  'l1',
  'dropout',
  'early-stopping',
  'augmentation',
  'label-smoothing',
] as const;

export type CureName = (typeof cureNames)[number];

/** What there is to learn, and for which network. */
export interface Lesson {
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  readonly images: number;
  /** Share of the images that carry the label of another digit. */
  readonly wrongLabels: number;
}

/** The two lessons of chapter 6: few images and no mistake in them; more of them, and every fifth label wrong. */
export const lessons = {
  clean: { hidden: [128], images: 500, wrongLabels: 0 },
  noisy: { hidden: [128], images: 2000, wrongLabels: 0.2 },
} satisfies Record<string, Lesson>;

/** The same strengths for all lessons. */
const changes: Readonly<Record<CureName, (lesson: Lesson) => Partial<Setup>>> = {
  l2: () => ({ l2: 1 }),
  l1: () => ({ l1: 0.1 }),
  dropout: () => ({ dropout: 0.5 }),
  'early-stopping': ({ images }) => ({ validation: images / 5, patience: 5 }),
  augmentation: () => ({ augmentation: 1 }),
  'label-smoothing': () => ({ labelSmoothing: 0.1 }),
};

const EPOCHS = 100;

/**
 * A lesson learnt with some cures, or with none. With one seed all have the same first weights, images and wrong labels, and the
 * same batches in the same order, but for early stopping, which has fewer images to learn from.
 *
 * @param looks after which epochs; at the end when nothing is said
 */
export function curedRun(
  lesson: Lesson,
  cures: readonly CureName[],
  seed: number,
  looks: readonly number[] = [],
): ExaminedSetup {
  const base = parseSetup({ optimizer: 'adam', learningRate: '0.001', batchSize: '50' });
  let setup: Setup = {
    ...base,
    layers: [784, ...lesson.hidden, 10],
    wrongLabels: lesson.wrongLabels,
    epochs: EPOCHS,
    seed,
  };
  for (const cure of cures) setup = { ...setup, ...changes[cure](lesson) };
  return { setup, images: lesson.images, looks };
}

/** Of these the curves are drawn: each of the first epochs, then ever fewer. */
export function looksOver(epochs: number): number[] {
  const looks = [0];
  for (let epoch = 1; epoch <= epochs; epoch = Math.max(epoch + 1, Math.round(epoch * 1.15)))
    looks.push(epoch);
  return looks;
}

/** How many images there are to learn from, where that is what differs. */
export const SIZES = [100, 300, 1000, 3000, 10_000, 60_000] as const;
/** How many hidden units, where that is. */
export const WIDTHS = [2, 4, 8, 12, 16, 24, 32, 64, 128, 256, 512, 1000] as const;

/** Images seen in all, where there are many of them: as many epochs as that makes, within bounds. */
const IMAGES_SEEN = 600_000;

/** A run on so many images without mistakes: fewer epochs where there are more of them. */
export function sizedRun(images: number, cures: readonly CureName[], seed: number): ExaminedSetup {
  const run = curedRun({ ...lessons.clean, images }, cures, seed);
  const epochs = Math.min(EPOCHS, Math.round(IMAGES_SEEN / images));
  return { ...run, setup: { ...run.setup, epochs } };
}

/** A run of a network with so many hidden units, without a cure. */
export function widthRun(units: number, lesson: Lesson, seed: number): ExaminedSetup {
  return curedRun({ ...lesson, hidden: [units] }, [], seed);
}

/** The experiment that this site began with, as it was published, and the epochs after which ours is looked at. */
export const published = { training: 0.9928, test: 0.9754, epochs: 1000, minutes: 45 };

/** The same recipe here: with the seed of the network that the site ships. */
export function publishedRun(epochs = published.epochs): ExaminedSetup {
  const setup = parseSetup({
    layers: '784,32,32,10',
    batchSize: '128',
    learningRate: '0.01',
    l2: '0.1',
    epochs: String(epochs),
    seed: '7',
  });
  return { setup, images: 60_000, looks: looksOver(epochs) };
}
