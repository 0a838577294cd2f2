import { computed, signal } from '@preact/signals';
import { softmax } from '../../lib/nn/kernels/reference.ts';
import { predictedClass } from '../../lib/nn/losses.ts';
import { Matrix } from '../../lib/nn/matrix.ts';
import { naiveSoftmax } from '../../lib/experiments/naive-softmax.ts';
import { formatNumber } from '../../explain/numbers.ts';

/** Scores to move, a temperature to divide them by, and a constant to add to them all; both softmaxes of the result. */
export function createSoftmaxExplorer(start: readonly number[]) {
  const scores = signal<readonly number[]>(start);
  const temperature = signal(1);
  const added = signal(0);

  /** What goes into softmax: (z + c) / T. */
  const logits = computed(() => scores.value.map((score) => (score + added.value) / temperature.value));

  const probabilities = computed(() => {
    const classes = logits.value.length;
    const [Z, P] = [new Matrix('float32', 1, classes), new Matrix('float32', 1, classes)];
    Z.values.set(logits.value);
    softmax(Z, P);
    return P.copy();
  });

  const naive = computed(() => naiveSoftmax(logits.value));

  const sentence = computed(() => {
    const p = probabilities.value;
    const digit = predictedClass(p, p.length);
    const overflows = naive.value.exponentials.some((value) => value === Infinity);
    const trouble = overflows
      ? ' Without subtracting the largest first, an exponential is infinite, and the quotients are not numbers.'
      : ' Without subtracting the largest first, the result is the same so far.';
    return `The largest probability is ${formatNumber(p[digit])}, for ${digit}.${trouble}`;
  });

  return {
    scores,
    temperature,
    added,
    logits,
    probabilities,
    naive,
    sentence,
    setScore(k: number, value: number): void {
      scores.value = scores.value.with(k, value);
    },
    setTemperature(value: number): void {
      temperature.value = value;
    },
    addToAll(value: number): void {
      added.value = value;
    },
    reset(): void {
      scores.value = start;
      temperature.value = 1;
      added.value = 0;
    },
  };
}
