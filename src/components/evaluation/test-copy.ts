import { computed, signal } from '@preact/signals';
import { formatCount } from '../../explain/numbers.ts';
import { DIGITS } from '../../lib/data/dataset.ts';
import type { HardReading } from '../../lib/experiments/hardest.ts';
import { keep, readKept } from '../../state/store/storage.ts';
import { describeAccuracy } from './accuracy.ts';

/** What the reader has done with one image of the copy: given it another label, or dropped it. */
export interface TestChange {
  readonly row: number;
  /** Nothing where it was dropped. */
  readonly label?: number;
}

const KEY = 'backprop-by-hand/test-copy';
const MOST = 10_000;

const changes = signal<readonly TestChange[]>([]);

function change(next: readonly TestChange[]): void {
  changes.value = next;
  keep(KEY, next, 'closed');
}

const without = (rows: readonly number[]) => changes.peek().filter(({ row }) => !rows.includes(row));

/**
 * The reader's own copy of the test set, as what differs from it: in the order in which it was done, and for this visit. The test
 * set itself, and every other figure, stay as they are.
 */
export const testCopy = {
  changes: computed(() => changes.value),
  /** Finds what was done earlier in this visit. */
  find(): void {
    const kept = changes.peek().length === 0 ? readKept(KEY, isChanges, 'closed') : undefined;
    if (kept) changes.value = kept;
  },
  drop(rows: readonly number[]): void {
    change([...without(rows), ...rows.map((row) => ({ row }))]);
  },
  relabel(row: number, label: number): void {
    change([...without([row]), { row, label }]);
  },
  undo(row: number): void {
    change(without([row]));
  },
  undoAll(): void {
    change([]);
  },
};

function isChanges(value: unknown): value is TestChange[] {
  const isRow = (row: unknown) => Number.isInteger(row) && Number(row) >= 0 && Number(row) < MOST;
  const isLabel = (label: unknown) =>
    label === undefined || (Number.isInteger(label) && Number(label) >= 0 && Number(label) < DIGITS);
  return (
    Array.isArray(value) &&
    value.every((each: Partial<TestChange> | null) => each && isRow(each.row) && isLabel(each.label)) &&
    new Set(value.map(({ row }) => row)).size === value.length
  );
}

/** The readings with the labels of the copy, without those that were dropped. */
export function readingsInCopy(
  readings: readonly HardReading[],
  changed: readonly TestChange[],
): readonly HardReading[] {
  if (changed.length === 0) return readings;
  const byRow = new Map(changed.map((each) => [each.row, each]));
  return readings.flatMap((reading) => {
    const own = byRow.get(reading.row);
    if (!own) return [reading];
    return own.label === undefined ? [] : [{ ...reading, label: own.label }];
  });
}

/** What the copy has done to the number, in a sentence. */
export function describeCopy(readings: readonly HardReading[], changed: readonly TestChange[]): string {
  const copy = readingsInCopy(readings, changed);
  const right = (those: readonly HardReading[]) => those.filter(({ label, read }) => label === read).length;
  const dropped = changed.filter(({ label }) => label === undefined).length;
  const relabelled = changed.length - dropped;
  const images = (count: number) => `${formatCount(count)} ${count === 1 ? 'image' : 'images'}`;
  const done = [
    ...(dropped > 0 ? [`${images(dropped)} dropped`] : []),
    ...(relabelled > 0 ? [`${images(relabelled)} given another label`] : []),
  ].join(' and ');
  const now =
    copy.length === 0
      ? 'there is nothing left to read'
      : `it reads ${describeAccuracy(right(copy), copy.length)} right`;
  return `In your copy of the test set, with ${done}, ${now}. Of the test set itself it reads ${describeAccuracy(right(readings), readings.length)}. It is the same network.`;
}
