import { describe, expect, test } from 'vitest';
import {
  createByHand,
  judgeBlank,
  partsOf,
  passOf,
  sheets,
} from '../../../../src/components/backprop/by-hand.ts';
import { handFactors } from '../../../../src/components/backprop/hand-formula.ts';

describe('the worksheets', () => {
  test('every answer can be done on paper: whole numbers, none of them large', () => {
    for (const sheet of sheets) {
      for (const { blanks } of partsOf(sheet)) {
        for (const { name, answer } of blanks) {
          expect(Number.isInteger(answer), `${name} = ${answer}`).toBe(true);
          expect(Math.abs(answer), name).toBeLessThanOrEqual(100);
        }
      }
    }
  });

  test('the first, worked out by hand', () => {
    const answers = Object.fromEntries(
      partsOf(sheets[0]!).flatMap(({ blanks }) => blanks.map(({ name, answer }) => [name, answer])),
    );
    // z¹ = (1·2 − 1·1 + 1, −1·2 + 1·1 + 0) = (2, −1), a¹ = (2, 0), z² = (2, −1), δ² = (2 − 1, −1 − 0).
    expect(answers).toMatchObject({
      'z¹₀': 2,
      'z¹₁': -1,
      'a¹₀': 2,
      'a¹₁': 0,
      'z²₀': 2,
      'z²₁': -1,
      'δ²₀': 1,
      'δ²₁': -1,
    });
    // ∂W² = δ² a¹ᵀ; ∂a¹ = (1·1 + −1·−1, 2·1 + 1·−1) = (2, 1); the second unit was closed.
    expect(answers).toMatchObject({
      '∂W²₀₀': 2,
      '∂W²₁₀': -2,
      '∂W²₀₁': 0,
      '∂a¹₀': 2,
      '∂a¹₁': 1,
      'δ¹₀': 2,
      'δ¹₁': 0,
    });
    expect(answers).toMatchObject({ '∂W¹₀₀': 4, '∂W¹₀₁': 2, '∂W¹₁₀': 0, '∂b¹₀': 2 });
  });

  test('each has a unit that is closed and one that is open: or the gate would teach nothing', () => {
    for (const sheet of sheets) {
      const z = Array.from(passOf(sheet).values('preActivation', 1));
      expect(z.some((value) => value > 0) && z.some((value) => value < 0), `${z}`).toBe(true);
    }
  });

  test('a known mistake is named, an unknown one is not called right, an empty blank is left alone', () => {
    const gate = partsOf(sheets[0]!)[4]!.blanks.find(({ name }) => name === 'δ¹₁')!;
    expect(judgeBlank(gate, '1')).toEqual({
      isRight: false,
      says: 'The derivative of ReLU is missing: this unit was closed.',
    });
    expect(judgeBlank(gate, '0')?.isRight).toBe(true);
    expect(judgeBlank(gate, '17')?.isRight).toBe(false);
    expect(judgeBlank(gate, 'two')?.says).toBe('That is no number.');
    expect(judgeBlank(gate, ' ')).toBeUndefined();
    const blame = partsOf(sheets[0]!)[2]!.blanks[0]!;
    expect(judgeBlank(blame, '−1')?.says).toContain('sign');
  });

  test('δ times what came in, for a bias, is named as that', () => {
    const blanks = partsOf(sheets[0]!).flatMap((part) => part.blanks);
    const told = blanks
      .filter(({ name }) => name.startsWith('∂b'))
      .flatMap(({ slips }) => slips.map(({ says }) => says));
    expect(told.filter((says) => says.startsWith('That is δ times what came in')).length).toBeGreaterThan(2);
  });

  test('no known mistake gives the right number', () => {
    for (const sheet of sheets) {
      for (const { blanks } of partsOf(sheet)) {
        for (const { answer, slips } of blanks) for (const { value } of slips) expect(value).not.toBe(answer);
      }
    }
  });
});

describe('the network in one hand', () => {
  test('a right number takes its place, a wrong one is answered and stays', () => {
    const hand = createByHand();
    hand.chooseMode('fill');
    hand.answer('3');
    expect(hand.known.value).toBe(0);
    expect(hand.verdict.value?.isRight).toBe(false);
    hand.answer('2');
    expect(hand.known.value).toBe(1);
    expect(hand.latest.value?.name).toBe('z¹₀');
    expect(hand.verdict.value).toBeUndefined();
  });

  test('the gradient of a weight given for that of a bias is named', () => {
    const bias = partsOf(sheets[0]!)[3]!.blanks.find(({ name }) => name === '∂b²₀')!;
    // δ²₀ = 1 and a¹₀ = 2.
    expect(judgeBlank(bias, '2')?.says).toContain('as for a weight');
  });

  test('every formula, worked out from the numbers it is written with, gives the number', () => {
    for (const sheet of sheets) {
      const pass = passOf(sheet);
      for (const { cell, answer } of partsOf(sheet).flatMap(({ blanks }) => blanks)) {
        if (cell.quantity !== 'delta' || cell.layer !== 2) continue;
        const [z, y] = handFactors(pass, cell).map((factor) => pass.value(factor));
        expect(z! - y!).toBe(answer);
      }
    }
  });

  test('a sum over outgoing weights lights a column: the weights that lead from the unit to each of the next', () => {
    const pass = passOf(sheets[0]!);
    const arrives = { quantity: 'activationGradient', layer: 1, row: 1, column: 0 } as const;
    const weights = handFactors(pass, arrives).filter(({ quantity }) => quantity === 'weight');
    expect(weights.map(({ row, column }) => [row, column]).sort()).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });
});
