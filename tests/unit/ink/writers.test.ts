import { beforeAll, describe, expect, test } from 'vitest';
import { loadMnist } from '../../../scripts/network/mnist.ts';
import { otherDrawing, otherKinds, pickOtherKind } from '../../../src/lib/ink/other-drawings.ts';
import { redrawn } from '../../../src/lib/ink/prepare.ts';
import { smoothCurve } from '../../../src/lib/ink/smooth-curve.ts';
import { PAD, type Stroke, radiusAt } from '../../../src/lib/ink/stroke.ts';
import { asDrawn, digitOf, strokeDigits, strokeOthers } from '../../../src/lib/ink/stroke-digits.ts';
import { middlePlace, strangersOfWay } from '../../../src/lib/ink/strangers.ts';
import { digitWays } from '../../../src/lib/ink/ways/digit-ways.ts';
import { capitals, scribbles, smallLetters, symbols } from '../../../src/lib/ink/ways/other-ways.ts';
import { anyPlace, createWriter, writeWay } from '../../../src/lib/ink/writer.ts';
import { NONE } from '../../../src/lib/nn/examples.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import type { Dataset } from '../../../src/lib/data/dataset.ts';

/** Pictures that are no further apart than this can hardly be told from each other, in bytes. */
const ALIKE = 5;
const place = middlePlace(0.8, 24);
const ways = digitWays.flat();
const others = [capitals, smallLetters, symbols, scribbles].flat();

/** Root mean square of the difference of two pictures' bytes. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += (a[n]! - b[n]!) ** 2;
  return Math.sqrt(sum / a.length);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const picture = (strokes: readonly Stroke[]) => asDrawn(strokes)!.image;

/** How far the ink of strokes reaches beyond the pad, in pad units; below 0 inside it. */
function beyond(strokes: readonly Stroke[]): number {
  return Math.max(
    ...strokes.flatMap((stroke) =>
      stroke.points.flatMap((point) => {
        const radius = radiusAt(stroke, point);
        return [radius - point.x, radius - point.y, point.x + radius - PAD, point.y + radius - PAD];
      }),
    ),
  );
}

describe('a writer', () => {
  test('writes a digit twice almost alike, and otherwise than others do', () => {
    const random = new Random(1);
    for (let digit = 0; digit < 10; digit++) {
      const [own, foreign]: [number[], number[]] = [[], []];
      for (let n = 0; n < 12; n++) {
        const [one, other] = [createWriter(random), createWriter(random)];
        const [first, second] = [digitOf(one, digit, random, place), digitOf(one, digit, random, place)];
        expect(first).not.toEqual(second);
        own.push(distance(picture(first), picture(second)));
        foreign.push(distance(picture(first), picture(digitOf(other, digit, random, place))));
      }
      expect(mean(own), `of a ${digit}`).toBeLessThan(0.75 * mean(foreign));
    }
  });

  test('has one way for each digit, the common ones more often', () => {
    const random = new Random(2);
    const writers = Array.from({ length: 3000 }, () => createWriter(random));
    digitWays.forEach((ofDigit, digit) => {
      const all = ofDigit.reduce((sum, { share }) => sum + share, 0);
      for (const way of ofDigit) {
        const share = writers.filter((writer) => writer.ways[digit] === way).length / writers.length;
        expect(Math.abs(share - way.share / all), way.name).toBeLessThan(0.03);
      }
    });
  });

  test('keeps to the pad, whatever is written, in any place and line', () => {
    const random = new Random(3);
    for (const way of [...ways, ...others]) {
      for (let n = 0; n < 6; n++) {
        const strokes = writeWay(createWriter(random), way, random, anyPlace(random));
        expect(beyond(strokes), way.name).toBeLessThanOrEqual(0);
      }
    }
    for (const kind of otherKinds)
      for (let n = 0; n < 40; n++) expect(beyond(otherDrawing(kind, random)), kind).toBeLessThanOrEqual(0);
  });

  test('fills the place that it is given', () => {
    const random = new Random(4);
    for (const way of ways) {
      const strokes = writeWay(createWriter(random), way, random, place);
      const points = strokes.flatMap((stroke) => stroke.points);
      const side = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
      const longer = Math.max(side(points.map(({ x }) => x)), side(points.map(({ y }) => y)));
      // A point or two at a stroke's end may be left out of the events.
      expect(longer, way.name).toBeGreaterThan(0.93 * place.size);
      expect(longer, way.name).toBeLessThanOrEqual(place.size + 1e-9);
    }
  });
});

describe('ways of writing', () => {
  test('each has its name, and in one plain hand no two look alike', () => {
    expect(new Set(ways.map(({ name }) => name)).size).toBe(ways.length);
    // Every joint in the middle of its range.
    const plain = { vary: (low: number, high: number) => (low + high) / 2, closing: 0 };
    const pictures = ways.map(({ name, draw }) => ({
      name,
      image: redrawn(
        draw(plain).map((path) => ({
          width: 20,
          points: smoothCurve(path).map(([x, y]) => ({ x: 300 * x, y: 300 * y, pressure: 0.5 })),
        })),
      )!.image,
    }));
    for (const [n, one] of pictures.entries())
      for (const other of pictures.slice(n + 1))
        expect(distance(one.image, other.image), `${one.name} and ${other.name}`).toBeGreaterThan(ALIKE);
  });

  test('each shows what it is named after', () => {
    const inMiddle = (name: string, rows: [number, number], columns: [number, number]) => {
      const way = ways.find((each) => each.name === name)!;
      const { values, count } = strangersOfWay(way, 40, redrawn);
      let inked = 0;
      for (let i = 0; i < count; i++) {
        let most = 0;
        for (let row = rows[0]; row < rows[1]; row++)
          for (let column = columns[0]; column < columns[1]; column++)
            most = Math.max(most, values[i * 784 + row * 28 + column]!);
        if (most > 127) inked++;
      }
      return inked / count;
    };
    // Around the middle: a slash is there, and in an empty ring nothing.
    expect(inMiddle('0 slashed', [13, 16], [13, 16])).toBeGreaterThan(0.9);
    expect(inMiddle('0 closed', [13, 16], [13, 16])).toBeLessThan(0.1);
    // At the foot, beside the stem.
    expect(inMiddle('1 with flag and foot', [21, 26], [17, 19])).toBeGreaterThan(0.7);
    expect(inMiddle('1 a line', [21, 26], [17, 19])).toBeLessThan(0.3);
    // At the lower left: the hook of the tail.
    expect(inMiddle('9 with a hooked tail', [17, 25], [7, 12])).toBeGreaterThan(0.8);
    expect(inMiddle('9 with a straight tail', [17, 25], [5, 9])).toBeLessThan(0.3);
  });

  test('a way that is none of a digit is refused by name', () => {
    expect(() => strangersOfWay(scribbles[0]!, 1, asDrawn)).toThrow('a dot is no way to write a digit');
  });
});

describe('sets of drawings', () => {
  let train: Dataset;
  beforeAll(async () => {
    train = (await loadMnist()).train;
  });

  test('digits have the ink of those of MNIST, whether as drawn or drawn again', () => {
    const { values, labels, count } = strokeDigits(400, new Random(2));
    const inkOf = (bytes: Uint8Array, i: number) =>
      bytes.subarray(i * 784, (i + 1) * 784).reduce((sum, byte) => sum + byte, 0);
    for (let digit = 0; digit < 10; digit++) {
      const rows = (all: Uint8Array, upTo: number) =>
        Array.from({ length: upTo }, (_, i) => i).filter((i) => all[i] === digit);
      const theirs = mean(rows(train.labels, 2000).map((i) => inkOf(train.values, i)));
      for (const half of [0, 1]) {
        const own = rows(labels, count).filter((i) => Math.floor(i / 10) % 2 === half);
        const ink = mean(own.map((i) => inkOf(values, i)));
        expect(ink / theirs, `${digit}`).toBeGreaterThan(0.7);
        expect(ink / theirs, `${digit}`).toBeLessThan(1.3);
      }
    }
  });

  test('others are of every kind in its share, labelled as none', () => {
    const random = new Random(5);
    const kinds = Array.from({ length: 4000 }, () => pickOtherKind(random));
    const share = (kind: string) => kinds.filter((each) => each === kind).length / kinds.length;
    expect(share('capital letters')).toBeCloseTo(0.24, 1);
    expect(share('pairs of digits')).toBeCloseTo(0.18, 1);
    for (const kind of otherKinds) expect(share(kind)).toBeGreaterThan(0.1);
    const { labels, values } = strokeOthers(50, random);
    expect([...labels]).toEqual(new Array<number>(50).fill(NONE));
    for (let i = 0; i < 50; i++)
      expect(values.subarray(i * 784, (i + 1) * 784).some((byte) => byte > 60)).toBe(true);
  });

  test('letters that are digits are not among them', () => {
    const names = [...capitals, ...smallLetters].map(({ name }) => name);
    for (const letter of 'OISZoilsz') expect(names).not.toContain(letter);
  });

  test('letters that are never shown are drawn where they are asked for, and nowhere else', () => {
    // The only sign of one stroke that training never shows is none: ?, %, ♥ and → have more, a square is closed.
    const strokesOf = (familiarity: 'shown' | 'never shown') =>
      Array.from({ length: 60 }, (_, n) => otherDrawing('symbols', new Random(n), familiarity));
    const isSingleAndOpen = (strokes: readonly Stroke[]) => {
      const [stroke, ...more] = strokes;
      const [first, last] = [stroke!.points[0]!, stroke!.points.at(-1)!];
      return more.length === 0 && Math.hypot(first.x - last.x, first.y - last.y) > 80;
    };
    expect(strokesOf('shown').some(isSingleAndOpen)).toBe(true);
    expect(strokesOf('never shown').some(isSingleAndOpen)).toBe(false);
  });
});
