import { Augmenter, augmentationOfStrength } from '../data/augmentation.ts';
import { DataError, type Dataset, concatenate, createDataset, subset } from '../data/dataset.ts';
import { stratifiedSplit } from '../data/splits.ts';
import { withWrongLabels } from '../data/wrong-labels.ts';
import { type PenExamples, strokeDigits, strokeOthers } from '../ink/stroke-digits.ts';
import type { FitOptions } from '../nn/fit.ts';
import type { Random } from '../nn/random.ts';
import { type Setup, setupOptions } from './setup.ts';

/** A data set as a run divides it. */
export interface TrainingData {
  readonly training: Dataset;
  /** (training images): the digits that they are, also where their labels were made wrong. */
  readonly truth: Uint8Array;
  /** Held back, never learnt from and never distorted. */
  readonly validation: Dataset | undefined;
  readonly augment: FitOptions['augment'];
}

/**
 * What a set-up makes of a data set: labels made wrong, validation images held back, a smaller part taken, pen digits added,
 * distortion.
 *
 * @throws DataError when there are too few images for what the set-up asks
 */
export function prepareTraining(setup: Setup, dataset: Dataset, random: Random): TrainingData {
  const [splitting, choosing, drawing] = [random.fork(), random.fork(), random.fork()];
  if (setup.validation >= dataset.count) {
    throw new DataError(
      `${setup.validation} validation images leave nothing of ${dataset.count} to learn from: “${setupOptions.validation.label}” must be below ${dataset.count}`,
    );
  }
  // Drawn from only where it is asked for: a seed's other runs stay what they were.
  const given = setup.wrongLabels > 0 ? withWrongLabels(dataset, setup.wrongLabels, random.fork()) : dataset;
  let training = given;
  let { labels: truth } = dataset;
  const take = (rows: Uint32Array) => {
    training = subset(training, rows);
    truth = Uint8Array.from(rows, (row) => truth[row]);
  };
  let validation: Dataset | undefined;
  if (setup.validation > 0) {
    const { picked, rest } = stratifiedSplit(given, setup.validation, splitting);
    validation = subset(given, picked, `${dataset.name}, held back`);
    take(rest);
  }
  if (setup.examples > 0 && setup.examples < training.count) {
    take(stratifiedSplit(training, setup.examples, choosing).picked);
  }
  if (setup.penDigits > 0) {
    const { values, labels } = strokeDigits(setup.penDigits, drawing);
    training = concatenate([training, createDataset('pen digits', values, labels)]);
    truth = Uint8Array.from([...truth, ...labels]);
  }
  if (setup.otherDrawings > 0) {
    const others = strokeOthers(setup.otherDrawings, drawing.fork());
    training = withOthers(training, others);
    truth = Uint8Array.from([...truth, ...others.labels]);
  }
  const augment =
    setup.augmentation > 0 ? new Augmenter(augmentationOfStrength(setup.augmentation)).batch : undefined;
  return { training, truth, validation, augment };
}

/** A data set with drawings that are no digit after its images: for a trainer alone, since their label is `NONE`. */
function withOthers(digits: Dataset, others: PenExamples): Dataset {
  const values = new Uint8Array(digits.values.length + others.values.length);
  values.set(digits.values);
  values.set(others.values, digits.values.length);
  const labels = new Uint8Array(digits.count + others.count);
  labels.set(digits.labels);
  labels.set(others.labels, digits.count);
  return { ...digits, count: labels.length, values, labels };
}

/** How many images a step looks at: what the set-up says, or all that there are where they are fewer. */
export function batchSizeFor({ batchSize }: Setup, images: number): number {
  return Math.min(batchSize, images);
}

/** Says that the batches are smaller than the set-up has them, where they are. */
export function describeCutBatch(setup: Setup, images: number): string | undefined {
  if (batchSizeFor(setup, images) === setup.batchSize) return undefined;
  const few = images === 1 ? 'is only 1 image' : `are only ${images} images`;
  return `There ${few} to learn from, so each step looks at all of them: “${setupOptions.batchSize.label}” ${setup.batchSize} is more than there are.`;
}
