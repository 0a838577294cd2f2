import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EmbedLink, formatEmbedLink, readEmbedLink } from '../../../../src/state/page/embed-link.ts';

const figure = { controls: { network: 'Network', rate: 'Learning rate', seed: 'Seed' } };
const unseeded = { controls: { network: 'Network' } };
const slope = { text: 'How large is g′(3)?', answer: 0.045, tolerance: 0.001 };
const which = { text: 'Which one?', options: ['this, & that', 'none'], right: 1 };

const texts = fc.string({ minLength: 1, maxLength: 60 }).map((text) => text.trim() || '?');
const questions = fc.oneof(
  fc.record({
    text: texts,
    // No link tells −0 from 0.
    answer: fc.double({ noNaN: true, noDefaultInfinity: true }).map((answer) => answer + 0),
    tolerance: fc.double({ min: 0, max: 1e6, noNaN: true }).map((tolerance) => tolerance + 0),
  }),
  fc
    .uniqueArray(texts, { minLength: 2, maxLength: 8 })
    .chain((options) =>
      fc.record({ text: texts, options: fc.constant(options), right: fc.nat(options.length - 1) }),
    ),
);
const links = fc.record(
  {
    hide: fc.subarray(['network', 'rate', 'seed']),
    start: fc.dictionary(fc.constantFrom('network', 'rate'), fc.string({ maxLength: 30 })),
    seed: fc.nat(0xffffffff),
    question: questions,
  },
  { requiredKeys: ['hide', 'start'] },
);

test('a link is read as what it was made from', () => {
  fc.assert(
    fc.property(links, (link) => {
      const read = readEmbedLink(formatEmbedLink(link as EmbedLink), figure);
      expect(read).toEqual({ seed: undefined, question: undefined, ...link, problems: [] });
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('a link that says nothing is empty, and so is what is read from it', () => {
  expect(formatEmbedLink({ hide: [], start: {} })).toBe('');
  expect(readEmbedLink('', figure)).toEqual({ hide: [], start: {}, problems: [] });
});

test.each([
  [slope, ['0.045', '0,045', 'PTAuMDQ1']],
  [which, ['=1', 'PTE']],
])('the right answer of %j is not to be read in the link', (question, signs) => {
  const check = new URLSearchParams(formatEmbedLink({ hide: [], start: {}, question })).get('check');
  expect(check).toMatch(/^[\w-]+$/);
  for (const sign of signs) expect(check).not.toContain(sign);
});

test.each([
  ['?hide=network,nothing', 'This figure has no control “nothing”.'],
  ['?hide=constructor', 'This figure has no control “constructor”.'],
  ['?start-colour=red', 'This figure has no control “colour”.'],
  ['?hidden=network', '“hidden” means nothing here.'],
  ['?seed=many', 'The seed “many” is no whole number from 0 to 4294967295.'],
  ['?seed=4294967296', 'The seed “4294967296” is no whole number from 0 to 4294967295.'],
  ['?ask=Why%3F', 'The question has no answer to be compared with.'],
  ['?check=abcd', 'There is an answer without a question.'],
  ['?option=yes&option=no', 'There is an answer without a question.'],
  [
    '?ask=Why%3F&check=abcd',
    'The answer that it holds does not belong to its question: was one of them changed by hand?',
  ],
  [
    `?ask=Why%3F&check=${'%'.repeat(9)}`,
    'The answer that it holds does not belong to its question: was one of them changed by hand?',
  ],
  ['?ask=Why%3F&option=yes&check=abcd', 'A question has 2 to 8 answers to choose from, not 1.'],
  ['?ask=Why%3F&option=yes&option=yes&check=abcd', 'Two of the answers are the same.'],
])('%s is not followed where it is wrong, and it is said why', (search, problem) => {
  const { problems, question, seed } = readEmbedLink(search, figure);
  expect(problems).toEqual([problem]);
  expect(question).toBeUndefined();
  expect(seed).toBeUndefined();
});

test('what is too long for a link is not read at all', () => {
  expect(readEmbedLink(`?hide=network&ask=${'a'.repeat(5000)}`, figure)).toEqual({
    hide: [],
    start: {},
    problems: ['It is longer than 4000 characters, and was not read.'],
  });
});

test('what is right in a link is followed beside what is wrong', () => {
  expect(readEmbedLink('?hide=nothing,network&start-rate=2&seed=x', figure)).toMatchObject({
    hide: ['network'],
    start: { rate: '2' },
    problems: [expect.stringContaining('nothing'), expect.stringContaining('seed')],
  });
});

test('a seed is refused by a figure that draws nothing', () => {
  expect(readEmbedLink('?seed=3', unseeded).problems).toEqual([
    'Nothing in this figure is drawn with a seed.',
  ]);
  expect(readEmbedLink('?seed=3', { ...unseeded, isSeeded: true })).toMatchObject({ seed: 3, problems: [] });
});

test('an answer does not go with another question', () => {
  const link = formatEmbedLink({ hide: [], start: {}, question: slope });
  const other = link.replace('How', 'Who');
  expect(other).not.toBe(link);
  expect(readEmbedLink(other, figure)).toMatchObject({
    question: undefined,
    problems: [expect.stringContaining('does not belong')],
  });
});

test('a right answer that is no longer among the answers is missed', () => {
  const options = ['one', 'two', 'three'];
  const link = formatEmbedLink({ hide: [], start: {}, question: { text: 'Which?', options, right: 2 } });
  expect(readEmbedLink(link.replace('&option=one', ''), figure)).toMatchObject({
    question: undefined,
    problems: [expect.stringContaining('does not belong')],
  });
});
