import type { Dataset } from '../../lib/data/dataset.ts';
import type { Remote } from './worker-client.ts';
import { isShared } from './hand-dataset.ts';

/** Bytes that the workers of one pool may take beyond what they share with the page. */
const MOST_BYTES = 400e6;

/** What decides how many workers there are. */
export interface PoolNeeds {
  readonly runs: number;
  readonly cores: number;
  /** Bytes of the data that all runs learn from. */
  readonly dataBytes: number;
  readonly isShared: boolean;
  /** How often a worker copies the data for its own use: parts of it, prepared. */
  readonly copies: number;
}

/** Which runs a worker has, by their numbers. */
export interface Member<T> {
  readonly worker: Remote<T>;
  readonly runs: readonly number[];
}

export interface Pool<T> {
  readonly members: readonly Member<T>[];
  /** For the page: how many workers there are, and what they hold in memory. */
  readonly described: string;
  readonly end: () => void;
}

/**
 * How many workers some runs are given. All cores of a machine with two: the page itself only draws a curve a few times a
 * second, and the system gives it its turn. Of more cores one is left free for it. Never more than runs, nor than fit into
 * the memory that is allowed.
 */
export function workersFor(needs: PoolNeeds): number {
  const { runs, cores } = needs;
  const free = cores <= 2 ? cores : cores - 1;
  return Math.max(1, Math.min(runs, free, Math.floor(MOST_BYTES / bytesEach(needs))));
}

/**
 * Workers for runs side by side. A worker has the same runs from beginning to end, and gives them their turns, so that all
 * curves grow together however few workers there are.
 */
export function startPool<T>(start: () => Remote<T>, needs: PoolNeeds): Pool<T> {
  const count = workersFor(needs);
  const members = Array.from({ length: count }, (_, at) => ({
    worker: start(),
    runs: Array.from({ length: needs.runs }, (_, run) => run).filter((run) => run % count === at),
  }));
  return {
    members,
    described: describe(count, needs),
    end() {
      for (const { worker } of members) worker.end();
    },
  };
}

/** Of the data: what a pool needs to know. */
export function dataNeeds(...datasets: readonly Dataset[]): Pick<PoolNeeds, 'dataBytes' | 'isShared'> {
  return {
    dataBytes: datasets.reduce((sum, { values, labels }) => sum + values.length + labels.length, 0),
    isShared: datasets.every(isShared),
  };
}

function bytesEach({ dataBytes, isShared, copies }: PoolNeeds): number {
  return dataBytes * (copies + (isShared ? 0 : 1));
}

function describe(count: number, needs: PoolNeeds): string {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  const [each, work] =
    count === 1
      ? ['the worker', 'One worker trains them']
      : ['each worker', `${count} workers train at once`];
  const own = bytesEach(needs);
  if (!needs.isShared) return `${work}; ${each} holds ${megabytes(own)} of digits.`;
  const prepared = own > 0 ? `, and ${each} prepares ${megabytes(own)} from it` : '';
  return `${work}; they read ${megabytes(needs.dataBytes)} of digits in memory that is shared${prepared}.`;
}
