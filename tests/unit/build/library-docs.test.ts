import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readDocstring } from '../../../src/build/docstring.ts';
import { libraryFile, libraryFiles } from '../../../src/build/library-docs.ts';
import { libraryRooms, linkedSignature, placeOnPage } from '../../../src/build/library-rooms.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const SOURCE = `
import type { Matrix } from './matrix.ts';
import { Base } from 'package';

/** Two of them. */
export interface Pair extends Base {
  /** The first. */
  readonly one?: number;
  other(by: Matrix): Pair;
}

function own() {}

/**
 * Adds \`one\`
 * to a row.
 *
 * In place.
 *
 * @param row (1 × units), which is
 *   changed
 * @throws RangeError when it is empty
 */
export function add(row: Matrix, { one, other: [two] }: Pair): void {
  own();
}

export class Box {
  #hidden = 0;
  private readonly shut = 1;
  /** Seen. */
  static of(value: number): Box { return new Box(value); }
  constructor(readonly value: number) {}
}

export const table = { relu: 1, tanh: { slope: 2, name: 'a long name so that the value is not written out at all here' } } as const;
export const short = 3;
`;

const file = libraryFile('src/lib/nn/example.ts', SOURCE);
const declared = (name: string) => file.declared.find((each) => each.name === name)!;

describe('what a file of the library exports', () => {
  test('is found with its kind, in its order, and nothing else', () => {
    expect(file.declared.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'interface Pair',
      'function add',
      'class Box',
      'value table',
      'value short',
    ]);
  });

  test('has its signature without its body, and the line where it stands', () => {
    expect(declared('add').signature).toBe('add(row: Matrix, { one, other: [two] }: Pair): void');
    expect(declared('add').line).toBe(24);
    expect(declared('Pair').signature).toBe('interface Pair extends Base');
    expect(declared('short').signature).toBe('short = 3');
    expect(declared('table').signature).toBe('table');
  });

  test('has the parts that everyone may use', () => {
    expect(declared('Pair').parts.map(({ signature }) => signature)).toEqual([
      'one?: number',
      'other(by: Matrix): Pair',
    ]);
    expect(declared('Box').parts.map(({ signature }) => signature)).toEqual([
      'static of(value: number): Box',
      'constructor(readonly value: number)',
    ]);
    expect(declared('table').parts.map(({ signature }) => signature)).toEqual(['relu', 'tanh']);
  });

  test('leads from the names in a signature to where they are described', () => {
    const links = linkedSignature(declared('add'), file).filter(({ path }) => path);
    expect(linkedSignature(declared('Pair'), file).filter(({ path }) => path)).toEqual([]);
    expect(links).toEqual([
      { text: 'Matrix', path: 'api/nn/#matrix.Matrix' },
      { text: 'Pair', path: 'api/nn/#example.Pair' },
    ]);
  });
});

describe('a docstring', () => {
  test('is taken apart into paragraphs, parameters and errors', () => {
    expect(readDocstring(declared('add').text)).toEqual({
      paragraphs: [['Adds ', 'one', ' to a row.'], ['In place.']],
      parameters: [{ name: 'row', words: ['(1 × units), which is changed'] }],
      returns: [],
      throws: [['RangeError when it is empty']],
    });
  });

  test('may have tags and no words, and no tags that no page shows', () => {
    expect(readDocstring('@returns nats')).toMatchObject({ paragraphs: [], returns: [['nats']] });
    expect(() => readDocstring('Words.\n@see there')).toThrow('@see');
  });
});

describe('the library itself', () => {
  const files = libraryFiles(ROOT);
  const all = files.flatMap(({ file, declared }) =>
    declared.flatMap((each) => [each, ...each.parts].map((one) => ({ ...one, file }))),
  );

  test('says of each of its functions, classes and interfaces what it is', () => {
    expect(all.length).toBeGreaterThan(1000);
    const silent = all.filter(
      ({ kind, text }) => ['function', 'class', 'interface'].includes(kind) && text === '',
    );
    expect(silent.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
  });

  test('describes no parameter that there is not', () => {
    const wrong = all.flatMap(({ file, name, text, parameters }) =>
      readDocstring(text)
        .parameters.filter((each) => !parameters.includes(each.name.split('.')[0]!))
        .map((each) => `${file} ${name} ${each.name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('has a page for each of its rooms, and on it a place of its own for each thing', () => {
    const rooms = libraryRooms(ROOT);
    expect(rooms.map(({ name }) => name)).toEqual([
      'nn',
      'experiments',
      'ink',
      'data',
      'models',
      'training',
      'clinic',
    ]);
    for (const { files } of rooms) {
      const places = files.flatMap(({ file, declared }) => [
        placeOnPage(file),
        ...declared.map(({ name }) => placeOnPage(file, name)),
      ]);
      expect(places.length).toBeGreaterThan(10);
      expect(places.filter((place, n) => places.indexOf(place) !== n)).toEqual([]);
    }
  });

  test('leads nowhere but to what is described', () => {
    const described = new Set(
      files.flatMap(({ file, declared }) => declared.map(({ name }) => `${file} ${name}`)),
    );
    const dead = files.flatMap(({ file, imported }) =>
      [...imported]
        .filter(([name, from]) => from.startsWith('src/lib/') && !described.has(`${from} ${name}`))
        .map(([name, from]) => `${file}: ${name} of ${from}`),
    );
    expect(dead).toEqual([]);
  });
});
