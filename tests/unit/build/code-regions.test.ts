import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cutRegion, regionNames } from '../../../src/build/code-regions.ts';

const source = `import nothing;
  // #region outer
  const a = 1;
    // #region inner
    const b = a;
    // #endregion

  const c = b;
  // #endregion
`;

describe('cutRegion', () => {
  test('gives the lines between the markers, unindented, with their numbers in the file', () => {
    const region = cutRegion(source, 'some.ts', 'inner');
    expect(region).toEqual({ name: 'inner', file: 'some.ts', code: 'const b = a;', lineNumbers: [5] });
  });

  test('leaves out the markers of regions inside', () => {
    const region = cutRegion(source, 'some.ts', 'outer');
    expect(region.code).toBe('const a = 1;\n  const b = a;\n\nconst c = b;');
    expect(region.lineNumbers).toEqual([3, 5, 7, 8]);
  });

  test('a renamed region is an error that names the file, the region and those that are there', () => {
    const renamed = source.replace('#region inner', '#region within');
    expect(() => cutRegion(renamed, 'some.ts', 'inner')).toThrow(
      'some.ts has no region "inner"; it has outer, within',
    );
  });

  test('an unclosed, a doubled and an unopened region are errors with their place', () => {
    expect(() => cutRegion('// #region a', 'some.ts', 'a')).toThrow(
      'some.ts:1 begins the region "a" and nothing ends it',
    );
    expect(() => cutRegion('x\n// #endregion', 'some.ts', 'a')).toThrow(
      'some.ts:2 ends a region that was not begun',
    );
    const twice = '// #region a\n// #endregion\n'.repeat(2);
    expect(() => cutRegion(twice, 'some.ts', 'a')).toThrow('some.ts has the region "a" twice');
  });

  test('every region of the network library can be cut out', () => {
    const folder = new URL('../../../src/lib/nn/', import.meta.url);
    let count = 0;
    for (const file of [
      'layer.ts',
      'losses.ts',
      'network.ts',
      'optimizers.ts',
      'fit.ts',
      'kernels/reference.ts',
    ]) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      for (const name of regionNames(text)) {
        expect(cutRegion(text, file, name).code).not.toBe('');
        count++;
      }
    }
    expect(count).toBeGreaterThan(15);
  });
});
