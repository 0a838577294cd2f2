import { describe, expect, test } from 'vitest';
import { mostTelling } from '../../../src/explain/contributions.ts';
import type { Trace, TraceStep } from '../../../src/lib/nn/trace.ts';
import { passOf, variants } from './networks.ts';

const pass = passOf(variants[0]);

function stepOf(quantity: TraceStep['quantity'], layer: number): TraceStep {
  return pass.steps.find((step) => step.quantity === quantity && step.layer === layer)!;
}

/** The size of what a cell of some quantity holds, of every cell of a layer. */
function sizes(trace: Trace, quantity: TraceStep['quantity'], layer: number): number[] {
  return Array.from(trace.values(quantity, layer), Math.abs);
}

describe('the number to look at first', () => {
  test.each(['preActivation', 'delta', 'weightGradient'] as const)(
    'is the largest in size of a step: %s',
    (quantity) => {
      const { row, column } = mostTelling(pass, stepOf(quantity, 2));
      const value = pass.value({ quantity, layer: 2, row, column });
      expect(Math.abs(value)).toBe(Math.max(...sizes(pass, quantity, 2)));
    },
  );

  test.each([
    ['updatedWeight', 'weight', 'weightGradient'],
    ['updatedBias', 'bias', 'biasGradient'],
  ] as const)('after an update is the one that moved most: %s', (updated, before, gradient) => {
    const { quantity, row, column } = mostTelling(pass, stepOf(updated, 2));
    expect(quantity).toBe(updated);
    const at = (asked: TraceStep['quantity']) => pass.value({ quantity: asked, layer: 2, row, column });
    const moves = Array.from(pass.values(updated, 2), (value, n) =>
      Math.abs(value - pass.values(before, 2)[n]),
    );
    expect(Math.abs(at(updated) - at(before))).toBe(Math.max(...moves));
    expect(Math.abs(at(gradient))).toBe(Math.max(...sizes(pass, gradient, 2)));
  });
});
