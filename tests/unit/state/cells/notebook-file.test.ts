import { describe, expect, test } from 'vitest';
import { codeHash, readCodeHash } from '../../../../src/state/cells/code-link.ts';
import { readNotebookFile, toIpynb, toTypeScript } from '../../../../src/state/cells/notebook-file.ts';

const CODES = ['const a = 1;\nshow(a)', "// ¼ → ∂\nawait digits('sample')"];

describe('a notebook as a file', () => {
  test.each([
    ['notebook.ts', toTypeScript],
    ['notebook.ipynb', toIpynb],
  ])('%s gives the same cells back', (name, write) => {
    expect(readNotebookFile(name, write(CODES))).toEqual(CODES);
  });

  test('text of a notebook becomes a comment, and what is no text is left out', () => {
    const notebook = {
      cells: [
        { cell_type: 'markdown', source: ['# Title\n', 'words'] },
        { cell_type: 'code', source: '1' },
        { cell_type: 'code', source: { toString: 1 } },
        { cell_type: 'code', source: ['2', { toString: 1 }, 3] },
      ],
    };
    expect(readNotebookFile('a.ipynb', JSON.stringify(notebook))).toEqual(['// # Title\n// words', '1', '2']);
  });

  test.each([
    ['a.ipynb', '{', /cannot be read as JSON/],
    ['a.ipynb', '{}', /it has no cells/],
    ['a.ts', '\n// %%\n', /no cell in it/],
  ])('%s holding %j is refused with a reason', (name, text, reason) => {
    expect(() => readNotebookFile(name, text)).toThrow(reason);
  });
});

describe('code in an address', () => {
  test('comes back as it was, and says where it is from', async () => {
    const hash = await codeHash({ codes: CODES, from: 'chapter 3' });
    expect(hash).toMatch(/^code=[\w-]+$/);
    expect(await readCodeHash(`#${hash}`)).toEqual({ codes: CODES, from: 'chapter 3' });
  });

  test('is told from other addresses, and from what was cut short or is far too long', async () => {
    expect(await readCodeHash('#a-part')).toBeUndefined();
    const hash = await codeHash({ codes: CODES, from: '' });
    await expect(readCodeHash(hash.slice(0, -9))).rejects.toThrow(/cut short/);
    const long = await codeHash({ codes: ['x'.repeat(1_000_000)], from: '' });
    await expect(readCodeHash(long)).rejects.toThrow(/cannot be read/);
  });
});
