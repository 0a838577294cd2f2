import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FromKernel, ToKernel } from '../../../../src/sandbox/protocol.ts';
import { createNotebook } from '../../../../src/state/cells/notebook.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A notebook of three cells, over a kernel that does what the test says. */
function threeCells() {
  const posted: ToKernel[] = [];
  let tell: (message: FromKernel) => void = () => {};
  const kernels = { started: 0, ended: 0, fails: false };
  let store: Readonly<Record<string, string>> = {};
  const notebook = createNotebook({
    start: async (heard) => {
      if (kernels.fails) throw new Error('no frame');
      kernels.started++;
      tell = heard;
      return { post: (message) => posted.push(message), end: () => kernels.ended++ };
    },
    answer: async () => 'answered',
    kept: () => store,
    keep: (codes) => {
      store = codes;
    },
  });
  const cells = ['a', 'b', 'c'].map((id, n) => notebook.make(id, `code of ${id}`, n + 1));
  for (const cell of cells) notebook.put(cell);
  const end = async (change: object = {}) => {
    const { run } = posted.at(-1) as { run: number };
    tell({ kind: 'ended', run, milliseconds: 1, names: [], ...change });
    await vi.advanceTimersByTimeAsync(0);
  };
  return {
    notebook,
    cells,
    posted,
    kernels,
    end,
    tell: (message: FromKernel) => tell(message),
    store: () => store,
  };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a notebook', () => {
  test('runs cells one after the other, and numbers them', async () => {
    const { notebook, cells, posted, kernels, end } = threeCells();
    expect(kernels.started).toBe(0);
    notebook.runAll();
    await settle();
    expect(posted.map((message) => 'cell' in message && message.cell)).toEqual(['a']);
    expect(cells.map(({ run }) => run.value?.status)).toEqual(['running', 'waiting', 'waiting']);
    await end();
    await end();
    await end();
    expect(cells.map(({ run }) => run.value?.count)).toEqual([1, 2, 3]);
    expect(notebook.status.value).toBe('idle');
    expect(kernels.started).toBe(1);
  });

  test('leaves the cells after one that failed', async () => {
    const { notebook, cells, posted, end } = threeCells();
    notebook.runAll();
    await settle();
    await end({ failure: { message: 'wrong' } });
    expect(cells.map(({ run }) => run.value?.status)).toEqual(['ended', undefined, undefined]);
    expect(posted).toHaveLength(1);
  });

  test('marks what may not be so any more', async () => {
    const { notebook, cells, end } = threeCells();
    const [a, , c] = cells;
    for (const cell of [a, c]) {
      notebook.run(cell);
      await settle();
      await end();
    }
    expect(notebook.staleness(c)).toBeUndefined();
    notebook.edit(a, 'other');
    expect([notebook.staleness(a), notebook.staleness(c)]).toEqual(['changed', 'above']);
    notebook.reset(a);
    expect(notebook.staleness(c)).toBeUndefined();
    notebook.run(a);
    await settle();
    await end();
    expect(notebook.staleness(c)).toBe('above');
    await notebook.restart();
    expect(notebook.staleness(c)).toBe('gone');
  });

  test('ends a kernel that is silent while a cell runs, within two seconds, and gets a new one', async () => {
    const { notebook, cells, kernels, end } = threeCells();
    notebook.run(cells[0]);
    await settle();
    await vi.advanceTimersByTimeAsync(1400);
    expect(kernels.ended).toBe(0);
    await vi.advanceTimersByTimeAsync(600);
    expect(kernels.ended).toBe(1);
    expect(cells[0].run.value).toMatchObject({
      status: 'ended',
      failure: { message: expect.stringContaining('has not paused') },
    });
    notebook.run(cells[1]);
    await settle();
    await end();
    expect(kernels.started).toBe(2);
    expect(cells[1].run.value?.count).toBe(1);
  });

  test('lets a cell run that says it is alive, and leaves an idle kernel alone', async () => {
    const { notebook, cells, kernels, end, tell } = threeCells();
    notebook.run(cells[0]);
    for (let n = 0; n < 20; n++) {
      await vi.advanceTimersByTimeAsync(1000);
      tell({ kind: 'beat' });
    }
    await end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(kernels.ended).toBe(0);
  });

  test('ends a kernel that sends more than anybody can look at', async () => {
    const { notebook, cells, kernels, tell } = threeCells();
    notebook.run(cells[0]);
    await settle();
    for (let n = 0; n < 5000; n++) tell({ kind: 'beat' });
    expect(kernels.ended).toBe(1);
    expect(cells[0].run.value?.failure?.message).toContain('more than anybody can look at');
  });

  test('asks what runs to stop, and ends it where it does not', async () => {
    const { notebook, cells, posted, kernels, end } = threeCells();
    notebook.run(cells[0]);
    notebook.run(cells[1]);
    await settle();
    const stopping = notebook.stop();
    await settle();
    expect(posted.at(-1)).toEqual({ kind: 'stop' });
    expect(cells[1].run.value).toBeUndefined();
    await vi.advanceTimersByTimeAsync(500);
    await stopping;
    expect(kernels.ended).toBe(1);
    notebook.run(cells[0]);
    await settle();
    await end();
    expect(cells[0].run.value?.failure).toBeUndefined();
  });

  test('keeps what the reader changed and nothing else, forgets what is removed, and finds it again', async () => {
    const { notebook, cells, store } = threeCells();
    notebook.edit(cells[1], 'mine');
    expect(store()).toEqual({ b: 'mine' });
    expect(notebook.make('b', 'code of b', 2).code.value).toBe('mine');
    const own = notebook.insert('own', cells[0]);
    expect(notebook.cells.value.map(({ code }) => code.value)).toEqual([
      'code of a',
      'own',
      'mine',
      'code of c',
    ]);
    notebook.remove(own);
    notebook.reset(cells[1]);
    expect(store()).toEqual({});
  });

  test('says why there is no kernel, and tries again', async () => {
    const { notebook, cells, kernels, end } = threeCells();
    kernels.fails = true;
    notebook.run(cells[0]);
    await settle();
    expect(notebook.trouble.value).toBe('no frame');
    kernels.fails = false;
    notebook.run(cells[0]);
    await settle();
    await end();
    expect([notebook.trouble.value, cells[0].run.value?.status]).toEqual([undefined, 'ended']);
  });
});
