import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { nodeKernel } from './node-kernel.ts';

interface Authored {
  readonly name: string;
  readonly code: string;
}

/** The live cells of a chapter, in their order. */
function cellsOf(file: string): Authored[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^```ts live ([a-z-]+).*\n([\s\S]*?)^```$/gm)].map(([, name, code]) => ({
    name,
    code,
  }));
}

const pages = globSync('content/*.mdx').filter((file) => cellsOf(file).length > 0);

test('chapters 1 to 6 have three live cells each, or more', () => {
  for (const chapter of ['data', 'layer', 'forward', 'backprop', 'training', 'regularization']) {
    expect(cellsOf(`content/${chapter}.mdx`).length, chapter).toBeGreaterThanOrEqual(3);
  }
});

test.each(pages.map((file) => basename(file)))(
  'the cells of %s run one after the other, and each shows something',
  async (file) => {
    const kernel = await nodeKernel();
    for (const { name, code } of cellsOf(`content/${file}`)) {
      const { failure, shown } = await kernel.run(code, name);
      expect(failure, name).toBeUndefined();
      expect(shown.length, name).toBeGreaterThan(0);
    }
  },
  120_000,
);
