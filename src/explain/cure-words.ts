import { type OverSeeds, changeOverSeeds } from '../lib/experiments/over-seeds.ts';
import { type CureName, type Lesson, curedRun } from '../lib/training/cures.ts';
import type { Setup } from '../lib/training/setup.ts';
import { formatCount, formatDecimals, formatExact, formatShare } from './numbers.ts';

/** What a cure is called, and how strong it is in a run. */
const words: Readonly<Record<CureName, { label: string; strength: (setup: Setup) => string }>> = {
  l2: { label: 'L2', strength: ({ l2 }) => `λ = ${formatExact(l2)}` },
  l1: { label: 'L1', strength: ({ l1 }) => `λ = ${formatExact(l1)}` },
  dropout: { label: 'dropout', strength: ({ dropout }) => `p = ${formatExact(dropout)}` },
  'early-stopping': {
    label: 'early stopping',
    strength: ({ validation, patience }) =>
      `${formatCount(validation)} images held back, patience ${formatCount(patience)}`,
  },
  augmentation: {
    label: 'augmentation',
    strength: ({ augmentation }) => `strength ${formatExact(augmentation)}`,
  },
  'label-smoothing': {
    label: 'label smoothing',
    strength: ({ labelSmoothing }) => formatExact(labelSmoothing),
  },
};

export function cureLabel(cure: CureName): string {
  return words[cure].label;
}

/** `λ = 0.3`: as it is in a lesson. */
export function cureStrength(cure: CureName, lesson: Lesson): string {
  return words[cure].strength(curedRun(lesson, [cure], 1).setup);
}

/** `nothing`, `L2`, `L2, L1 and dropout`. */
export function nameCures(cures: readonly CureName[]): string {
  return cures.length === 0 ? 'nothing' : listed(cures.map(cureLabel));
}

/** `500 images`, `2,000 images, 20 % of their labels wrong`. */
export function nameLesson({ images, wrongLabels }: Lesson): string {
  const many = `${formatCount(images)} images`;
  return wrongLabels === 0 ? many : `${many}, ${formatShare(wrongLabels, 0)} of their labels wrong`;
}

/** What a run came to at its end: shares of what it learnt from and of the test images. */
export interface Outcome {
  readonly training: number;
  readonly test: number;
}

const points = (share: number) => `${formatDecimals(100 * Math.abs(share), 1)} points`;
const signed = (share: number) => `${share < 0 ? '−' : '+'}${points(share)}`;

/** How far what is known by heart is ahead of what is read. */
export function describeGap({ training, test }: Outcome): string {
  const gap = training - test;
  const between = gap >= 0 ? `${points(gap)} less` : `${points(gap)} more, although it has never seen them`;
  return `Of the images that it learns from it reads ${formatShare(training)} as their labels say, of the test images ${formatShare(test)}: ${between}.`;
}

/** Two runs that differ by their cures alone. */
export function describeTrial(without: Outcome, cured: Outcome, cures: readonly CureName[]): string {
  const [before, after] = [without.training - without.test, cured.training - cured.test];
  const change = cured.test - without.test;
  const gap =
    Math.abs(after - before) < 0.0005
      ? 'the gap stays as it was'
      : `the gap goes from ${signed(before)} to ${signed(after)}`;
  const test =
    change === 0
      ? 'and exactly as many test images are read right'
      : `and ${points(change)} ${change > 0 ? 'more' : 'fewer'} of the test images are read right`;
  return `With ${nameCures(cures)} ${gap}, ${test}: ${formatShare(cured.test)}, and ${formatShare(without.test)} without.`;
}

/** A row of the table: the same runs with some cures, one with each seed. */
export interface CuredRow {
  readonly label: string;
  readonly training: OverSeeds;
  readonly test: OverSeeds;
}

/** Mean and standard deviation over the seeds, in percent: `86.7 ± 0.6 %`. */
export function formatOverSeeds({ mean, deviation, values }: OverSeeds): string {
  const middle = formatDecimals(100 * mean, 1);
  return values.length < 2 ? `${middle}\u00a0%` : `${middle} ± ${formatDecimals(100 * deviation, 1)}\u00a0%`;
}

/**
 * Which cures helped: better than without with every seed, worse with every seed, or now this, now that, which is to be told
 * from nothing by no five runs.
 *
 * @param rows the first is that without a cure
 */
export function describeCures([nothing, ...cured]: readonly CuredRow[]): string {
  const { seeds } = changeOverSeeds(nothing.test, nothing.test);
  const rows = cured
    .map(({ label, test }) => ({ label, change: changeOverSeeds(nothing.test, test) }))
    .sort((a, b) => b.change.mean - a.change.mean);
  const named = (some: typeof rows) =>
    listed(some.map(({ label, change }) => `${label} (${signed(change.mean)})`));
  const [better, worse] = [
    rows.filter(({ change }) => change.more === seeds),
    rows.filter(({ change }) => change.less === seeds),
  ];
  const open = rows.filter((row) => !better.includes(row) && !worse.includes(row));
  const all = seeds === 1 ? 'with the one seed' : `with each of the ${formatCount(seeds)} seeds`;
  const said = [
    better.length > 0 && `Better than nothing ${all}: ${named(better)}.`,
    worse.length > 0 && `Worse ${all}: ${named(worse)}.`,
    open.length > 0 && `Better with some seeds and not with others: ${named(open)}.`,
  ];
  const gap = nothing.training.mean - nothing.test.mean;
  return [
    `Without a cure it reads ${formatOverSeeds(nothing.test)} of the test images, ${points(gap)} less than of what it learnt from.`,
    ...said.filter(Boolean),
  ].join(' ');
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
