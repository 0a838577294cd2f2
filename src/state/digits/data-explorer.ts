import { computed, signal } from '@preact/signals';
import { type Dataset, imageOf } from '../../lib/data/dataset.ts';
import { gatherBatch } from '../../lib/nn/kernels/reference.ts';
import { Matrix } from '../../lib/nn/matrix.ts';
import { type Collection, collection, nameImages } from './collection.ts';

export type Split = 'all' | 'train' | 'test';

/** One digit of the collection. */
export interface OpenedDigit {
  readonly image: Uint8Array;
  readonly label: number;
  /** Which of which set it is, in words. */
  readonly name: string;
  /** (784), from 0 to 1: as a network is given it */
  readonly input: ArrayLike<number>;
}

/** Only this digit's images are shown; all where there is none. */
export const digitFilter = signal<number | undefined>(undefined);
export const splitFilter = signal<Split>('all');
/** Place of the opened digit among those shown. */
export const openedPlace = signal(0);
/** Which of the opened digit's 784 numbers is being pointed at. */
export const pointedPixel = signal<number | undefined>(undefined);

/** The digits that the filters let through: places in the collection, the test digits after the training digits. */
export const shownDigits = computed((): Uint32Array => {
  const from = collection.value;
  if (!from) return new Uint32Array(0);
  const total = from.train.count + (from.test?.count ?? 0);
  const places = new Uint32Array(total);
  let length = 0;
  for (let place = 0; place < total; place++) {
    const { dataset, split, index } = locate(from, place);
    if (splitFilter.value !== 'all' && splitFilter.value !== split) continue;
    if (digitFilter.value !== undefined && digitFilter.value !== dataset.labels[index]) continue;
    places[length++] = place;
  }
  return places.subarray(0, length);
});

export const openedDigit = computed((): OpenedDigit | undefined => {
  const from = collection.value;
  // Another collection may have fewer digits than the place that was open.
  const place = shownDigits.value[Math.min(openedPlace.value, shownDigits.value.length - 1)];
  if (!from || place === undefined) return undefined;
  const { dataset, split, index } = locate(from, place);
  const input = new Matrix('float32', 1, dataset.width);
  gatherBatch(dataset, Uint32Array.of(index), input);
  return {
    image: imageOf(dataset, index),
    label: dataset.labels[index],
    name: nameImages(from, split, [index]),
    input: input.values,
  };
});

/** Shows other digits, and opens the first of them. */
export function filterDigits(digit: number | undefined, split: Split): void {
  digitFilter.value = digit;
  splitFilter.value = split;
  openedPlace.value = 0;
}

export function openDigit(place: number): void {
  openedPlace.value = Math.max(0, Math.min(shownDigits.peek().length - 1, place));
}

/** Points at one of the opened digit's 784 numbers, or at none. */
export function pointAtPixel(pixel: number | undefined): void {
  pointedPixel.value = pixel;
}

/** The bytes and the label at a place of the collection. */
export function digitAt(from: Collection, place: number): { image: Uint8Array; label: number } {
  const { dataset, index } = locate(from, place);
  return { image: imageOf(dataset, index), label: dataset.labels[index] };
}

function locate(
  { train, test }: Collection,
  place: number,
): { dataset: Dataset; split: 'train' | 'test'; index: number } {
  if (place < train.count || !test) return { dataset: train, split: 'train', index: place };
  return { dataset: test, split: 'test', index: place - train.count };
}
