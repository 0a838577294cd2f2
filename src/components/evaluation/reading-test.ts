import { computed, signal } from '@preact/signals';
import { formatCount } from '../../explain/numbers.ts';
import type { HardReading } from '../../lib/experiments/hardest.ts';
import { Random } from '../../lib/nn/random.ts';
import { describeAccuracy } from './accuracy.ts';

/** How many of the hardest are asked about. */
export const ASKED = 20;

export type ReadingTest = ReturnType<typeof createReadingTest>;

/** Some images in an order drawn by lot, to be read without seeing what anybody else says. */
export function createReadingTest(readings: readonly HardReading[], seed = 1) {
  const images = new Random(seed).shuffle([...readings]);
  const answers = signal<readonly number[]>([]);
  return {
    images,
    answers,
    current: computed(() => images[answers.value.length]),
    answer(digit: number): void {
      if (answers.peek().length < images.length) answers.value = [...answers.peek(), digit];
    },
    again(): void {
      answers.value = [];
    },
  };
}

/** Reader and network side by side. */
export function describeScore(images: readonly HardReading[], answers: readonly number[]): string {
  const yours = images.filter(({ label }, n) => label === answers[n]).length;
  const its = images.filter(({ label, read }) => label === read).length;
  const neither = images.filter(({ label, read }, n) => label !== read && label !== answers[n]).length;
  const agreed = images.filter(({ label, read }, n) => label !== read && read === answers[n]).length;
  return `You read ${describeAccuracy(yours, images.length)} as they are labelled, the network ${describeAccuracy(its, images.length)}. Of ${formatCount(neither)} that neither of you reads so, you agree on ${formatCount(agreed)}.`;
}
