import { describe, expect, test } from 'vitest';
import { stepRegions } from '../../../src/build/step-regions.ts';
import { codeBindings, codeOf, conventionOf, layerBindings } from '../../../src/explain/code-bindings.ts';
import { tracedQuantity } from '../../../src/explain/names.ts';
import { passOf, variants } from './networks.ts';

const regions = stepRegions();

describe('the code of a step is the code that runs', () => {
  for (const variant of variants) {
    const { hidden, output, loss } = variant;
    test(variant.name, () => {
      const pass = passOf(variant);
      for (const step of pass.steps) {
        const code = codeOf(pass, step);
        const name = step.layer === pass.depth ? output : hidden;
        for (const { region, active } of code) {
          expect(regions[region], `${step.quantity} names ${region}`).toBeDefined();
          if (active === undefined) continue;
          const lines = regions[region]!.code.split('\n').filter((line) => line.includes(active));
          expect(lines).toHaveLength(1);
          // The line of this activation, and of no other: leaky ReLU's is not ReLU's.
          expect(lines[0]!.trim().replaceAll("'", '').startsWith(`${name}: {`)).toBe(true);
        }
        if (step.quantity === 'loss') expect(code).toEqual([{ region: loss }]);
        if (step.quantity === 'activation' && name === 'sigmoid')
          expect(code.map(({ region }) => region)).toEqual(['activate', 'activations', 'sigmoid']);
      }
    });

    test(`${variant.name}: every variable that the code binds holds numbers of the pass`, () => {
      const pass = passOf(variant);
      for (const step of pass.steps) {
        const code = codeOf(pass, step)
          .map(({ region }) => regions[region]!.code)
          .join('\n');
        for (const [variable, { quantity, layer }] of Object.entries(codeBindings(pass, step))) {
          if (!new RegExp(`(?<![.\\w])${variable}\\b`).test(code)) continue;
          const traced = tracedQuantity(pass, quantity, layer);
          if (traced) expect(pass.values(traced.quantity, traced.layer).length).toBeGreaterThan(0);
        }
        for (const { quantity, layer } of Object.values(layerBindings(pass, step))) {
          expect(tracedQuantity(pass, quantity, layer)).toBeDefined();
        }
      }
    });
  }
});

test('where formula and code turn a matrix differently, it is said, and only there', () => {
  const pass = passOf(variants[0]!);
  const said = pass.steps.flatMap((step) => (conventionOf(step) ? [step.quantity] : []));
  expect(new Set(said)).toEqual(new Set(['preActivation', 'activationGradient', 'weightGradient']));
});
