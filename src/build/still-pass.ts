import { predictedClass } from '../lib/nn/losses.ts';
import type { Evaluation } from '../lib/nn/network.ts';
import { type Trace, type TraceStep, trace } from '../lib/nn/trace.ts';
import { describeStep } from '../explain/pass-sentences.ts';
import { shippedNetwork } from './shipped-network.ts';
import { siteData } from './site-data.ts';

/** Between these the probability of the right label is neither a guess nor a certainty. */
const UNSURE = { least: 0.3, most: 0.7 };

/** The first of the sample's test images that the original network is unsure of: there is something to blame somebody for. */
export const UNSURE_DIGIT = await unsureDigit();

async function unsureDigit(): Promise<number> {
  const digits = await siteData('sample-test');
  const network = shippedNetwork('original');
  const probabilities = network.predict(digits);
  for (let row = 0; row < digits.count; row++) {
    const p = probabilities[row * network.classes + digits.labels[row]];
    if (p > UNSURE.least && p < UNSURE.most) return row;
  }
  throw new Error('the original network is sure of every digit of the sample');
}

/** The first of the sample's test images that the original network reads wrong. */
export async function misreadDigit(): Promise<number> {
  const digits = await siteData('sample-test');
  const network = shippedNetwork('original');
  const outputs = network.predict(digits);
  const row = Array.from(digits.labels).findIndex(
    (label, n) => predictedClass(outputs, network.classes, n) !== label,
  );
  if (row < 0) throw new Error('the original network reads every digit of the sample right');
  return row;
}

/** The batch of eight that it is in. */
export const FIRST_BATCH: readonly number[] = [8, 9, 10, 11, 12, 13, 14, 15];

/** The original network's pass over one of the sample's test images, computed while the site is built. */
export async function sampleTrace(digit: number): Promise<{ pass: Trace; label: number }> {
  const digits = await siteData('sample-test');
  return { pass: trace(shippedNetwork('original'), digits, digit), label: digits.labels[digit] };
}

/** How the original network fares on all of them. */
export async function sampleEvaluation(): Promise<Evaluation> {
  return shippedNetwork('original').evaluate(await siteData('sample-test'));
}

/** For readers without JavaScript: what each step of a pass does to the unsure digit, in sentences. */
export async function stillPass(of: TraceStep['direction']): Promise<string[]> {
  const { pass } = await sampleTrace(UNSURE_DIGIT);
  return pass.steps.filter(({ direction }) => direction === of).map((step) => describeStep(pass, step));
}
