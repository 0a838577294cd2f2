import type { NetworkModel } from '../../lib/nn/model.ts';
import { describeAccuracy } from './accuracy.ts';
import { candidate, reviewerWith } from './examination.ts';

/** Images read right of each set. */
export interface Marks {
  readonly train: number;
  readonly test: number;
}

export interface LeakFound {
  readonly honest: Marks;
  readonly leaky: Marks;
  /** The network of the chapters, which has never learnt from a test image. */
  readonly original: Marks;
}

export const TRAINING_IMAGES = 60_000;
export const TEST_IMAGES = 10_000;
export const HONEST_EPOCHS = 4;
const LEAKED_EPOCHS = 30;
const EPOCHS_A_CALL = 5;
const SEED = 1;

/** Trains a network on the training images, and then, as one must not, on the test images; measures it before and after. */
export async function makeLeak(_: undefined, said: (share: number) => void): Promise<LeakFound> {
  const review = await reviewerWith(['train', 'test'], (share) => said(share / 2));
  const original = await candidate('original');
  const marksOf = async (given: { model: NetworkModel; loss: typeof original.loss }): Promise<Marks> => {
    const right = async (dataset: 'train' | 'test', count: number) =>
      Math.round((await review.evaluate({ ...given, dataset })).accuracy * count);
    return { train: await right('train', TRAINING_IMAGES), test: await right('test', TEST_IMAGES) };
  };
  const calls = HONEST_EPOCHS + LEAKED_EPOCHS / EPOCHS_A_CALL;
  let model: NetworkModel | undefined;
  let [epochs, done] = [0, 0];
  const go = async (dataset: 'train' | 'test', by: number) => {
    const from = model && { model, epochs };
    model = await review.train({ dataset, seed: SEED, from, until: epochs + by });
    epochs += by;
    said(0.5 + (0.5 * ++done) / (calls + 1));
    return model;
  };
  for (let epoch = 0; epoch < HONEST_EPOCHS; epoch++) await go('train', 1);
  const honest = await marksOf({ model: model!, loss: 'cross-entropy' });
  while (epochs < HONEST_EPOCHS + LEAKED_EPOCHS) await go('test', EPOCHS_A_CALL);
  const leaky = await marksOf({ model: model!, loss: 'cross-entropy' });
  return { honest, leaky, original: await marksOf(original) };
}

export function describeLeak({ leaky, original }: LeakFound): string {
  return `It reads ${describeAccuracy(leaky.train, TRAINING_IMAGES)} of the training images right, and ${describeAccuracy(leaky.test, TEST_IMAGES)} of the test images. The network of these chapters: ${describeAccuracy(original.train, TRAINING_IMAGES)} and ${describeAccuracy(original.test, TEST_IMAGES)}.`;
}
