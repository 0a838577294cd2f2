import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { authoredCells as cellsOf } from './authored-cells.ts';
import { nodeKernel } from './node-kernel.ts';

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
    for (const { name, code, isAnswer } of cellsOf(`content/${file}`)) {
      // All 60,000 digits would take the better part of a minute.
      const short = code
        .replace("digits('train')", "digits('sample')")
        .replace("digits('test')", "digits('sample-test')");
      const { failure, shown } = await kernel.run(short, name);
      expect(failure, name).toBeUndefined();
      if (!isAnswer) expect(shown.length, name).toBeGreaterThan(0);
    }
  },
  120_000,
);
