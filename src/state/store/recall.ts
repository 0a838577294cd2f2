import { type RecallName, recallChapter, recallNames } from '../../explain/recall.ts';
import { keep, readKept } from './storage.ts';

const KEY = 'backprop-by-hand/recall';

/** Days until a question comes again, after it was answered right so many times in a row. */
const SPACING = [1, 3, 7, 21, 60] as const;

/** How a question stands: how often in a row it was right, and the day from which it is asked again. */
interface Standing {
  readonly streak: number;
  readonly due: number;
}

type Standings = Readonly<Partial<Record<RecallName, Standing>>>;

const isStandings = (value: unknown): value is Standings =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every(
    (each) => Number.isInteger((each as Standing)?.streak) && Number.isInteger((each as Standing)?.due),
  );

/** Days since 1970: the unit of the schedule. */
export function today(now = Date.now()): number {
  return Math.floor(now / 86_400_000);
}

export function keptStandings(): Standings {
  return readKept(KEY, isStandings) ?? {};
}

/**
 * What a chapter asks of those before it: what is due, longest overdue first, then what was never asked, the latest chapter's first. What
 * was missed is due at once.
 */
export function dueQuestions(
  chapter: number,
  standings: Standings,
  day: number,
  count: number,
): RecallName[] {
  const dueOf = (name: RecallName) => standings[name]?.due ?? Infinity;
  const earlier = recallNames.filter((name) => recallChapter(name) < chapter);
  const due = earlier.filter((name) => dueOf(name) <= day).sort((a, b) => dueOf(a) - dueOf(b));
  const fresh = earlier
    .filter((name) => !standings[name])
    .sort((a, b) => recallChapter(b) - recallChapter(a));
  return [...due, ...fresh].slice(0, count);
}

/** How a question stands after an answer. */
export function standingAfter(before: Standing | undefined, isRight: boolean, day: number): Standing {
  if (!isRight) return { streak: 0, due: day };
  const streak = (before?.streak ?? 0) + 1;
  return { streak, due: day + SPACING[Math.min(streak, SPACING.length) - 1] };
}

/** Keeps what a first answer to a question was. */
export function keepRecall(name: RecallName, isRight: boolean, day = today()): void {
  const standings = keptStandings();
  keep(KEY, { ...standings, [name]: standingAfter(standings[name], isRight, day) });
}
