import { NONE } from '../nn/examples.ts';
import { Random } from '../nn/random.ts';
import { type OtherKind, type Familiarity, otherDrawing } from './other-drawings.ts';
import { type PenExamples, type PenPreparation, digitOf, examplesOf, strokeDigits } from './stroke-digits.ts';
import { PAD } from './stroke.ts';
import { digitWays } from './ways/digit-ways.ts';
import type { Way } from './ways/way.ts';
import { type Place, createWriter } from './writer.ts';

/*
 * Drawings by writers whom no training has met: every writer here comes from a seed that training, which draws from a run's own
 * seed, does not use. To measure by, never to learn from.
 */
const SEED = 0xd161_7;

/** Digits at any place, in any size and line. */
export function strangersDigits(count: number): PenExamples {
  return strokeDigits(count, new Random(SEED));
}

/** In the middle of the pad, as large as a share of it, in a line of a width. */
export function middlePlace(share: number, width: number): Place {
  return { size: Math.min(share * PAD, PAD - 1.5 * width), x: PAD / 2, y: PAD / 2, width };
}

/** The ten digits of so many writers, all in one place and line and prepared in one way. */
export function strangersDigitsAt(writers: number, place: Place, prepare: PenPreparation): PenExamples {
  const random = new Random(SEED + 1);
  let writer = createWriter(random);
  return examplesOf(10 * writers, (i) => {
    if (i > 0 && i % 10 === 0) writer = createWriter(random);
    return { label: i % 10, strokes: digitOf(writer, i % 10, random, place), prepare };
  });
}

/** One digit each of so many writers who write it in this way. */
export function strangersOfWay(way: Way, count: number, prepare: PenPreparation): PenExamples {
  const random = new Random(SEED + 2);
  const label = digitWays.findIndex((ways) => ways.includes(way));
  if (label < 0) throw new RangeError(`${way.name} is no way to write a digit`);
  const onlyWay = digitWays.map((ways, digit) => (digit === label ? [way] : ways));
  return examplesOf(count, () => {
    return { label, strokes: digitOf(createWriter(random, onlyWay), label, random), prepare };
  });
}

/** Drawings of one kind that are no digit, each in another hand. */
export function strangersOthers(
  kind: OtherKind,
  count: number,
  prepare: PenPreparation,
  familiarity: Familiarity = 'shown',
): PenExamples {
  const random = new Random(SEED + 3);
  return examplesOf(count, () => ({
    label: NONE,
    strokes: otherDrawing(kind, random, familiarity),
    prepare,
  }));
}
