import type { RecallName } from '../src/explain/recall.ts';

/** The numbers in a question, in their order: a minus is one wherever a number follows. */
const numbersIn = (text: string) =>
  [...text.matchAll(/−?\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits.replace('−', '-')));

/** What a reader works out from the numbers that stand in the question, written by hand for each. */
const WORKED: Readonly<Record<RecallName, (n: readonly number[]) => number>> = {
  scale: ([byte]) => byte! / 255,
  relu: ([z]) => Math.max(z!, 0),
  sum: ([w1, w2, b, a]) => w1! * a! + w2! + b!,
  shares: ([p]) => 1 - p!,
  'output-blame': ([label, k, p]) => (label === k ? p! - 1 : p!),
  'weight-gradient': ([delta, a]) => delta! * a!,
  'hidden-blame': ([w1, d1, w2, d2, z]) => (z! > 0 ? w1! * d1! + w2! * d2! : 0),
  mean: ([batch, sum]) => sum! / batch!,
  step: ([w, gradient, rate]) => w! - rate! * gradient!,
  dropout: ([a]) => a! / 0.5,
  precision: ([called, , right]) => right! / called!,
};

export function workedOut(name: RecallName, text: string): number {
  return WORKED[name](numbersIn(text));
}
