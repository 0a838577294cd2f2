import { describe, expect, test } from 'vitest';
import type { Shown } from '../../../src/sandbox/protocol.ts';
import { nodeKernel } from './node-kernel.ts';

/** What was shown, with its numbers as they are. */
const valuesOf = (shown: readonly Shown[]) =>
  shown.map((each) => (each.kind === 'values' ? each.values.map(plain) : each.kind));
const plain = (value: object) => ('value' in value ? value.value : 'text' in value ? value.text : value);

describe('cells', () => {
  test('share their top-level names, in whatever way they were declared, and may declare them again', async () => {
    const kernel = await nodeKernel();
    await kernel
      .run(
        `const one: number = 1; let { two, rest: [three = 3] } = { two: 2, rest: [] as number[] };
      function four(): number { return 4 }
      class Five { five = 5 as const }
      export const six = await Promise.resolve(6);
      import { argmax } from 'lib/nn/none.ts';`,
      )
      .then(({ failure }) => expect(failure?.message).toContain('no module'));
    const { shown, failure } = await kernel.run('show(one, two, three, four(), new Five().five, six)');
    expect(failure).toBeUndefined();
    expect(valuesOf(shown)).toEqual([[1, 2, 3, 4, 5, 6]]);
    expect(valuesOf((await kernel.run('let one = 11;\none')).shown)).toEqual([[11]]);
    expect(valuesOf((await kernel.run('one + 1')).shown)).toEqual([[12]]);
  });

  test('import from the library in the middle of their code too, and from nowhere else', async () => {
    const kernel = await nodeKernel();
    const { shown } = await kernel.run("(await import('lib/nn/random.ts')).Random.name");
    expect(valuesOf(shown)).toEqual([['Random']]);
    const { failure } = await kernel.run("await import('https://example.org/a.js')");
    expect(failure?.message).toContain('the library has no module https://example.org/a.js');
  });

  test('show their last expression, waited for; what ends without one shows nothing', async () => {
    const kernel = await nodeKernel();
    expect(valuesOf((await kernel.run('(1, 2)')).shown)).toEqual([[2]]);
    expect(valuesOf((await kernel.run('Promise.resolve("later")')).shown)).toEqual([['later']]);
    expect((await kernel.run('const a = 1')).shown).toEqual([]);
    expect((await kernel.run('undefined')).shown).toEqual([]);
  });

  test('a name that was not made, because its cell failed before, is missing, and is named', async () => {
    const kernel = await nodeKernel();
    await kernel.run('const never = (() => { throw new Error("first") })()');
    const { failure } = await kernel.run('const a = 1;\n  never + a');
    expect(failure).toMatchObject({
      message: 'ReferenceError: never is not defined',
      missing: 'never',
      line: 2,
      column: 3,
    });
  });

  test.each([
    ['const a = 1;\nconst b = ;', { line: 2, column: 11 }],
    ['const a: number = 1;\nconst f = (x: number): number => x;\n  f(a).no.thing', { line: 3, column: 11 }],
    ['type A = {\n  b: 1;\n};\nfunction f() {\n  throw new Error("here");\n}\nf();', { line: 5, column: 9 }],
    ["import { Random } from 'lib/nn/random.ts';\nnew Random(-1)", { line: 2, column: 1 }],
    ['enum A { b }', { line: 1, column: 1 }],
  ])('an error in %j is placed where it is in the source', async (code, place) => {
    expect((await (await nodeKernel()).run(code)).failure).toMatchObject(place);
  });

  test("an error in another cell's function names that cell", async () => {
    const kernel = await nodeKernel();
    await kernel.run('function broken() {\n  return null!.x;\n}', 'first');
    expect((await kernel.run('broken()', 'second')).failure).toMatchObject({ cell: 'first', line: 2 });
  });

  test('a loop that never ends is ended, and the names are still there', async () => {
    const kernel = await nodeKernel();
    for (const loop of ['while (true) {}', 'do ; while (true)', 'for (;;) ;', 'while (true) await null']) {
      expect((await kernel.run(`const kept = 5; ${loop}`)).failure?.message).toContain('without a pause');
    }
    expect(valuesOf((await kernel.run('kept')).shown)).toEqual([[5]]);
  }, 30_000);

  test('a loop that pauses may go on, says that it is alive, and ends when it is asked to', async () => {
    const kernel = await nodeKernel();
    const running = kernel.run('let rounds = 0; for (;;) { rounds++; await pause(); }');
    await expect.poll(() => kernel.heard.filter(({ kind }) => kind === 'beat').length).toBeGreaterThan(1);
    kernel.stop();
    expect((await running).failure?.message).toContain('stopped');
  });

  test('what shows more than can be looked at is cut once', async () => {
    const { shown } = await (await nodeKernel()).run('for (let n = 0; n < 1000; n++) show(n);');
    expect(shown).toHaveLength(101);
    expect(shown.at(-1)).toEqual({ kind: 'cut' });
  });

  test('a value is shown in the form that says most', async () => {
    const kernel = await nodeKernel();
    const kindOf = async (code: string) => (await kernel.run(code)).shown.map(({ kind }) => kind);
    expect(await kindOf("import { Matrix } from 'lib/nn/matrix.ts';\nnew Matrix('float64', 3, 4)")).toEqual([
      'matrix',
    ]);
    expect(await kindOf("await digits('sample')")).toEqual(['digits']);
    expect(await kindOf('[{ a: 1, b: 2 }, { a: 3, b: 4 }]')).toEqual(['table']);
    expect(await kindOf('Plot.barY([1, 2]).plot()')).toEqual(['drawing']);
    expect(await kindOf('({ get broken() { throw 1 } })')).toEqual(['values']);
    expect((await kernel.run('show.digits([1, 2, 3])')).failure?.message).toContain('784 pixels');
  });
});
