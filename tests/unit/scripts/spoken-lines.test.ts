import { expect, test } from 'vitest';
import { foldSpeech } from '../../../scripts/site/spoken-lines.ts';

test('what is spoken is folded into lines: a formula in one, headings apart, no ends', () => {
  const phrases = [
    'main',
    'heading, Sums, level 2',
    'paragraph',
    'A sum',
    'end of paragraph',
    'math',
    'z',
    '=',
    'superscript',
  ];
  const rest = ['2', 'end of superscript', 'end of math', 'button, Next', 'end of main'];
  expect(foldSpeech([...phrases, ...rest])).toEqual([
    '',
    'heading, Sums, level 2',
    'A sum',
    'math, z = superscript 2',
    'button, Next',
  ]);
});
