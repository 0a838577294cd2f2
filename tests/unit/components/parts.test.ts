import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const list = (pattern: string) => globSync(pattern, { cwd: ROOT }).map((file) => file.replaceAll('\\', '/'));
const files = list('src/components/**/*.{tsx,astro}');
const sheets = list('src/components/**/*.css');
/** The classes of the parts' stylesheets, but for those that every page has. */
const everywhere = new Set(list('src/styles/*.css').flatMap((sheet) => [...classesOf(sheet)]));
/** Made by KaTeX, in the text of chapters. */
const FOREIGN = ['katex'];
const styled = new Set(
  sheets
    .flatMap((sheet) => [...classesOf(sheet)])
    .filter((name) => !everywhere.has(name) && !FOREIGN.includes(name)),
);

describe('parts change state through named actions only', () => {
  test('none writes to a signal that it has not made for itself', () => {
    expect(files.length).toBeGreaterThan(50);
    const writes = files
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) => foreignWrites(file, read(file)));
    expect(writes).toEqual([]);
  });

  test.each([
    ['run.speed.value = 2;', 'run.speed.value'],
    ['const { speed } = run; speed.value = 2;', 'speed.value'],
    ['stack.seed.value++;', 'stack.seed.value'],
    ['stack.seed.value += 1;', 'stack.seed.value'],
    ["stack['seed'].value = 1;", "stack['seed'].value"],
  ])('%s is not for a part to do', (source, culprit) => {
    expect(foreignWrites('Some.tsx', source)).toEqual([`Some.tsx writes to ${culprit}`]);
  });

  test.each([
    'const pen = useSignal(0); pen.value = 2;',
    "const f = (event) => { event.currentTarget.value = ''; };",
    'const at = run.speed.value === 2;',
  ])('%s is', (source) => {
    expect(foreignWrites('Some.tsx', source)).toEqual([]);
  });
});

test('what cannot be used yet keeps the focus: no control has the attribute that drops it', () => {
  const controls = /<(?:button|input|select|textarea|fieldset)\b(?:=>|[^>])*?(?<![-\w])disabled\b/;
  expect(files.filter((file) => controls.test(read(file)))).toEqual([]);
  expect('<button class="a" onClick={() => go()} disabled>').toMatch(controls);
  expect('<button aria-disabled={true}>').not.toMatch(controls);
});

describe('styles', () => {
  test('every class of a part is in a stylesheet that it brings, its own or one of a part that it draws', () => {
    const missing = files.flatMap((file) => {
      const brought = new Set(stylesBroughtBy(file).flatMap((sheet) => [...classesOf(sheet)]));
      return [...classesUsedIn(file)]
        .filter((name) => styled.has(name) && !brought.has(name))
        .map((name) => `${file} does not bring the styles of "${name}"`);
    });
    expect(missing).toEqual([]);
  });

  test('every class that has a style is used', () => {
    const used = new Set(files.flatMap((file) => [...classesUsedIn(file), ...wordsOf(file)]));
    const [prefixes, dead] = [[...used].filter((name) => name.endsWith('-')), [...styled]];
    expect(
      dead.filter((name) => !used.has(name) && !prefixes.some((prefix) => name.startsWith(prefix))),
    ).toEqual([]);
  });

  test('a stylesheet is named after the part that stands beside it, or serves several parts', () => {
    const stray = sheets.filter((sheet) => {
      const part = sheet.replace(/\.css$/, '');
      if (files.includes(`${part}.tsx`) || files.includes(`${part}.astro`)) return false;
      return files.filter((file) => importsOf(file).includes(sheet)).length < 2;
    });
    expect(stray).toEqual([]);
  });
});

/** Where a file writes to the `value` of what is neither its own `useSignal` nor the field of an event. */
function foreignWrites(file: string, source: string): string[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const own = new Set(['event.currentTarget']);
  const writes: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && /^useSignal\b/.test(node.initializer?.getText() ?? ''))
      own.add(node.name.getText());
    const target = writtenTo(node);
    if (target && ts.isPropertyAccessExpression(target) && target.name.text === 'value')
      if (!own.has(target.expression.getText())) writes.push(`${file} writes to ${target.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return writes;
}

/** What an assignment or a step of one changes. */
function writtenTo(node: ts.Node): ts.Expression | undefined {
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const isStep =
      node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    return isStep ? node.operand : undefined;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  return isAssignment ? node.left : undefined;
}

/** The stylesheets that come with a part: its own, its shell's, and those of all the parts that it imports. */
function stylesBroughtBy(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const shell = file.replace(/Island\.tsx$/, '.astro');
  const near = [...importsOf(file), ...(files.includes(shell) ? importsOf(shell) : [])];
  return near.flatMap((path) => {
    if (path.endsWith('.css')) return [path];
    return files.includes(path) ? stylesBroughtBy(path, seen) : [];
  });
}

function importsOf(file: string): string[] {
  const specifiers = [...read(file).matchAll(/(?:from|import) '(\.[^']+)'/g)].map(
    ([, specifier]) => specifier!,
  );
  return specifiers.map((specifier) => posix.join(posix.dirname(file), specifier));
}

/** The classes that a stylesheet has rules for. */
function classesOf(sheet: string): Set<string> {
  const selectors = read(sheet)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\{[^{}]*\}/g, '{}');
  return new Set([...selectors.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name!));
}

/** What stands in `class`; of a template the parts that are written out. */
function classesUsedIn(file: string): Set<string> {
  const values = [...read(file).matchAll(/\bclass=(?:"([^"]*)"|\{((?:[^{}]|\$?\{[^{}]*\})*)\})/g)].map(
    ([, text, code]) => text ?? literalsOf(code!).join(' '),
  );
  return new Set(values.flatMap((value) => value.split(/\s+/)).filter(Boolean));
}

/** Every word of the strings in a file: a class may be chosen far from where it is set. */
function wordsOf(file: string): string[] {
  return literalsOf(read(file)).flatMap((text) => text.split(/\s+/));
}

function literalsOf(code: string): string[] {
  return [...code.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g)].map(([, single, double, template]) =>
    (single ?? double ?? template!).replace(/\$\{[^}]*\}/g, ' '),
  );
}

function read(file: string): string {
  return readFileSync(`${ROOT}/${file}`, 'utf8');
}
