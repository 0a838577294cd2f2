import { describe, expect, test } from 'vitest';
import { type FormulaPart, cellFormula, stepFormula } from '../../../src/explain/pass-formulas.ts';
import type { Cell } from '../../../src/lib/nn/origin.ts';
import type { Trace } from '../../../src/lib/nn/trace.ts';
import { notation } from '../../../src/lib/notation.ts';
import { calculate, read, rounding } from './calculator.ts';
import { passOf, variants } from './networks.ts';

/** A formula of one number, with what stands in its slots: what a reader works out. */
function withValues(parts: readonly FormulaPart[]): { left: string; sign: string; right: string } {
  const [left, sign, ...right] = parts.map((part) => (typeof part === 'string' ? part : part.slot!));
  const text = right.reduce((made, part, n) => {
    const isBare = n === 0 || /(?:\(|[a-z,])$/.test(made);
    const next = part.startsWith('−') && /\d/.test(part) && !isBare ? `(${part})` : part;
    return made === '' || made.endsWith('(') || /^[),]/.test(next) ? made + next : `${made} ${next}`;
  }, '');
  return { left: left!, sign: sign!, right: text };
}

/** A formula of a step, as it is read. */
function letters(pass: Trace, quantity: Cell['quantity'], layer: number): string {
  return stepFormula(pass, quantity, layer)
    .map((part) => {
      if (typeof part === 'string') return part;
      const { letter, layered } = notation[part.quantity];
      return `${letter}${layered ? part.layer : ''}${part.isTransposed ? 'ᵀ' : ''}`;
    })
    .join(' ');
}

const passNamed = (name: string) => passOf(variants.find((each) => each.name === name)!);

describe('the formula of a number holds for the values in its slots', () => {
  for (const variant of variants) {
    test(variant.name, () => {
      const pass = passOf(variant, 7);
      let checked = 0;
      for (const { quantity, layer, rows, columns } of pass.steps) {
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) {
            const { left, sign, right } = withValues(cellFormula(pass, { quantity, layer, row, column }));
            expect(sign).toBe('=');
            expect(Math.abs(calculate(right) - read(left)), `${left} = ${right}`).toBeLessThanOrEqual(
              rounding(left),
            );
            checked++;
          }
        }
      }
      expect(checked).toBeGreaterThan(200);
    });
  }

  test('its letters are the very cells that the number was made from', () => {
    const pass = passNamed('sigmoid, sigmoid, mean-squared-error');
    const parts = cellFormula(pass, { quantity: 'delta', layer: 3, row: 1, column: 0 });
    const cells = parts.flatMap((part) =>
      typeof part === 'string' || !part.cell ? [] : [part.cell.quantity],
    );
    expect(cells).toEqual(['delta', 'activationGradient', 'activationSlope']);
  });

  test('what is given stands alone', () => {
    const pass = passNamed('relu, softmax, cross-entropy');
    expect(cellFormula(pass, { quantity: 'bias', layer: 1, row: 0, column: 0 })).toHaveLength(1);
  });
});

describe('the formula of a step is that of its network', () => {
  const formulas: [string, Cell['quantity'], number, string][] = [
    ['relu, softmax, cross-entropy', 'preActivation', 1, 'z1 = W1 x + b1'],
    ['relu, softmax, cross-entropy', 'activation', 2, 'a2 = ReLU ( z2 )'],
    ['leaky-relu, softmax, cross-entropy', 'activation', 1, 'a1 = leaky ReLU ( z1 )'],
    ['tanh, softmax, cross-entropy', 'activation', 3, 'p = softmax ( z3 )'],
    ['linear, sigmoid, mean-squared-error', 'activation', 1, 'a1 = z1'],
    ['linear, sigmoid, mean-squared-error', 'activation', 3, 'a3 = sigmoid ( z3 )'],
    ['relu, softmax, cross-entropy', 'loss', 3, 'ℒ = − Σ y ln p'],
    ['sigmoid, sigmoid, mean-squared-error', 'loss', 3, 'ℒ = mean of ( a3 − y )²'],
    ['relu, softmax, cross-entropy', 'delta', 3, 'δ3 = p − y'],
    ['relu, softmax, mean-squared-error', 'delta', 3, 'δ3 = p ⊙ ( ∂a3 − Σ p ∂a3 )'],
    ['sigmoid, sigmoid, mean-squared-error', 'delta', 3, 'δ3 = ∂a3 ⊙ g′3'],
    ['sigmoid, sigmoid, mean-squared-error', 'activationGradient', 3, '∂a3 = 2 / 4 · ( a3 − y )'],
    ['sigmoid, sigmoid, mean-squared-error', 'activationGradient', 2, '∂a2 = W3ᵀ δ3'],
    ['relu, softmax, cross-entropy', 'activationSlope', 2, 'g′2 = 1 where z2 > 0, else 0'],
    ['leaky-relu, softmax, cross-entropy', 'activationSlope', 2, 'g′2 = 1 where z2 > 0, else 0.01'],
    ['sigmoid, sigmoid, mean-squared-error', 'activationSlope', 3, 'g′3 = a3 ⊙ (1 − a3 )'],
    ['tanh, softmax, cross-entropy', 'activationSlope', 1, 'g′1 = 1 − a1 ⊙ a1'],
    ['linear, softmax, cross-entropy', 'activationSlope', 1, 'g′1 = 1 everywhere'],
    ['relu, softmax, cross-entropy', 'weightGradient', 1, '∂W1 = δ1 xᵀ'],
    ['relu, softmax, cross-entropy', 'biasGradient', 2, '∂b2 = δ2'],
    ['relu, softmax, cross-entropy', 'updatedWeight', 2, 'W⁺2 = W2 − η · ∂W2'],
    ['relu, softmax, cross-entropy', 'updatedBias', 2, 'b⁺2 = b2 − η · ∂b2'],
    ['relu, softmax, cross-entropy', 'target', 3, 'y'],
  ];
  test.each(formulas)('%s: %s of layer %d', (name, quantity, layer, formula) => {
    expect(letters(passNamed(name), quantity, layer)).toBe(formula);
  });

  test('shapes stand in the slots, those of a transpose turned', () => {
    const parts = stepFormula(passNamed('relu, softmax, cross-entropy'), 'activationGradient', 2);
    expect(parts.flatMap((part) => (typeof part === 'string' ? [] : [part.slot]))).toEqual([
      '5 × 1',
      '5 × 4',
      '4 × 1',
    ]);
  });
});
