import { describe, expect, test } from 'vitest';
import { mnistStyle } from '../../../src/lib/ink/prepare.ts';
import { Raster } from '../../../src/lib/ink/raster.ts';
import { strokeDigit } from '../../../src/lib/ink/stroke-digits.ts';
import { readStrokes, writeStrokes } from '../../../src/lib/ink/stroke-file.ts';
import { Random } from '../../../src/lib/nn/random.ts';

const random = new Random(3);
const digits = Array.from({ length: 20 }, (_, n) => ({
  label: n % 10,
  strokes: strokeDigit(n % 10, random),
}));

describe('a file of strokes', () => {
  test('gives the same strokes back, to the last digit, and so the same pixels', () => {
    const read = readStrokes(writeStrokes(digits));
    expect(read).toEqual(digits);
    for (const [n, { strokes }] of read.entries()) {
      expect(mnistStyle(Raster.of(strokes))!.image).toEqual(mnistStyle(Raster.of(digits[n]!.strokes))!.image);
    }
  });

  const [first] = digits;
  const damaged: Record<string, [string, string]> = {
    'something else': ['label,pixel0\n7,0', 'not a file of strokes from this site'],
    'another version': [writeStrokes(digits).replace('"version":1', '"version":2'), 'version 2'],
    'no digits': [writeStrokes([]), 'no digits'],
    'a label that is none': [
      writeStrokes([first!, { ...first!, label: 12 }]),
      'digit 2 of 2: its label is 12',
    ],
    'a label that is no number': [
      writeStrokes([first!]).replace('"label":', '"label":{"toString":1},"was":'),
      'digit 1 of 1: its label is {"toString":1}',
    ],
    'no strokes': [writeStrokes([{ label: 3, strokes: [] }]), 'digit 1 of 1: it has no strokes'],
    'a point that is none': [
      writeStrokes([{ label: 3, strokes: [{ width: 9, points: [{ x: Number.NaN, y: 2, pressure: 0.5 }] }] }]),
      'digit 1 of 1: point 0 of a stroke',
    ],
    'a width that is none': [
      writeStrokes([{ label: 3, strokes: [{ width: -2, points: [{ x: 1, y: 2, pressure: 0.5 }] }] }]),
      'width',
    ],
  };
  test.each(Object.entries(damaged))('with %s is refused, with the reason', (_, [text, reason]) => {
    expect(() => readStrokes(text)).toThrow(reason);
  });
});
