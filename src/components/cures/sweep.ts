import type { CodedRun } from '../../explain/figure-code.ts';
import type { SweepPoint } from '../../explain/sweep-words.ts';
import { overSeeds } from '../../lib/experiments/over-seeds.ts';
import type { ExaminedSetup } from '../../lib/training/examined-runs.ts';
import { type CureName, type Lesson, SIZES, WIDTHS, sizedRun, widthRun } from '../../lib/training/cures.ts';
import type { RunSoFar } from '../../state/run/run-queue.ts';

/** Where nothing else is asked for. */
export const USUAL_SEEDS = 2;

/** Runs of one sweep, each a size, a line of the chart and a seed, the longest first: so that no worker waits at the end. */
export interface SweepRun {
  readonly size: number;
  readonly line: number;
  readonly run: ExaminedSetup;
}

/** Where the sizes may end: the largest take their time. */
export const ENDS = [3000, 10_000, 60_000];

/** More and more images, up to so many, without a cure and with one. */
export function sizeSweep(cure: CureName, seeds: number, most: number): SweepRun[] {
  const sizes = SIZES.filter((size) => size <= most);
  return sweep(sizes, [[], [cure]], seeds, (size, cures, seed) => sizedRun(size, cures, seed));
}

/** More and more units, without a cure. */
export function widthSweep(lesson: Lesson, seeds: number): SweepRun[] {
  return sweep(WIDTHS, [[]], seeds, (size, _, seed) => widthRun(size, lesson, seed));
}

function sweep(
  sizes: readonly number[],
  lines: readonly (readonly CureName[])[],
  seeds: number,
  runOf: (size: number, cures: readonly CureName[], seed: number) => ExaminedSetup,
): SweepRun[] {
  return sizes
    .flatMap((size) =>
      lines.flatMap((cures, line) =>
        Array.from({ length: seeds }, (_, at) => ({ size, line, run: runOf(size, cures, at + 1) })),
      ),
    )
    .reverse();
}

/** The runs by name, the first seed of each. @param lines what each line of the chart is */
export function codedSweep(sweep: readonly SweepRun[], axis: string, lines: readonly string[]): CodedRun[] {
  return sweep
    .filter(({ run }) => run.setup.seed === 1)
    .map(({ size, line, run }) => ({ name: `${size} ${axis}, ${lines[line]}`, ...run }))
    .reverse();
}

/** The points of a line, as far as their runs are done, in the order of their sizes. */
export function pointsSoFar(
  sweep: readonly SweepRun[],
  runs: readonly RunSoFar[],
  line: number,
): SweepPoint[] {
  const bySize = new Map<number, { training: number[]; test: number[] }>();
  sweep.forEach((each, n) => {
    const end = runs[n]?.end?.last;
    if (each.line !== line || !end) return;
    const point = bySize.get(each.size) ?? { training: [], test: [] };
    point.training.push(end.training);
    point.test.push(end.test);
    bySize.set(each.size, point);
  });
  return [...bySize]
    .sort(([a], [b]) => a - b)
    .map(([size, { training, test }]) => ({
      size,
      training: overSeeds(training),
      test: overSeeds(test),
    }));
}
