import type { Evaluation } from '../lib/nn/network.ts';
import { type Trace, type TraceStep, trace } from '../lib/nn/trace.ts';
import { describeStep } from '../state/pass-sentences.ts';
import { shippedNetwork } from './shipped-network.ts';
import { siteData } from './site-data.ts';

/** A 4 of the sample that might be a 9, to the original network: its scores are close enough to play with. */
export const UNSURE_DIGIT = 12;

/** The original network's pass over one of the sample's test images, computed while the site is built. */
export async function sampleTrace(digit: number): Promise<{ pass: Trace; label: number }> {
  const digits = await siteData('sample-test');
  return { pass: trace(shippedNetwork('original'), digits, digit), label: digits.labels[digit]! };
}

/** How the original network fares on all of them. */
export async function sampleEvaluation(): Promise<Evaluation> {
  return shippedNetwork('original').evaluate(await siteData('sample-test'));
}

/** For readers without JavaScript: what each step of a pass does to the first of them, in sentences. */
export async function stillPass(of: TraceStep['direction']): Promise<string[]> {
  const { pass } = await sampleTrace(0);
  return pass.steps.filter(({ direction }) => direction === of).map((step) => describeStep(pass, step));
}
