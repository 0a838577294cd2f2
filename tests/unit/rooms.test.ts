import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The rooms of the house (ARCHITECTURE.md) in the order of imports: one may import those above it. */
const ROOMS = [
  'src/lib/written-number.ts',
  'src/lib/nn/',
  'src/lib/experiments/',
  'src/lib/ink/',
  'src/lib/data/',
  'src/lib/models/',
  'src/lib/training/',
  'src/lib/clinic/',
  'src/lib/notation.ts',
  'src/sandbox/',
  'src/explain/',
  'src/workers/',
  'src/service-worker/',
  'src/state/store/',
  'src/state/remote/',
  'src/state/site/',
  'src/state/page/',
  'src/state/digits/',
  'src/state/run/',
  'src/state/pass/',
  'src/state/cells/',
  'src/build/',
  'src/components/',
  'src/layouts/',
  'src/content.config.ts',
  'src/pages/',
];

/** Beside that order: what runs apart from the pages knows the library and itself. */
const APART = ['scripts/'];

/** Families of components that every other family may borrow from; else no family imports from its sibling. */
const SHARED_FAMILIES = ['figures', 'map', 'exercises', 'pad'];

/** Written from nothing: no package is imported here. */
const WITHOUT_PACKAGES = ['src/lib/written-number.ts', 'src/lib/nn/', 'src/lib/ink/', 'src/lib/notation.ts'];

/** Run by Node only; all other rooms also run in the browser, where Node's modules do not exist. */
const WITH_NODE = ['src/build/', 'src/layouts/', 'src/pages/', 'src/content.config.ts', 'scripts/'];

describe('the order of the rooms', () => {
  const files = globSync('{src,scripts}/**/*.{ts,tsx,mjs,astro}', { cwd: ROOT }).map((file) =>
    file.replaceAll('\\', '/'),
  );

  test('every import in the tree keeps it', () => {
    expect(files.length).toBeGreaterThan(10);
    const broken = files.flatMap((file) => violations(file, readFileSync(`${ROOT}/${file}`, 'utf8')));
    expect(broken).toEqual([]);
  });

  test('every source file stands in a room', () => {
    const homeless = files.filter((file) => !file.endsWith('.d.ts') && roomOf(file) === undefined);
    expect(homeless).toEqual([]);
  });

  test('is the order of the table in ARCHITECTURE.md', () => {
    const rows = [...read('ARCHITECTURE.md').matchAll(/^\| (`src\/.*?) +\|/gm)];
    const named = rows.flatMap(([, names]) => [...names!.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    expect(named).toEqual(ROOMS.filter((room) => room !== 'src/content.config.ts'));
  });

  test('is drawn in ARCHITECTURE.md as the imports are', () => {
    const drawing = /```mermaid\n([\s\S]*?)```/.exec(read('ARCHITECTURE.md'))![1]!;
    const rooms = new Map([...drawing.matchAll(/(\w+)\["([^"]+)"\]/g)].map(([, id, room]) => [id, room]));
    const drawn = [...drawing.matchAll(/(\w+) --> (\w+)/g)].map(
      ([, from, to]) => `${rooms.get(from)} imports ${rooms.get(to)}`,
    );
    const real = arrows(files);
    expect(real.length).toBeGreaterThan(20);
    expect(drawn.sort()).toEqual(real.sort());
  });

  test.each([
    ['src/lib/nn/layer.ts', "import { Dataset } from '../data/dataset.ts';", 'src/lib/data/'],
    ['src/lib/nn/layer.ts', "import type { Dataset } from '../data/dataset.ts';", 'src/lib/data/'],
    ['src/lib/data/csv.ts', "export { run } from '../../state/run/run.ts';", 'src/state/run/'],
    ['src/lib/data/csv.ts', "const run = await import('../../state/run/run.ts');", 'src/state/run/'],
    ['src/state/run/run.ts', "import '../../components/pad/Pad.tsx';", 'src/components/'],
    [
      'src/lib/ink/raster.ts',
      "new Worker(new URL('../../workers/ink.ts', import.meta.url));",
      'src/workers/',
    ],
    ['src/layouts/Base.astro', "---\nimport Page from '../pages/index.astro';\n---\n<p>a</p>", 'src/pages/'],
    ['src/layouts/Base.astro', "<p>a</p>\n<script>\n  import '../pages/a.ts';\n</script>", 'src/pages/'],
    ['src/sandbox/kernel.ts', "import { run } from '../state/run/run.ts';", 'src/state/run/'],
    ['scripts/train.ts', "import { tex } from '../src/build/tex.ts';", 'src/build/'],
    ['src/lib/nn/matrix.ts', "import fc from 'fast-check';", 'fast-check'],
    ['src/lib/data/idx.ts', "import { readFileSync } from 'node:fs';", 'node:fs'],
    ['src/components/Pad.tsx', "import { readFileSync } from 'fs';", 'fs'],
    ['src/state/store/database.ts', "import { run } from '../run/run.ts';", 'src/state/run/'],
    ['src/components/lab/Lab.tsx', "import { Console } from '../trainer/Console.tsx';", 'trainer/'],
    [
      'src/components/lab/Lab.astro',
      "---\nimport { Console } from '../trainer/Console.tsx';\n---",
      'trainer/',
    ],
    ['src/state/run/run.ts', "import { ensureData } from '../../../scripts/data.ts';", 'scripts/'],
  ])('%s may not hold %s', (file, source, culprit) => {
    expect(violations(file, source)).toEqual([expect.stringContaining(culprit)]);
  });

  test.each([
    ['src/lib/training/trainer.ts', "import { Network } from '../nn/network.ts'; import './setup.ts';"],
    ['src/lib/data/csv.ts', "import Papa from 'papaparse';"],
    ['src/components/lab/Lab.tsx', "import { Pad } from '../pad/Pad.tsx'; import './RunsTable.tsx';"],
    ['src/state/run/run.ts', "import Trainer from '../../workers/trainer.ts?worker';"],
    [
      'src/layouts/Base.astro',
      "---\nimport '../styles/base.css';\nimport { readFileSync } from 'node:fs';\n---",
    ],
    ['scripts/train.ts', "import { Trainer } from '../src/lib/training/trainer.ts'; import './data.ts';"],
    ['src/lib/nn/layer.ts', "// import '../../pages/a.ts' would be wrong here\nconst s = 'import a from b';"],
  ])('%s may hold %s', (file, source) => {
    expect(violations(file, source)).toEqual([]);
  });
});

test('the library draws every random number from its own seeded generator', () => {
  const files = globSync('src/lib/**/*.ts', { cwd: ROOT });
  const unseeded = files.filter((file) => /\bMath\.random\(|getRandomValues\(/.test(read(file)));
  expect(unseeded).toEqual([]);
});

/** Ways to write a number of one's own. What the library says in errors and files are whole numbers, or all digits: template strings. */
const OWN_FORMAT = /\.(?:toFixed|toPrecision|toExponential|toLocaleString)\(|\bNumberFormat\b/;

test('every number on a page is written in one place, src/explain/numbers.ts', () => {
  const files = globSync('src/**/*.{ts,tsx,astro}', { cwd: ROOT });
  const others = files.filter((file) => OWN_FORMAT.test(read(file)));
  expect(others.map((file) => file.replaceAll('\\', '/'))).toEqual(['src/explain/numbers.ts']);
});

test('an element of an array is read as it is: `]!` says nothing where indices are not checked', () => {
  const files = globSync('{src,scripts}/**/*.{ts,tsx,astro}', { cwd: ROOT });
  expect(files.filter((file) => /\]!(?!=)/.test(read(file)))).toEqual([]);
});

test('chapters hold no imports and no exports: they name their widgets', () => {
  const chapters = globSync('content/**/*.mdx', { cwd: ROOT });
  const withImports = chapters.filter((file) => /^(?:import|export)\s/m.test(withoutFences(read(file))));
  expect(withImports).toEqual([]);
});

/** The imports of a file that break the order, a sentence each. */
function violations(file: string, source: string): string[] {
  const from = roomOf(file);
  if (from === undefined) return [];
  const broken: string[] = [];
  for (const specifier of importsOf(file, source)) {
    const target = posix.join(posix.dirname(file), specifier);
    const reason = specifier.startsWith('.')
      ? (wrongRoom(from, target) ?? wrongFamily(file, target))
      : wrongPackage(from, specifier);
    if (reason) broken.push(`${file} imports ${specifier}: ${reason}`);
  }
  return broken;
}

/** Which room imports which, where it does not follow from other imports. */
function arrows(files: readonly string[]): string[] {
  const imports = new Map<string, Set<string>>();
  for (const file of files) {
    const from = roomOf(file);
    for (const specifier of importsOf(file, read(file)).filter((each) => each.startsWith('.'))) {
      const to = roomOf(posix.join(posix.dirname(file), specifier));
      if (from && to && from !== to) imports.set(from, (imports.get(from) ?? new Set()).add(to));
    }
  }
  const reaches = (from: string, to: string): boolean =>
    [...(imports.get(from) ?? [])].some((next) => next === to || reaches(next, to));
  return [...imports].flatMap(([from, all]) =>
    [...all]
      .filter((to) => ![...all].some((other) => other !== to && reaches(other, to)))
      .map((to) => `${from} imports ${to}`),
  );
}

function wrongRoom(from: string, target: string): string | undefined {
  const to = roomOf(target);
  if (to === undefined || to === from) return undefined;
  if (APART.includes(to)) return `${from} may not import ${to}`;
  if (APART.includes(from)) return to.startsWith('src/lib/') ? undefined : `${from} may not import ${to}`;
  return ROOMS.indexOf(to) < ROOMS.indexOf(from) ? undefined : `${from} stands above ${to}`;
}

function wrongFamily(file: string, target: string): string | undefined {
  const [own, other] = [file, target].map((path) => /^src\/components\/([^/]+)\//.exec(path)?.[1]);
  if (!own || !other || own === other || SHARED_FAMILIES.includes(other)) return undefined;
  return `${own}/ borrows from its sibling ${other}/`;
}

function wrongPackage(from: string, specifier: string): string | undefined {
  const isNode = specifier.startsWith('node:') || builtinModules.includes(specifier);
  if (isNode) return WITH_NODE.includes(from) ? undefined : `${from} runs in browsers, ${specifier} does not`;
  return WITHOUT_PACKAGES.includes(from) ? `${from} imports no package, so not ${specifier}` : undefined;
}

function roomOf(path: string): string | undefined {
  return [...ROOMS, ...APART].find((room) => (room.endsWith('/') ? path.startsWith(room) : path === room));
}

/** What a file imports, re-exports, loads on demand or starts as a worker, without `?worker` and the like. */
function importsOf(file: string, source: string): string[] {
  const code = file.endsWith('.astro') ? scriptsOf(source) : source;
  const imported = ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
  const addressed = [...code.matchAll(/new URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g)].map(
    ([, to]) => to!,
  );
  return [...imported, ...addressed].map((specifier) => specifier.replace(/\?.*$/, ''));
}

/** The frontmatter and the script elements of an Astro file. */
function scriptsOf(source: string): string {
  const frontmatter = /^\s*---\n([\s\S]*?)\n?---/.exec(source)?.[1] ?? '';
  const scripts = [...source.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => code);
  return [frontmatter, ...scripts].join('\n');
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '');
}

function read(file: string): string {
  return readFileSync(`${ROOT}/${file}`, 'utf8');
}
