import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builds } from './builds.ts';

const types = readFileSync(
  new URL('../../../../src/lib/nn/kernels/wasm-exports.ts', import.meta.url),
  'utf8',
);

test('the types of the exports name what the compiled kernels export, with as many parameters', async () => {
  const declared = [...types.matchAll(/^ {2}(\w+)\(([^)]*)\)/gm)].map(([, name, parameters]) => [
    name,
    parameters.split(':').length - 1,
  ]);
  for (const { bytes } of await builds()) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    const found = Object.entries(exports).flatMap(([name, value]) =>
      typeof value === 'function' ? [[name, value.length]] : [],
    );
    expect(found.sort()).toEqual([...declared].sort());
  }
});
