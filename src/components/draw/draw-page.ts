import { computed, effect, signal } from '@preact/signals';
import { pixelVotes } from '../../lib/experiments/pixel-votes.ts';
import { countClearParts } from '../../lib/ink/split-strokes.ts';
import { createDrawing } from '../../state/digits/drawing.ts';
import { createNumberReading } from '../../state/digits/number-reading.ts';
import { findOwnDrawing, keepOwnDrawing, ownDrawing } from '../../state/digits/own-drawing.ts';
import { passOf } from '../../state/digits/read-through.ts';

/** What is on the pad is read as: one digit, or several in a row. */
export type Reads = 'digit' | 'number';

/** Milliseconds without a stroke after which the drawing is kept. */
const REST = 400;

/** The pad of the page, which all its figures look at. */
export const drawing = createDrawing();
export const pass = passOf(drawing, () => drawing.opened.value?.network);
const number = createNumberReading(drawing);

const chosenReads = signal<Reads>('digit');
const chosenScore = signal<number | undefined>(undefined);
const said = signal<number | undefined>(undefined);

export const reads = computed(() => chosenReads.value);
export const digits = computed(() => (reads.value === 'number' ? number.digits.value : undefined));
export const sentence = computed(() =>
  reads.value === 'number' ? number.sentence.value : drawing.sentence.value,
);

/** Whether what is read as one digit looks like several. */
export const looksLikeSeveral = computed(
  () => reads.value === 'digit' && countClearParts(drawing.sheet.value.strokes) > 1,
);

/** The digit whose score is taken apart: the answer, until the reader wants another. */
export const scoreOf = computed(() => chosenScore.value ?? drawing.reading.value?.digit);
export const votes = computed(() => {
  const [through, digit] = [pass.value, scoreOf.value];
  return through && digit !== undefined && digit >= 0 ? pixelVotes(through, digit) : undefined;
});

/** What the reader says the drawing is. */
export const label = computed(() => said.value);

export function readAs(next: Reads): void {
  chosenReads.value = next;
}

/** @param digit the answer, where it is left out */
export function chooseScore(digit: number | undefined): void {
  chosenScore.value = digit;
}

export function sayLabel(digit: number): void {
  said.value = digit;
}

let hasBegun = false;

/** Fetches a network, brings the reader's drawing from the pages before, and keeps what is drawn for those to come. */
export function beginDrawPage(): void {
  if (hasBegun) return;
  hasBegun = true;
  void drawing.begin();
  findOwnDrawing();
  const from = ownDrawing.peek();
  if (from) drawing.putOn(from.strokes);
  said.value = from?.label;
  let later: ReturnType<typeof setTimeout> | undefined;
  let before = drawing.sheet.peek();
  effect(() => {
    const { value: sheet } = drawing.sheet;
    if (sheet === before) return;
    before = sheet;
    clearTimeout(later);
    // Another drawing: nobody has said yet what it is.
    if (sheet.sample || sheet.strokes.length === 0) said.value = sheet.sample?.label;
    if (sheet.strokes.length === 0 || reads.peek() === 'number') return;
    later = setTimeout(() => {
      const { value: digit } = said;
      keepOwnDrawing({ strokes: sheet.strokes, ...(digit !== undefined && { label: digit }) });
    }, REST);
  });
}
