import { NONE } from '../nn/examples.ts';
import type { Random } from '../nn/random.ts';
import { otherDrawing, pickOtherKind } from './other-drawings.ts';
import { type Prepared, mnistStyle, redrawn } from './prepare.ts';
import { Raster } from './raster.ts';
import type { Stroke } from './stroke.ts';
import { type DigitWays, digitWays } from './ways/digit-ways.ts';
import { type Writer, anyPlace, createWriter, writeWay } from './writer.ts';

/** Ways to make a network's picture of strokes. */
export type PenPreparation = (strokes: readonly Stroke[]) => Prepared | undefined;

/** Drawings as a network takes examples: (count × 784) bytes, and a label each. */
export interface PenExamples {
  readonly count: number;
  readonly width: number;
  readonly values: Uint8Array;
  readonly labels: Uint8Array;
}

/** As drawn, then the way of MNIST. */
export const asDrawn: PenPreparation = (strokes) => mnistStyle(Raster.of(strokes));

/** A digit as somebody might write it on the pad with a mouse, a finger or a pen: a writer nobody has met, anywhere, at any size. */
export function strokeDigit(label: number, random: Random, ways: DigitWays = digitWays): Stroke[] {
  if (!ways[label]) throw new RangeError(`${label} is not a digit from 0 to 9`);
  return digitOf(createWriter(random, ways), label, random);
}

/** A digit in a writer's hand. */
export function digitOf(writer: Writer, label: number, random: Random, place = anyPlace(random)): Stroke[] {
  return writeWay(writer, writer.ways[label], random, place);
}

/**
 * Digits as pen strokes, prepared as the pad prepares them: one writer writes the ten digits, then comes another. Every other
 * writer's are taken as drawn, the others' drawn again in MNIST's line.
 *
 * @returns labels in turn 0 … 9
 */
export function strokeDigits(count: number, random: Random, ways: DigitWays = digitWays): PenExamples {
  let writer = createWriter(random, ways);
  return examplesOf(count, (i) => {
    if (i > 0 && i % 10 === 0) writer = createWriter(random, ways);
    return {
      label: i % 10,
      strokes: digitOf(writer, i % 10, random),
      prepare: Math.floor(i / 10) % 2 === 0 ? asDrawn : redrawn,
    };
  });
}

/** Drawings that are no digit, each in another writer's hand; labels are `NONE`. */
export function strokeOthers(count: number, random: Random): PenExamples {
  return examplesOf(count, (i) => ({
    label: NONE,
    strokes: otherDrawing(pickOtherKind(random), random),
    prepare: i % 2 === 0 ? asDrawn : redrawn,
  }));
}

/** Each picture drawn and prepared by itself. */
export function examplesOf(
  count: number,
  draw: (index: number) => { label: number; strokes: readonly Stroke[]; prepare: PenPreparation },
): PenExamples {
  const values = new Uint8Array(count * 784);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const { label, strokes, prepare } = draw(i);
    labels[i] = label;
    const prepared = prepare(strokes);
    if (prepared) values.set(prepared.image, i * 784);
  }
  return { count, width: 784, values, labels };
}
