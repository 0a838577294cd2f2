import { effect } from '@preact/signals';
import { type Standing, keptAnswer, standingOf } from '../store/exercises.ts';

const MARKS: Readonly<Record<Standing, string>> = { solved: '●', shown: '◐', open: '○' };

/** Marks in the contents of a page what is solved in each of its parts, and in which of them the reader is. */
export function markParts(page: Document): void {
  const heads = [...page.querySelectorAll<HTMLElement>('.chapter h2[id]')];
  const exercises = [...page.querySelectorAll<HTMLElement>('[data-exercise]')].map((element) => ({
    name: element.dataset['exercise'] ?? '',
    part: heads.findLast((head) => isBefore(head, element))?.id,
  }));
  effect(() => {
    const standings = exercises.map(({ name, part }) => ({ part, standing: standingOf(keptAnswer(name)) }));
    for (const link of page.querySelectorAll<HTMLElement>('[data-part][href]')) {
      const own = standings.filter(({ part }) => part === link.dataset['part']);
      const marks = link.querySelector<HTMLElement>('.part-marks')!;
      marks.textContent = own.map(({ standing }) => MARKS[standing]).join('');
      if (own.length === 0) continue;
      marks.role = 'img';
      marks.ariaLabel = `exercises: ${count(own)}`;
    }
    for (const total of page.querySelectorAll('[data-standings]'))
      total.textContent = standings.length > 0 ? `Exercises: ${count(standings, MARKS)}` : '';
  });
  markPlace(page, heads);
}

const isBefore = (one: Node, other: Node) =>
  (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

function count(of: readonly { standing: Standing }[], marks?: typeof MARKS): string {
  const kinds = ['solved', 'shown', 'open'] as const;
  return kinds
    .map((kind) => ({ kind, number: of.filter(({ standing }) => standing === kind).length }))
    .filter(({ kind, number }) => number > 0 || kind === 'solved')
    .map(({ kind, number }) => `${marks ? `${marks[kind]}\u00a0` : ''}${number}\u00a0${kind}`)
    .join(', ');
}

/** The part whose heading was the last to pass the upper third of the window. */
function markPlace(page: Document, heads: readonly HTMLElement[]): void {
  const watcher = new IntersectionObserver(
    () => {
      const now = heads.findLast((head) => head.getBoundingClientRect().top < innerHeight / 3)?.id;
      for (const link of page.querySelectorAll<HTMLElement>('[data-part][href]')) {
        if (link.dataset['part'] === now) link.ariaCurrent = 'location';
        else link.removeAttribute('aria-current');
      }
    },
    // Whatever lies above that line counts as passed, however far: a jump passes many at once.
    { rootMargin: '1000000px 0px -66% 0px' },
  );
  for (const head of heads) watcher.observe(head);
}
