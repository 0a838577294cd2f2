import { Unreadable } from '../store/unreadable.ts';

/*
 * Notebooks as files: `.ts` with a line `// %%` before each cell, as editors that run cells read it, and Jupyter's `.ipynb`.
 */

const MARK = '// %%';

/** A cell's code, one after the other. */
export type Codes = readonly string[];

export function toTypeScript(codes: Codes): string {
  return codes.map((code) => `${MARK}\n${code.trimEnd()}\n`).join('\n');
}

export function toIpynb(codes: Codes): string {
  const notebook = {
    cells: codes.map((code, n) => ({
      cell_type: 'code',
      id: `cell-${n + 1}`,
      execution_count: null,
      metadata: {},
      outputs: [],
      source: code.split(/(?<=\n)/),
    })),
    metadata: {
      kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'deno' },
      language_info: { name: 'typescript', file_extension: '.ts' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/**
 * The cells of a notebook's file. Text of an `.ipynb` becomes a comment.
 *
 * @throws Unreadable that says what is wrong with the file
 */
export function readNotebookFile(name: string, text: string): string[] {
  const codes = name.endsWith('.ipynb') ? readIpynb(name, text) : readTypeScript(text);
  const full = codes.map((code) => code.trim()).filter((code) => code !== '');
  if (full.length === 0) throw new Unreadable(`${name} has no cell in it.`);
  return full;
}

function readTypeScript(text: string): string[] {
  return text.split(/^\/\/ ?%%.*$/m);
}

function readIpynb(name: string, text: string): string[] {
  const notebook = parsed(name, text) as { cells?: unknown } | null;
  if (!Array.isArray(notebook?.cells))
    throw new Unreadable(`${name} is not a notebook of Jupyter’s: it has no cells.`);
  return notebook.cells.map((cell: { cell_type?: unknown; source?: unknown } | null) => {
    const source = [cell?.source]
      .flat()
      .filter((line) => typeof line === 'string')
      .join('');
    return cell?.cell_type === 'code' ? source : source.replace(/^/gm, '// ');
  });
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable(`${name} is not a notebook of Jupyter’s: it cannot be read as JSON.`);
  }
}
