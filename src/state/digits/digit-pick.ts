import { computed, signal } from '@preact/signals';
import { type Dataset, createDataset, imageOf } from '../../lib/data/dataset.ts';
import { loadDataset } from '../site/datasets.ts';

/** A digit of the reader's own, with what they say it is. */
export interface OwnDigit {
  readonly image: Uint8Array;
  readonly label: number;
}

export type DigitPick = ReturnType<typeof createDigitPick>;

/**
 * The digit that a figure looks at: one of the test images, or the reader's own.
 *
 * @param first which of the test images it begins with
 * @param source all 10,000 of them, or the sample's
 */
export function createDigitPick(first: number, source: 'sample-test' | 'test' = 'sample-test') {
  const digits = signal<Dataset | undefined>(undefined);
  const index = signal(first);
  const own = signal<OwnDigit | undefined>(undefined);
  const offered = signal<readonly number[] | undefined>(undefined);
  /** It alone, as a data set of one. */
  const example = computed((): Dataset | undefined => {
    if (own.value) return createDataset('your drawing', own.value.image, Uint8Array.of(own.value.label));
    const dataset = digits.value;
    if (!dataset) return undefined;
    const image = imageOf(dataset, index.value);
    return createDataset(dataset.name, image, Uint8Array.of(dataset.labels[index.value]));
  });
  return {
    source,
    digits: computed(() => digits.value),
    index: computed(() => index.value),
    own: computed(() => own.value),
    example,
    image: computed(() => example.value && imageOf(example.value, 0)),
    label: computed(() => example.value?.labels[0]),
    /** Test images to choose from: those offered, or the first with each label; each -1 until they are there. */
    strip: computed(
      () =>
        offered.value ?? Array.from({ length: 10 }, (_, label) => digits.value?.labels.indexOf(label) ?? -1),
    ),
    /** @throws Error that says why there are no test images */
    async load(): Promise<void> {
      const dataset = await loadDataset(source);
      digits.value = dataset;
      index.value = within(index.peek(), dataset.count);
    },
    /** Another of the test images; a number beyond the last is the last. */
    choose(wanted: number): void {
      own.value = undefined;
      index.value = within(wanted, digits.peek()?.count ?? wanted + 1);
    },
    takeOwn(digit: OwnDigit): void {
      own.value = digit;
    },
    /** Other test images to choose from, and the first of them for a beginning. */
    offer(rows: readonly number[]): void {
      offered.value = rows;
      if (rows[0] !== undefined && !own.peek()) index.value = rows[0];
    },
  };
}

/** What a digit is called in a sentence. */
export function nameDigit({ own, index }: Pick<DigitPick, 'own' | 'index'>): string {
  return own.value ? 'your drawing' : `test image ${index.value}`;
}

function within(wanted: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(wanted) || 0));
}
