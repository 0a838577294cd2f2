import { describe, expect, test } from 'vitest';
import { judgeBlank, partsOf, passOf, sheets } from '../../../src/state/by-hand.ts';

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
      'z¹₁': 2,
      'z¹₂': -1,
      'a¹₁': 2,
      'a¹₂': 0,
      'z²₁': 2,
      'z²₂': -1,
      'δ²₁': 1,
      'δ²₂': -1,
    });
    // ∂W² = δ² a¹ᵀ; W²ᵀδ² = (1·1 + −1·−1, 2·1 + 1·−1) = (2, 1); the second unit was closed.
    expect(answers).toMatchObject({
      '∂W²₁₁': 2,
      '∂W²₂₁': -2,
      '∂W²₁₂': 0,
      'W²ᵀδ²₁': 2,
      'W²ᵀδ²₂': 1,
      'δ¹₁': 2,
      'δ¹₂': 0,
    });
    expect(answers).toMatchObject({ '∂W¹₁₁': 4, '∂W¹₁₂': 2, '∂W¹₂₁': 0, '∂b¹₁': 2 });
  });

  test('each has a unit that is closed and one that is open: or the gate would teach nothing', () => {
    for (const sheet of sheets) {
      const z = Array.from(passOf(sheet).values('preActivation', 1));
      expect(z.some((value) => value > 0) && z.some((value) => value < 0), `${z}`).toBe(true);
    }
  });

  test('a known mistake is named, an unknown one is not called right, an empty blank is left alone', () => {
    const gate = partsOf(sheets[0]!)[4]!.blanks.find(({ name }) => name === 'δ¹₂')!;
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

  test('no known mistake gives the right number', () => {
    for (const sheet of sheets) {
      for (const { blanks } of partsOf(sheet)) {
        for (const { answer, slips } of blanks) for (const { value } of slips) expect(value).not.toBe(answer);
      }
    }
  });
});
