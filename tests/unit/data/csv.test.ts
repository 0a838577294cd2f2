import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvOptions, csvRows, readCsv } from '../../../src/lib/data/csv.ts';
import { DataError, PIXELS, createDataset } from '../../../src/lib/data/dataset.ts';
import { Random } from '../../../src/lib/nn/random.ts';

const random = new Random(1);
const digits = createDataset(
  'some digits',
  Uint8Array.from({ length: 12 * PIXELS }, (_, n) => (n % PIXELS < 30 ? 0 : random.below(256))),
  Uint8Array.from({ length: 12 }, (_, i) => (i * 7) % 10),
);
const original = [...csvRows(digits)].join('');
const kaggle = [
  `label,${Array.from({ length: PIXELS }, (_, n) => `pixel${n}`).join(',')}`,
  ...Array.from(
    { length: 12 },
    (_, i) => `${digits.labels[i]},${digits.values.subarray(i * PIXELS, (i + 1) * PIXELS).join(',')}`,
  ),
].join('\n');
const withoutHeader = (text: string) => text.slice(text.indexOf('\n') + 1);

/** The text in pieces of random lengths, as a file arrives. */
async function* pieces(text: string, seed = 1): AsyncGenerator<string> {
  const lengths = new Random(seed);
  for (let start = 0; start < text.length;) {
    const length = 1 + lengths.below(5000);
    yield text.slice(start, start + length);
    start += length;
  }
}

const read = (text: string, options: Partial<CsvOptions> = {}) =>
  readCsv(pieces(text), { name: 'file.csv', ...options });

describe('reads the same digits', () => {
  const forms: Record<string, string> = {
    "in the original's layout": original,
    "in Kaggle's layout": kaggle,
    'label last, without a header': withoutHeader(original),
    'label first, without a header': withoutHeader(kaggle),
    'with Windows line ends': original.replaceAll('\n', '\r\n'),
    'with a byte-order mark and blank lines': `\uFEFF${original.replaceAll('\n', '\n\n')}`,
    'separated by semicolons': original.replaceAll(',', ';'),
    'with spaces and quotes': kaggle.replaceAll(',', ', ').replaceAll(/^(\d)/gm, '"$1"'),
    'as fractions of 1': withoutHeader(kaggle).replaceAll(/(?<=,)\d+/g, (byte) => String(Number(byte) / 255)),
  };
  for (const [name, text] of Object.entries(forms)) {
    test(name, async () => {
      const { dataset, badRowCount } = await read(text);
      expect(badRowCount).toBe(0);
      expect(dataset.labels).toEqual(digits.labels);
      expect(dataset.values).toEqual(digits.values);
    });
  }

  test('black and white, as nothing but 0 and 1', async () => {
    const { dataset } = await read(
      original.replaceAll(/\b\d+,/g, (byte) => (Number.parseInt(byte, 10) > 99 ? '1,' : '0,')),
    );
    expect(new Set(dataset.values)).toEqual(new Set([0, 255]));
    expect(dataset.labels).toEqual(digits.labels);
  });
});

describe('a bad row is named by its number and its reason, and the good ones are kept', () => {
  const lines = original.trimEnd().split('\n');
  const cases: [string, (fields: string[]) => string[], RegExp][] = [
    ['too few fields', (fields) => fields.slice(1), /^has 784 fields, not 785$/],
    ['too many fields', (fields) => ['0', ...fields], /^has 786 fields, not 785$/],
    [
      'a word for a pixel',
      (fields) => fields.with(200, 'ink'),
      /^has "ink" as pixel 200, which is not a number$/,
    ],
    ['an empty pixel', (fields) => fields.with(3, ''), /^has "" as pixel 3, which is empty$/],
    [
      'a pixel above 255',
      (fields) => fields.with(3, '256'),
      /^has "256" as pixel 3, which is outside 0 to 255$/,
    ],
    ['a pixel below 0', (fields) => fields.with(3, '-1'), /^has "-1" as pixel 3, which is outside/],
    ['a pixel that is infinite', (fields) => fields.with(3, '1e999'), /outside 0 to 255$/],
    [
      'a fraction among bytes',
      (fields) => fields.with(700, '7.5'),
      /^has 7.5 as pixel 700, where pixels are whole/,
    ],
    ['a label of 10', (fields) => fields.with(784, '10'), /^has the label "10", which is not a digit/],
    ['a label of 1.5', (fields) => fields.with(784, '1.5'), /^has the label "1.5"/],
    ['no label', (fields) => fields.with(784, ''), /^has the label ""/],
  ];
  for (const [name, spoil, reason] of cases) {
    test(name, async () => {
      const spoilt = lines.with(5, spoil(lines[5]!.split(',')).join(',')).join('\n');
      const { dataset, badRows, badRowCount } = await read(spoilt);
      expect(badRowCount).toBe(1);
      expect(badRows[0]!.row).toBe(6);
      expect(badRows[0]!.reason).toMatch(reason);
      expect(dataset.count).toBe(11);
      expect([...dataset.labels]).toEqual([...digits.labels].toSpliced(4, 1));
    });
  }

  test('a pixel above 1 in a file of fractions', async () => {
    const text = withoutHeader(kaggle).replaceAll(/(?<=,)\d+/g, (byte) => String(Number(byte) / 255));
    const { badRows } = await read(`${text}\n${text.split('\n')[0]!.replace(/[^,]*$/, '200')}`);
    expect(badRows).toEqual([{ row: 13, reason: 'has 200 as pixel 783, where pixels run from 0 to 1' }]);
  });

  test('of very many, the first hundred are listed and all are counted', async () => {
    const { badRows, badRowCount, dataset } = await read(`${original}${'nothing,here\n'.repeat(250)}`);
    expect([badRows.length, badRowCount, dataset.count]).toEqual([100, 250, 12]);
  });
});

describe('a file that cannot be used is refused', () => {
  test('when it is empty, or has only a header', async () => {
    await expect(read('')).rejects.toThrow('file.csv has no row that can be used: it is empty');
    await expect(read(original.split('\n')[0]!)).rejects.toThrow('it is empty');
  });

  test('when all its rows are bad: the first is named', async () => {
    await expect(read('a,b\n1,2\n')).rejects.toThrow('row 2 has 2 fields, not 785');
  });

  test('when either column could be the label, unless it is said which', async () => {
    const row = `3,${'0,'.repeat(783)}3\n`;
    await expect(read(row)).rejects.toThrow('say which column');
    expect((await read(row, { label: 'last' })).dataset.labels).toEqual(Uint8Array.of(3));
  });

  test('when it is cancelled', async () => {
    const controller = new AbortController();
    const reading = read(original, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(reading).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});

test('progress rises to the whole', async () => {
  const shares: number[] = [];
  await read(original, { bytes: original.length, onProgress: ({ share }) => shares.push(share) });
  expect(shares.length).toBeGreaterThan(3);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

test('whatever is done to a file, the answer is a data set or a DataError', async () => {
  const bytes = original.slice(0, 9000);
  const edit = fc.record({
    at: fc.nat(bytes.length),
    remove: fc.nat(200),
    insert: fc.string({ maxLength: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
      let text = bytes;
      for (const { at, remove, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + remove);
      try {
        const { dataset } = await read(text);
        expect(dataset.values.length).toBe(dataset.count * PIXELS);
        expect(dataset.count).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(DataError);
      }
    }),
    { numRuns: 300 },
  );
});
