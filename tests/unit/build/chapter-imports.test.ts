import { describe, expect, test } from 'vitest';
import { remarkChapterImports } from '../../../src/build/chapter-imports.ts';

const chapter = new URL('../../../content/some.mdx', import.meta.url).pathname;

interface Part {
  type: string;
  name?: string;
  value?: string;
}

/** What the plugin puts before a chapter whose one paragraph holds these parts. */
function importsFor(...parts: Part[]): (string | undefined)[] {
  const tree: { type: string; children: Part[] } = {
    type: 'root',
    children: [{ type: 'paragraph', children: parts } as Part],
  };
  remarkChapterImports()(tree, { path: chapter });
  return tree.children.slice(0, -1).map(({ value }) => value);
}

const named = (name: string): Part => ({ type: 'mdxJsxTextElement', name });

describe('a chapter', () => {
  test('has the shell of each widget that it names imported, once, by its path from the chapter', () => {
    expect(importsFor(named('Term'), named('DrawPad'), named('Term'))).toEqual([
      "import Term from '../src/components/chrome/Term.astro';",
      "import DrawPad from '../src/components/pad/DrawPad.astro';",
    ]);
  });

  test('has the styles of formulas imported where it has one, and not where it has none', () => {
    expect(importsFor({ type: 'inlineMath', value: 'a^2' })).toEqual([
      "import '../src/styles/formulas.css';",
    ]);
    expect(importsFor({ type: 'text', value: 'a²' })).toEqual([]);
  });

  test("needs no shell for an element of HTML or Astro's own Fragment", () => {
    expect(importsFor(named('details'), named('Fragment'))).toEqual([]);
  });

  test('that names a widget without a shell is an error that says the chapter and the name', () => {
    expect(() => importsFor(named('DrawPadd'))).toThrow(/some\.mdx names <DrawPadd>, but no DrawPadd\.astro/);
  });
});
