import { signal } from '@preact/signals';
import { predictedClass } from '../../lib/nn/losses.ts';
import { createDigitPick, nameDigit } from '../../state/digits/digit-pick.ts';
import { createTeaching } from '../../state/run/teaching.ts';
import { pageKernels } from '../../state/site/kernels.ts';
import { loadNetwork } from '../../state/site/networks.ts';

/** Test images that the network reads wrong, offered to be taught. */
const OFFERED = 10;

/** One digit taught to the original network, again and again, and what that does to all others. */
export function createOneLesson() {
  const learningRate = signal(0.02);
  const pick = createDigitPick(0, 'test');
  const teaching = createTeaching();
  const failure = signal<string | undefined>(undefined);
  const isLoading = signal(false);
  const { lesson, past } = teaching;

  return {
    pick,
    learningRate,
    lesson,
    past,
    failure,
    isLoading,
    /** Fetches the 10,000 test digits, and finds some that the network reads wrong. */
    async load(): Promise<void> {
      if (lesson.peek() || isLoading.peek()) return;
      isLoading.value = true;
      try {
        const [{ network }, kernels] = await Promise.all([
          loadNetwork('original'),
          pageKernels(),
          pick.load(),
        ]);
        const dataset = pick.digits.peek()!;
        const outputs = network.predict(dataset);
        const isWrong = (row: number) =>
          predictedClass(outputs, network.classes, row) !== dataset.labels[row];
        pick.offer(Array.from(dataset.labels.keys()).filter(isWrong).slice(0, OFFERED));
        await teaching.begin(
          { model: network.toModel(), loss: network.loss, kernels },
          dataset,
          pick.example.peek()!,
        );
        failure.value = undefined;
      } catch (error) {
        failure.value = `The test digits could not be read: ${(error as Error).message}`;
      } finally {
        isLoading.value = false;
      }
    },
    setLearningRate(rate: number): void {
      learningRate.value = rate;
    },
    /** One step of gradient descent on this digit alone. */
    async step(): Promise<void> {
      const digit = pick.example.peek();
      if (digit)
        await teaching.teach(() => digit, digit, learningRate.peek(), { most: 1, isEnough: () => true });
    },
    /** The network as it was; what has been tried stands in the list. */
    async again(): Promise<void> {
      const [digit, before] = [pick.example.peek(), lesson.peek()];
      if (!digit || !before) return;
      const isLearnt = before.read === digit.labels[0];
      await teaching.again(digit, { digit: nameDigit(pick), isLearnt, learningRate: learningRate.peek() });
    },
    /** Another digit has been picked. */
    async takeDigit(): Promise<void> {
      const digit = pick.example.peek();
      if (digit) await teaching.again(digit);
    },
  };
}
