import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser } from 'acorn';
import { expect, test } from 'vitest';
import { applyEdits } from '../../../src/sandbox/edits.ts';
import { type SyntaxNode, eraseTypes } from '../../../src/sandbox/erase-types.ts';

const parser = Parser.extend(tsPlugin() as never);

function erased(source: string): string {
  const tree = parser.parse(source, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  return applyEdits(source, eraseTypes(tree as unknown as SyntaxNode, source)).code;
}

test('types: of all the files of this project the same is left as what Node leaves of them', () => {
  const files = globSync('{src,scripts,tests}/**/*.ts').filter(
    (file) => !file.includes('assembly') && !file.endsWith('.d.ts'),
  );
  expect(files.length).toBeGreaterThan(300);
  const different = files.filter((file) => {
    const source = readFileSync(file, 'utf8');
    return bare(erased(source)) !== bare(stripTypeScriptTypes(source));
  });
  expect(different).toEqual([]);
});

test.each([
  'const n = (a + b) as number * 2;',
  'const n = (a ?? b)!.c!.d;',
  'const n = (a satisfies B as C)!;',
  'const f = make<string>;',
  'function f(this: X, a?: number, ...rest: string[]): asserts a is number {}',
  'abstract class A<T> extends B<T> implements C, D { abstract a: T; private readonly b?: T = 1; c!: T; static override d(): void {} }',
  'let a!: number, b: { c: 1 }[] = [];',
  'try {} catch (e: unknown) {}',
  'function f(a: number): void;\nfunction f(a) {}',
  'class A { [k: string]: any; declare w: number; get v(): number { return 1 } e?(): void; f: () => void = () => {} }',
])('types: what is left of %s is what Node leaves, and everything stays at its place', (source) => {
  const left = erased(source);
  expect(left).toHaveLength(source.length);
  expect(bare(left)).toBe(bare(stripTypeScriptTypes(source)));
});

test('types: one in angle brackets goes, and the brackets of the expression stay', () => {
  expect(erased('n = <any>(a, b);')).toBe('n =      (a, b);');
});

test.each(['enum A { b }', 'namespace N { const a = 1 }', 'class A { constructor(private b: number) {} }'])(
  'types: %s is refused at its place, since it is more than types',
  (source) => expect(() => erased(source)).toThrow(/is more than/),
);

/** Without room, and without what separates: Node drops the types among the names of an import, which cells look up. */
function bare(code: string): string {
  const imports = /^import \{[^}]*\}/gm;
  return code
    .replace(imports, (list) => list.replace(/\btype [\w$]+/g, ''))
    .replace(/[\s;,]+/g, ' ')
    .trim();
}
