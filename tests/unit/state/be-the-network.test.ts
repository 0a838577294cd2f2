import { describe, expect, test } from 'vitest';
import { combine } from '../../../src/lib/nn/origin.ts';
import { trace } from '../../../src/lib/nn/trace.ts';
import { hintsFor, rounds } from '../../../src/state/be-the-network.ts';
import { type Operand, cellTask, cellsOf, judgeOperand } from '../../../src/state/operands.ts';
import { randomExamples, randomNetwork } from '../nn/networks.ts';

const pass = trace(randomNetwork([6, 5, 5, 4], 'relu', 'softmax'), randomExamples(1, 6, 4), 0);
const all = rounds(pass);

describe('the eight cells', () => {
  test('grow from a difference to a sum with a mask, and each can be made from what lies on its shelf', () => {
    expect(all.map(({ task }) => `${task.cell.quantity} ${task.cell.layer}`)).toEqual([
      'delta 3',
      'weightGradient 3',
      'biasGradient 3',
      'activationGradient 2',
      'delta 2',
      'weightGradient 2',
      'delta 1',
      'weightGradient 1',
    ]);
    for (const { task, shelf, hasOne } of all) {
      for (const cells of task.slots) {
        if (cells.length === 0) expect(hasOne).toBe(true);
        else expect(shelf).toContainEqual({ quantity: cells[0]!.quantity, layer: cells[0]!.layer });
      }
    }
  });

  for (const [n, { task }] of all.entries()) {
    test(`cell ${n + 1}: its slots come to the library’s number`, () => {
      const value = (cell: (typeof task)['cell']) => pass.value(cell);
      const slots = task.slots.filter((cells) => cells.length > 0);
      const long = Math.max(...slots.map((cells) => cells.length));
      const terms = Array.from({ length: long }, (_, k) => slots.map((cells) => cells[k] ?? cells[0]!));
      const made =
        task.sign === '−'
          ? value(slots[0]![0]!) - value(slots[1]![0]!)
          : combine({ kind: 'sum-of-products', terms }, value);
      expect(Math.abs(made - value(task.cell))).toBeLessThan(1e-6);
    });

    test(`cell ${n + 1}: its right operands are taken in any order, and none twice`, () => {
      const operands = task.slots.map(operandFor).reverse();
      const filled = task.slots.map(() => false);
      for (const operand of operands) {
        const { isRight, slot } = judgeOperand(pass, task, filled, operand);
        expect(isRight).toBe(true);
        filled[slot!] = true;
        expect(judgeOperand(pass, task, filled, operand).isRight).toBe(false);
      }
      expect(filled.every(Boolean)).toBe(true);
    });

    test(`cell ${n + 1}: everything else on its shelf is wrong, and something is said of it`, () => {
      for (const { quantity, layer } of all[n]!.shelf) {
        for (const part of ['number', 'row', 'column', 'all'] as const) {
          const operand: Operand = { quantity, layer, part, row: 0, column: 0 };
          const belongs = task.slots.some(
            (cells) => JSON.stringify(cells) === JSON.stringify(cellsOf(pass, operand)),
          );
          const { isRight, says } = judgeOperand(
            pass,
            task,
            task.slots.map(() => false),
            operand,
          );
          expect(isRight).toBe(belongs);
          expect(says.length).toBeGreaterThan(10);
        }
      }
    });

    test(`cell ${n + 1}: three hints, each more than the one before`, () => {
      expect(hintsFor(task, 0)).toEqual([]);
      expect(hintsFor(task, 3).length).toBe(3);
    });
  }
});

describe('a wrong pick is recognised', () => {
  const fresh = (slots: readonly unknown[]) => slots.map(() => false);
  const judge = (n: number, operand: Operand) =>
    judgeOperand(pass, all[n]!.task, fresh(all[n]!.task.slots), operand).says;
  const number = { part: 'number', column: 0 } as const;

  test('a row for a column: the missing transpose, and that it does not fit', () => {
    const says = judge(3, { quantity: 'weight', layer: 3, part: 'row', row: 1, column: 0 });
    expect(says).toContain('transpose');
    expect(says).toContain('would not even fit: 5 numbers against 4');
  });

  test('a row for a column in the square layer: it fits, and is wrong', () => {
    const says = judge(6, { quantity: 'weight', layer: 2, part: 'row', row: 1, column: 0 });
    expect(says).toContain('transpose');
    expect(says).toContain('With it the number would be');
  });

  test('z for a', () => {
    const { column } = all[1]!.task.cell;
    expect(judge(1, { quantity: 'preActivation', layer: 2, ...number, row: column })).toContain('That is z');
  });

  test('another layer’s mask', () => {
    const { row } = all[4]!.task.cell;
    expect(judge(4, { quantity: 'activationSlope', layer: 1, ...number, row })).toContain('mask of layer 1');
  });

  test('the bias’s 1 forgotten', () => {
    expect(judge(2, { quantity: 'activation', layer: 2, ...number, row: 0 })).toContain('multiplied by 1');
  });

  test('a for δ', () => {
    const { row } = all[5]!.task.cell;
    expect(judge(5, { quantity: 'activation', layer: 2, ...number, row })).toContain(
      'not what it is to blame for',
    );
  });

  test('the right quantity at another place', () => {
    const { row } = all[1]!.task.cell;
    expect(judge(1, { quantity: 'delta', layer: 3, ...number, row: (row + 1) % 4 })).toContain(
      'at another place',
    );
  });
});

test('a number that is no sum is no task', () => {
  expect(() => cellTask(pass, { quantity: 'loss', layer: 3, row: 0, column: 0 })).toThrow('the loss');
});

/** What a reader picks to fill a slot. */
function operandFor(cells: (typeof all)[number]['task']['slots'][number]): Operand {
  const [first] = cells;
  if (!first) return 'one';
  const part = cells.length === 1 ? 'number' : first.quantity === 'weight' ? 'column' : 'all';
  return { quantity: first.quantity, layer: first.layer, part, row: first.row, column: first.column };
}
