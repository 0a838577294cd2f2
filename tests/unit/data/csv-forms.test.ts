import fc from 'fast-check';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { DataQuestion } from '../../../src/lib/data/appearance.ts';
import { type CsvOptions, type CsvResult, readCsv } from '../../../src/lib/data/csv.ts';
import { NoLabelsError } from '../../../src/lib/data/csv-layout.ts';
import { DataError, PIXELS, SIDE, createDataset } from '../../../src/lib/data/dataset.ts';

/** A one is an upright stroke, a digit else a block of its own height: all inside a rim of paper. */
function picture(label: number, shade = 200): number[] {
  return Array.from({ length: PIXELS }, (_, n) => {
    const [x, y] = [n % SIDE, Math.floor(n / SIDE)];
    const isInk =
      label === 1 ? x > 12 && x < 16 && y > 4 && y < 24 : x > 5 && x < 22 && y > 6 && y < 9 + label;
    return isInk ? shade + (n % 50) : 0;
  });
}

const LABELS = [7, 3, 1, 0, 9, 4, 1, 5, 2, 8, 6, 1, 3, 0];
const pictures = LABELS.map((label) => picture(label));
const digits = createDataset('digits', Uint8Array.from(pictures.flat()), Uint8Array.from(LABELS));

type Row = (string | number)[];
const first: Row[] = LABELS.map((label, i) => [label, ...pictures[i]!]);
const last: Row[] = LABELS.map((label, i) => [...pictures[i]!, label]);
const names = (stem: string, from = 0) => Array.from({ length: PIXELS }, (_, n) => `${stem}${n + from}`);
const text = (rows: readonly Row[], mark = ',', end = '\n') =>
  rows.map((row) => row.join(mark) + end).join('');

async function* inPieces<T extends string | Uint8Array>(
  whole: T,
  cuts: readonly number[],
): AsyncGenerator<T> {
  const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)).toSorted((a, b) => a - b), whole.length];
  for (let k = 1; k < places.length; k++) yield whole.slice(places[k - 1], places[k]) as T;
}

const read = (file: string | Uint8Array, options: Partial<CsvOptions> = {}): Promise<CsvResult> =>
  readCsv(inPieces(file, [1, 2, 3, 50, 9999]), { name: 'own.csv', ...options });

async function expectTheDigits(reading: Promise<CsvResult>): Promise<void> {
  const { dataset, badRows, badRowCount } = await reading;
  expect([badRows, badRowCount]).toEqual([[], 0]);
  expect([...dataset.labels]).toEqual(LABELS);
  expect(dataset.values).toEqual(digits.values);
}

const utf16 = (whole: string, isLittle: boolean, mark: string) => {
  const marked = mark + whole;
  const bytes = new Uint8Array(2 * marked.length);
  const view = new DataView(bytes.buffer);
  for (let n = 0; n < marked.length; n++) view.setUint16(2 * n, marked.charCodeAt(n), isLittle);
  return bytes;
};

describe('the same digits are read, whatever stands around them', () => {
  const plain = text(first);
  const scientific = first.map((row) => row.map((value) => Number(value).toExponential(18)));
  const forms: Record<string, string | Uint8Array> = {
    'with the label as 5.000e+00': text(scientific),
    'separated by spaces, as savetxt does': text(scientific, ' '),
    'separated by tabs, the label last': text(last, '\t'),
    'separated by bars': text(first, '|'),
    'with sep=; above, and semicolons': `sep=;\r\n${text(first, ';', '\r\n')}`,
    'with a title and a blank line above the header': `Digits of the class, drawn in May\n\n${text([['label', ...names('p')], ...first])}`,
    'with a title that fills a row of empty fields': text([
      ['My digits', ...Array.from<string>({ length: PIXELS }).fill('')],
      ['class', ...names('px')],
      ...first,
    ]),
    'with a header of numbers from 1': text([Array.from({ length: PIXELS + 1 }, (_, n) => n + 1), ...last]),
    'with a label in the middle that the header names': text([
      [...names('x').slice(0, 300), 'Target', ...names('x').slice(300)],
      ...last.map((row) => [...row.slice(0, 300), row[PIXELS]!, ...row.slice(300, PIXELS)]),
    ]),
    'with one column that is named unlike the pixels': text([[...names('pixel_'), 'Ziffer'], ...last]),
    'with a column of row numbers that has no name': text([
      ['', 'label', ...names('pixel')],
      ...first.map((row, i) => [i, ...row]),
    ]),
    'with a column of row numbers, without a header': text(first.map((row, i) => [i + 1, ...row])),
    'with names of files in front': text(last.map((row, i) => [`digit-${i}.png`, ...row])),
    'with two columns of numbers, as pandas leaves them': text([
      ['Unnamed: 0.1', 'Unnamed: 0', 'label', ...names('pixel')],
      ...first.map((row, i) => [i, i + 40, ...row]),
    ]),
    'with a comma at the end of the rows, not of the header': text([
      ['label', ...names('p')],
      ...first.map((row) => [...row, '']),
    ]),
    'with a comma at each end': text(last.map((row) => ['', ...row, ''])),
    'packed as gzip': gzipSync(strToU8(plain)),
    'packed as gzip twice in one file': Uint8Array.of(
      ...gzipSync(strToU8(text(first.slice(0, 5)))),
      ...gzipSync(strToU8(text(first.slice(5)))),
    ),
    'packed as zip, with what a Mac adds': zipSync({
      'digits/train.csv': strToU8(plain),
      '__MACOSX/digits/._train.csv': strToU8('x'),
      'readme.md': strToU8('x'),
    }),
    'in UTF-8 with a byte-order mark': strToU8(`\uFEFF${plain}`),
    'in UTF-16, little end first': utf16(plain, true, '\uFEFF'),
    'in UTF-16, big end first': utf16(plain, false, '\uFEFF'),
    'in UTF-16 without a mark': utf16(plain, true, ''),
    'as gzip of UTF-16': gzipSync(utf16(plain, false, '\uFEFF')),
  };
  for (const [name, file] of Object.entries(forms)) test(name, () => expectTheDigits(read(file)));

  test('as fractions with a decimal comma, between semicolons', async () => {
    const rows = first.map(([label, ...pixels]) => [
      label!,
      ...pixels.map((value) => String(Number(value) / 255).replace('.', ',')),
    ]);
    await expectTheDigits(read(text(rows, ';')));
  });

  test('sorted by their labels, so that hundreds begin alike', async () => {
    const rows = [0, 1, 2].flatMap((label) =>
      Array.from({ length: 500 }, (): Row => [label, ...picture(label)]),
    );
    const { dataset, badRowCount } = await read(text(rows));
    expect([dataset.count, badRowCount]).toEqual([1500, 0]);
    expect(dataset.labels[1499]).toBe(2);
  });
});

describe('good rows and bad rows are the rows of the file', () => {
  test('however the lines end, and wherever the pieces are cut', async () => {
    const end = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ end, isBad: fc.boolean() }), {
          minLength: LABELS.length,
          maxLength: LABELS.length,
        }),
        fc.array(fc.nat(60_000), { maxLength: 30 }),
        fc.boolean(),
        fc.boolean(),
        async (lines, cuts, isClosed, asBytes) => {
          const rows = first.map((row, i) => (lines[i]!.isBad ? row.with(70, 'x') : row).join(','));
          let whole = `label,${names('pixel').join(',')}\r\n`;
          rows.forEach((row, i) => {
            whole += row + (i < rows.length - 1 || isClosed ? lines[i]!.end : '');
          });
          const bad = lines.filter(({ isBad }) => isBad).length;
          const pieces = asBytes ? inPieces(strToU8(whole), cuts) : inPieces(whole, cuts);
          const reading = readCsv(pieces, { name: 'cut.csv' });
          if (bad === rows.length) {
            // Its answer is no verdict: the property takes a returned `false` for a failure.
            await expect(reading).rejects.toThrow('row 2 has "x" as pixel 69');
            return;
          }
          const { dataset, badRowCount, badRows } = await reading;
          expect([dataset.count, badRowCount]).toEqual([rows.length - bad, bad]);
          expect(badRows.map(({ row }) => row)).toEqual(
            lines.flatMap(({ isBad }, i) => (isBad ? [i + 2] : [])),
          );
          return undefined;
        },
      ),
      { numRuns: 150 },
    );
  });

  test('one first row that is odd is the bad one, in whatever way it is', async () => {
    const odd: [string, Row, RegExp][] = [
      ['a fraction', first[0]!.with(100, '0.25'), /^has 0.25 as pixel 99, where pixels are whole numbers/],
      [
        'all of it fractions',
        first[0]!.map((value, n) => (n === 0 ? value : Number(value) / 255)),
        /where pixels are whole/,
      ],
      ['cut off', first[0]!.slice(0, 400), /^has 400 fields, not 785$/],
      ['a question mark', first[0]!.with(0, '?'), /^has the label "\?"/],
    ];
    for (const [name, row, reason] of odd) {
      const { dataset, badRows } = await read(text([row, ...first.slice(1)]));
      expect([name, dataset.count, badRows.length]).toEqual([name, 13, 1]);
      expect(badRows[0]!.row).toBe(1);
      expect(badRows[0]!.reason).toMatch(reason);
    }
  });

  test('bytes in the first row of a file of fractions', async () => {
    const fractions = first.map(([label, ...pixels]) => [
      label!,
      ...pixels.map((value) => Number(value) / 255),
    ]);
    const { dataset, badRows } = await read(text([first[0]!, ...fractions]));
    expect(badRows.map(({ row }) => row)).toEqual([1]);
    expect(dataset.values).toEqual(digits.values);
  });

  test('a first row of words is a bad row, under a header or without one', async () => {
    const empty = first[0]!.map(() => 'NA');
    const header = ['label', ...names('pixel')];
    for (const [rows, row] of [
      [[header, empty, ...first], 2],
      [[empty, ...first], 1],
    ] as const) {
      const { dataset, badRows } = await read(text(rows));
      expect([dataset.count, badRows.map((each) => each.row)]).toEqual([14, [row]]);
    }
  });

  test('a picture that pandas took for the header is counted as lost', async () => {
    const seen = new Map<string, number>();
    const mangled = first[0]!.map((value) => {
      const count = seen.get(String(value)) ?? 0;
      seen.set(String(value), count + 1);
      return count === 0 ? value : `${value}.${count}`;
    });
    const { dataset, badRows } = await read(text([mangled, ...first.slice(1)]));
    expect([dataset.count, badRows.length]).toEqual([13, 1]);
    expect(badRows[0]).toMatchObject({ row: 1, reason: expect.stringContaining('pandas') });
    expect([...dataset.labels]).toEqual(LABELS.slice(1));
  });
});

describe('the column of the label', () => {
  test('is found in spite of bad rows', async () => {
    for (const rows of [first.with(4, first[4]!.with(0, 'nine')), first.with(4, first[4]!.with(0, ''))]) {
      const { dataset, badRowCount } = await read(text(rows));
      expect(badRowCount).toBe(1);
      expect([...dataset.labels]).toEqual(LABELS.toSpliced(4, 1));
    }
    const { dataset } = await read(text(last.with(2, last[2]!.with(PIXELS, '-'))));
    expect([...dataset.labels]).toEqual(LABELS.toSpliced(2, 1));
  });

  const open: [string, Row[]][] = [
    ['letters besides digits', first.map((row, i) => row.with(0, i * 4))],
    ['one digit alone', first.map((row) => row.with(0, 6))],
    ['digits at both ends', first.map((row, i) => row.with(PIXELS, (i * 3) % 8))],
    ['the last column nearly always 0', last.map((row) => row.with(PIXELS, 0))],
  ];
  for (const [name, rows] of open) {
    test(`is asked for where two answers are possible: ${name}`, async () => {
      await expect(read(text(rows))).rejects.toThrow(expect.objectContaining({ about: 'label' }));
      await expect(read(text(rows))).rejects.toThrow('say which column');
    });
  }

  test('can be said: first, last, a name, a number from 1', async () => {
    const fours = text([['what', ...names('f')], ...LABELS.map((): Row => [4, ...picture(4)])]);
    for (const label of ['first', 'what', 'WHAT', '1', 1]) {
      expect([...(await read(fours, { label })).dataset.labels]).toEqual(LABELS.map(() => 4));
    }
    const both = text(first.map((row, i) => row.with(PIXELS, (i * 3) % 8)));
    expect((await read(both, { label: 'last' })).dataset.labels[1]).toBe(3);
    await expect(read(fours, { label: 'digit' })).rejects.toThrow('no column called "digit"');
    await expect(read(fours, { label: 786 })).rejects.toThrow('there is no column 786');
    await expect(read(both, { label: 'digit' })).rejects.toThrow('its columns have no names');
  });
});

describe('a file is named for what it is', () => {
  test('pictures without labels, numbered or not', async () => {
    const pixels = last.map((row) => row.slice(0, PIXELS));
    const many = [...pixels, ...pixels];
    for (const rows of [[names('pixel'), ...pixels], pixels, many.map((row, i) => [i, ...row])]) {
      await expect(read(text(rows))).rejects.toThrow(NoLabelsError);
      await expect(read(text(rows))).rejects.toThrow('without labels');
      for (const label of ['first', 'last', 'label', '1'])
        await expect(read(text(rows), { label })).rejects.toThrow(NoLabelsError);
    }
  });

  test('rows of another length, with a header that names a label or without', async () => {
    await expect(read('label,a\n1,2\n')).rejects.toThrow('row 2 has 2 fields, not 785');
    await expect(read('1,2\n3,4\n')).rejects.toThrow('row 1 has 2 fields, not 785');
    const short = text([['label', ...names('pixel').slice(1)], ...first.map((row) => row.slice(0, PIXELS))]);
    await expect(read(short)).rejects.toThrow('row 2 has 784 fields, not 785');
    const wide = text([['label', ...names('p'), 'extra'], ...first.map((row) => [...row, 0])]);
    await expect(read(wide)).rejects.toThrow('column 1 as the label leaves 785 for the pixels');
  });

  const others: [string, string | Uint8Array, RegExp][] = [
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', /is a web page/],
    ['an IDX file', Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, 0), /is an IDX file/],
    [
      'a spreadsheet',
      zipSync({ '[Content_Types].xml': strToU8('x'), 'xl/workbook.xml': strToU8('x') }),
      /Excel/,
    ],
    ['a zip of other things', zipSync({ 'a.png': strToU8('x') }), /without a CSV file in it; it holds a.png/],
    [
      'a zip of two',
      zipSync({ 'train.csv': strToU8('1,2'), 'test.csv': strToU8('1,2') }),
      /more than one CSV file, train.csv and test.csv/,
    ],
    [
      'a gzip cut off',
      gzipSync(strToU8(text(first))).slice(0, 300),
      /packed as gzip, and damaged or cut off/,
    ],
    ['a zip cut off', zipSync({ 'a.csv': strToU8(text(first)) }).slice(0, 300), /zip/],
    [
      'a picture',
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48),
      /not text in UTF-8/,
    ],
    ['one endless line', '0,'.repeat(600_000), /line of more than 1000000 characters/],
    ['gzip read as text', new TextDecoder().decode(gzipSync(strToU8('label'))), /packed as gzip/],
  ];
  for (const [name, file, message] of others) {
    test(name, async () => {
      await expect(read(file)).rejects.toThrow(DataError);
      await expect(read(file)).rejects.toThrow(message);
    });
  }

  describe('a packed file in which one digit has been changed, or whose end is missing, is damaged', () => {
    const whole = strToU8(text(first));
    const half = whole.length >> 1;
    const changed = (file: Uint8Array, at = file.length >> 1) => file.with(at, file[at]! ^ 1);
    const stored = { level: 0 } as const;
    const members = [
      gzipSync(whole.subarray(0, half), stored),
      gzipSync(whole.subarray(half), stored),
    ] as const;
    const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
    const zip = zipSync({ 'a.csv': whole, 'readme.md': strToU8('x') }, stored);
    const damaged: Record<string, Uint8Array> = {
      gzip: changed(gzipSync(whole, stored)),
      'a gzip without its last byte': gzipSync(whole).slice(0, -1),
      'the first of two gzips': joined(changed(members[0]), members[1]),
      'the second of two gzips': joined(members[0], changed(members[1])),
      zip: changed(zip, half),
      'a zip without its directory': zip.slice(0, whole.length + 60),
    };
    for (const [name, file] of Object.entries(damaged)) {
      test(name, () =>
        expect(read(file)).rejects.toThrow(/^own\.csv is packed as (gzip|zip), and damaged or cut off/),
      );
    }
    test('as they were, they are read', () => expectTheDigits(read(joined(...members))));
  });

  test('what unpacks to far more than its size', async () => {
    const bomb = gzipSync(new Uint8Array(40_000_000).fill(10));
    expect(bomb.length).toBeLessThan(80_000);
    await expect(read(bomb)).rejects.toThrow('unpacks to more than 200 times its size');
  });
});

describe('pictures that are not as here are asked about', () => {
  const inverted = first.map(([label, ...pixels]) => [label!, ...pixels.map((value) => 255 - Number(value))]);
  const turned = first.map(([label, ...pixels]) => [
    label!,
    ...pixels.map((_, n) => pixels[(n % SIDE) * SIDE + Math.floor(n / SIDE)]!),
  ]);

  test('black ink on white paper, which is inverted, or taken as it is, as the reader says', async () => {
    await expect(read(text(inverted))).rejects.toThrow(DataQuestion);
    await expect(read(text(inverted))).rejects.toThrow('white paper');
    await expectTheDigits(read(text(inverted), { invert: true }));
    expect((await read(text(inverted), { invert: false })).dataset.values[0]).toBe(255);
  });

  test("EMNIST's, whose rows are columns", async () => {
    await expect(read(text(turned))).rejects.toThrow(expect.objectContaining({ about: 'turn' }));
    await expectTheDigits(read(text(turned), { turn: true }));
    expect((await read(text(turned), { turn: false })).dataset.count).toBe(14);
  });

  test('both at once: one question after the other', async () => {
    const both = turned.map(([label, ...pixels]) => [label!, ...pixels.map((value) => 255 - Number(value))]);
    await expect(read(text(both))).rejects.toThrow(expect.objectContaining({ about: 'invert' }));
    await expect(read(text(both), { invert: true })).rejects.toThrow(
      expect.objectContaining({ about: 'turn' }),
    );
    await expectTheDigits(read(text(both), { invert: true, turn: true }));
  });
});
