import type { Examined, RunEnd } from '../lib/training/examined-runs.ts';
import { formatCount, formatShare, formatSignificant } from './numbers.ts';

/** When half of the right labels were learnt, and half of the wrong ones. */
export function describeOrder(looks: readonly Examined[]): string {
  const [right, wrong] = [halfLearnt(looks, 'rightLabels'), halfLearnt(looks, 'wrongLabels')];
  const last = looks.at(-1)!;
  const atEnd = `At the end ${formatShare(last.wrongLabels)} of the wrong labels are learnt`;
  if (right === undefined) return `Not even half of the right labels are learnt. ${atEnd}.`;
  const first = `Half of the right labels are learnt by epoch ${formatCount(right)}`;
  if (wrong === undefined) return `${first}, half of the wrong ones never. ${atEnd}.`;
  const order = wrong > right ? 'the wrong ones are learnt last' : 'the wrong ones are not learnt later';
  return `${first}, half of the wrong ones by epoch ${formatCount(wrong)}: ${order}. ${atEnd}.`;
}

/** The first look at which half of a group is read as its labels say. */
export function halfLearnt(
  looks: readonly Examined[],
  group: 'rightLabels' | 'wrongLabels',
): number | undefined {
  return looks.find((look) => look[group] >= 0.5)?.epoch;
}

/** Of the test figures: where they were best, before the wrong labels were learnt. */
export function describeBest(looks: readonly Examined[]): string {
  const best = looks.reduce((most, look) => (look.test > most.test ? look : most));
  const last = looks.at(-1)!;
  const then = `By epoch ${formatCount(best.epoch)} it reads ${formatShare(best.test)} of the test images, the most, and has learnt ${formatShare(best.wrongLabels)} of the wrong labels`;
  return best.epoch === last.epoch
    ? `${then}.`
    : `${then}; by epoch ${formatCount(last.epoch)} it reads ${formatShare(last.test)}.`;
}

/** What exceptions cost in length of the weights, and what is left of them where length costs something. */
export function describeLengths(lengths: {
  readonly wrong: Examined;
  readonly right: Examined;
  readonly penalised: Examined;
}): string {
  const { wrong, right, penalised } = lengths;
  const times = wrong.weightNorm / right.weightNorm;
  const length = (look: Examined) => formatSignificant(look.weightNorm);
  return `Learnt with the wrong labels, all the weights together have a length of ${length(wrong)}; learnt from the same images with every label right, ${length(right)}: the exceptions make them ${formatSignificant(times)} times as long. With the penalty they have ${length(penalised)}, and ${formatShare(penalised.wrongLabels)} of the wrong labels are learnt instead of ${formatShare(wrong.wrongLabels)}.`;
}

/** How many of the wrong labels were known at the end, and how many of those who were not. */
export function describeWrong({ wrong }: RunEnd): string {
  const learnt = wrong.filter(({ learntAt }) => learntAt !== undefined).length;
  return `${formatCount(learnt)} of the ${formatCount(wrong.length)} wrong labels are known by heart.`;
}
