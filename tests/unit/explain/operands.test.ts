import { describe, expect, test } from 'vitest';
import { rounds } from '../../../src/components/be-the-network/be-the-network.ts';
import { type Operand, cellTask, cellsOf, judgeOperand } from '../../../src/explain/operands.ts';
import { combine } from '../../../src/lib/nn/origin.ts';
import { passOf, variants } from './networks.ts';

/** Softmax under squared error couples the outputs: its δ is no product of two slots. */
const playable = variants.filter(
  ({ output, loss }) => !(output === 'softmax' && loss === 'mean-squared-error'),
);

describe('a number to be computed by hand, in any network', () => {
  for (const variant of playable) {
    test(`${variant.name}: the slots come to the number, and a wrong pick is told apart from it`, () => {
      const pass = passOf(variant);
      const value = (cell: Parameters<typeof pass.value>[0]) => pass.value(cell);
      let wrongPicks = 0;
      for (const { task, shelf } of rounds(pass)) {
        const rule = task.with(task.slots.filter((cells) => cells.length > 0))!;
        expect(Math.abs(combine(rule, value) - value(task.cell))).toBeLessThan(1e-6);
        for (const { quantity, layer } of shelf) {
          const [rows, columns] = pass.shape(quantity, layer);
          for (let row = 0; row < rows; row++) {
            for (const part of ['number', 'row', 'column', 'all'] as const) {
              const operand: Operand = { quantity, layer, part, row, column: row % columns };
              const { isRight, says } = judgeOperand(
                pass,
                task,
                task.slots.map(() => false),
                operand,
              );
              const told = /would be (\S+) instead of (\S+): a number/.exec(says);
              if (!told) continue;
              expect(isRight).toBe(false);
              expect(told[1]).not.toBe(told[2]);
              wrongPicks++;
            }
          }
        }
      }
      expect(wrongPicks).toBeGreaterThan(20);
    });
  }

  test('a softmax under squared error is refused, and says why', () => {
    const pass = passOf(variants.find(({ name }) => name === 'relu, softmax, mean-squared-error')!);
    expect(() => cellTask(pass, { quantity: 'delta', layer: 3, row: 0, column: 0 })).toThrow(
      'the blame δ of unit 0 in layer 3 is no difference and no sum',
    );
  });
});

describe('what is said of a wrong pick is true', () => {
  const pass = passOf(variants.find(({ name }) => name === 'relu, softmax, cross-entropy')!);
  const [difference] = rounds(pass);
  const judge = (operand: Operand, task = difference!.task) =>
    judgeOperand(
      pass,
      task,
      task.slots.map(() => false),
      operand,
    ).says;

  test('z for p in p − y: no weight is spoken of, for there is none', () => {
    const { row } = difference!.task.cell;
    const says = judge({ quantity: 'preActivation', layer: 3, part: 'number', row, column: 0 });
    expect(says).toContain('That is z');
    expect(says).not.toMatch(/weight/i);
  });

  test('ten numbers where one belongs do not fit', () => {
    expect(judge({ quantity: 'preActivation', layer: 3, part: 'all', row: 0, column: 0 })).toContain(
      'It would not even fit: 4 numbers, where one belongs.',
    );
  });

  test('a pick that comes to the same number by chance is not said to make another', () => {
    const same = pass.values('activationSlope', 2);
    const closed = Array.from(same.keys()).filter((j) => same[j] === 0);
    const open = Array.from(same.keys()).filter((j) => same[j] === 1);
    const [one, other] = closed.length > 1 ? closed : open;
    const task = cellTask(pass, { quantity: 'delta', layer: 2, row: one!, column: 0 });
    const operand: Operand = {
      quantity: 'activationSlope',
      layer: 2,
      part: 'number',
      row: other!,
      column: 0,
    };
    expect(cellsOf(pass, operand)).toHaveLength(1);
    expect(judge(operand, task)).toContain('would come out the same');
  });
});
