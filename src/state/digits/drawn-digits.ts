import { computed, signal } from '@preact/signals';
import { type Dataset, createDataset } from '../../lib/data/dataset.ts';
import { mnistStyle } from '../../lib/ink/prepare.ts';
import { Raster } from '../../lib/ink/raster.ts';
import { type WrittenDigit, readStrokes, writeStrokes } from '../../lib/ink/stroke-file.ts';
import { storeDrawnDigits, storedDrawnDigits } from '../store/drawn-digits-store.ts';

const digits = signal<readonly WrittenDigit[]>([]);
const failed = signal<string | undefined>(undefined);
const kept = signal(true);
let search: Promise<void> | undefined;

/** The digits that the reader has drawn and labelled, oldest first: the same for every figure, and there again on the next page. */
export const drawnDigits = computed(() => digits.value);
/** They as a data set, each prepared in MNIST's way; nothing where there are none. */
export const drawnDataset = computed((): Dataset | undefined => {
  const all = digits.value;
  if (all.length === 0) return undefined;
  const values = new Uint8Array(all.length * 784);
  all.forEach((digit, n) => values.set(imageOfWritten(digit), n * 784));
  return createDataset(
    'your handwriting',
    values,
    Uint8Array.from(all, ({ label }) => label),
  );
});
/** Why a file of strokes was not opened. */
export const drawnFailure = computed(() => failed.value);
/** Whether this browser keeps them. */
export const areDrawnKept = computed(() => kept.value);

/** Finds the digits that an earlier page has kept. */
export function findDrawnDigits(): Promise<void> {
  search ??= storedDrawnDigits().then((found) => {
    if (found.length > 0) digits.value = [...found, ...digits.peek()];
  });
  return search;
}

export async function keepDrawnDigit(digit: WrittenDigit): Promise<void> {
  // What is kept already is not to be written over by what is new.
  await findDrawnDigits();
  await change([...digits.peek(), digit]);
}

export function forgetDrawnDigit(digit: WrittenDigit): Promise<void> {
  return change(digits.peek().filter((each) => each !== digit));
}

/** Adds the digits of a file of strokes; those that are here already are not taken twice. */
export async function openStrokes(file: File): Promise<void> {
  failed.value = undefined;
  try {
    const opened = readStrokes(await file.text());
    await findDrawnDigits();
    const here = new Set(digits.peek().map(textOf));
    await change([...digits.peek(), ...opened.filter((digit) => !here.has(textOf(digit)))]);
  } catch (error) {
    failed.value = `${file.name} was not opened: ${(error as Error).message}.`;
  }
}

async function change(next: readonly WrittenDigit[]): Promise<void> {
  digits.value = next;
  kept.value = await storeDrawnDigits(next);
}

const textOf = (digit: WrittenDigit) => writeStrokes([digit]);
const images = new WeakMap<WrittenDigit, Uint8Array>();

/** The (784) bytes of a digit, made once. */
export function imageOfWritten(digit: WrittenDigit): Uint8Array {
  const image = images.get(digit) ?? mnistStyle(Raster.of(digit.strokes))?.image ?? new Uint8Array(784);
  images.set(digit, image);
  return image;
}
