import type { CodedRun } from '../../explain/figure-code.ts';
import { cureLabel } from '../../explain/cure-words.ts';
import type { CuredRow } from '../../explain/cure-words.ts';
import { overSeeds } from '../../lib/experiments/over-seeds.ts';
import type { ExaminedSetup } from '../../lib/training/examined-runs.ts';
import { type CureName, type Lesson, cureNames, curedRun } from '../../lib/training/cures.ts';
import type { RunSoFar } from '../../state/run/run-queue.ts';

/** Nothing, each cure alone, and two together. */
export const tableRows: readonly { readonly label: string; readonly cures: readonly CureName[] }[] = [
  { label: 'nothing', cures: [] },
  ...cureNames.map((cure) => ({ label: cureLabel(cure), cures: [cure] })),
  { label: 'augmentation and L2', cures: ['augmentation', 'l2'] },
];

/** All runs of a table: each row with the first seed, then each with the second. */
export function tableRuns(lesson: Lesson, seeds: number): ExaminedSetup[] {
  return Array.from({ length: seeds }, (_, at) =>
    tableRows.map(({ cures }) => curedRun(lesson, cures, at + 1)),
  ).flat();
}

/** The first run of each row. */
export function codedTable(lesson: Lesson): CodedRun[] {
  return tableRows.map(({ label, cures }) => ({ name: label, ...curedRun(lesson, cures, 1) }));
}

/** A row as far as its runs are done: nothing where none is. */
export function rowSoFar(runs: readonly RunSoFar[], row: number): CuredRow | undefined {
  const ends = runs.flatMap(({ end }, n) => (n % tableRows.length === row && end ? [end.last] : []));
  if (ends.length === 0) return undefined;
  return {
    label: tableRows[row].label,
    training: overSeeds(ends.map(({ training }) => training)),
    test: overSeeds(ends.map(({ test }) => test)),
  };
}
