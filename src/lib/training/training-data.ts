import { Augmenter, augmentationOfStrength } from '../data/augmentation.ts';
import { DataError, type Dataset, concatenate, createDataset, subset } from '../data/dataset.ts';
import { stratifiedSplit } from '../data/splits.ts';
import { strokeDigits } from '../ink/stroke-digits.ts';
import type { FitOptions } from '../nn/fit.ts';
import type { Random } from '../nn/random.ts';
import type { Setup } from './setup.ts';

export interface TrainingData {
  readonly training: Dataset;
  /** Held back, never learnt from and never distorted. */
  readonly validation: Dataset | undefined;
  readonly augment: FitOptions['augment'];
}

/**
 * What a set-up makes of a data set: validation images held back, a smaller part taken, pen digits added, distortion.
 *
 * @throws DataError when there are too few images for what the set-up asks
 */
export function prepareTraining(setup: Setup, dataset: Dataset, random: Random): TrainingData {
  const [splitting, choosing, drawing] = [random.fork(), random.fork(), random.fork()];
  if (setup.validation >= dataset.count) {
    throw new DataError(
      `${setup.validation} validation images leave nothing of ${dataset.count} to learn from`,
    );
  }
  let training = dataset;
  let validation: Dataset | undefined;
  if (setup.validation > 0) {
    const { picked, rest } = stratifiedSplit(dataset, setup.validation, splitting);
    validation = subset(dataset, picked, `${dataset.name}, held back`);
    training = subset(dataset, rest);
  }
  if (setup.examples > 0 && setup.examples < training.count) {
    training = subset(training, stratifiedSplit(training, setup.examples, choosing).picked);
  }
  if (setup.penDigits > 0) {
    const { values, labels } = strokeDigits(setup.penDigits, drawing);
    training = concatenate([training, createDataset('pen digits', values, labels)]);
  }
  const augment =
    setup.augmentation > 0 ? new Augmenter(augmentationOfStrength(setup.augmentation)).batch : undefined;
  return { training, validation, augment };
}
