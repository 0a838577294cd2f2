import { describe, expect, test } from 'vitest';
import { combine } from '../../../../src/lib/nn/origin.ts';
import { trace } from '../../../../src/lib/nn/trace.ts';
import { countBlame, hintsFor, rounds } from '../../../../src/components/be-the-network/be-the-network.ts';
import { type Operand, cellTask, cellsOf, judgeOperand } from '../../../../src/explain/operands.ts';
import { randomExamples, randomNetwork } from '../../nn/networks.ts';

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
        task.signs[1] === '−'
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

describe('what is said of a wrong pick is true of it', () => {
  const at = (n: number) => all[n]!.task;
  const one = { part: 'number', column: 0 } as const;

  test('a slot that has its right number is not scolded for the next pick', () => {
    for (const n of [1, 3, 5, 7]) {
      const task = at(n);
      const place = task.slots.findIndex(([cell]) => cell?.quantity === 'delta');
      const { layer, row } = task.slots[place]![0]!;
      const filled = task.slots.map((_, slot) => slot === place);
      const { says } = judgeOperand(pass, task, filled, {
        quantity: 'delta',
        layer,
        ...one,
        row: row === 0 ? 1 : 0,
      });
      expect(says, `cell ${n + 1}`).toContain('has what belongs into it already');
      expect(says, `cell ${n + 1}`).not.toContain('With it');
    }
  });

  test('whatever is in its slot already, only what an empty one lacks is spoken of', () => {
    const lacks: [RegExp, (quantity: string) => string][] = [
      [/^The right quantity, /, (quantity) => quantity],
      [/^That is a row of W/, () => 'weight'],
      [/^That is the mask/, () => 'activationSlope'],
      [/not what it is to blame for/, () => 'delta'],
      [/The weight multiplied what came out/, () => 'activation'],
      [/The loss compares what came out/, () => 'activation'],
      [/A bias is added as it is/, () => 'one'],
    ];
    let spoken = 0;
    for (const { task, shelf } of all) {
      for (let full = 0; full < 2 ** task.slots.length - 1; full++) {
        const filled = task.slots.map((_, slot) => (full & (1 << slot)) > 0);
        const open = task.slots
          .filter((_, slot) => !filled[slot])
          .map(([cell]): string => cell?.quantity ?? 'one');
        for (const { quantity, layer } of shelf)
          for (const part of ['number', 'row', 'column', 'all'] as const)
            for (const row of [0, 1, 2]) {
              const { isRight, says } = judgeOperand(pass, task, filled, {
                quantity,
                layer,
                part,
                row,
                column: 0,
              });
              const lack = lacks.find(([words]) => words.test(says));
              if (isRight || !lack) continue;
              expect(open, `${says} (full: ${filled.join()})`).toContain(lack[1](quantity));
              spoken++;
            }
      }
    }
    expect(spoken).toBeGreaterThan(100);
  });

  test('with δ in its slot, the output’s own value is not told from δ, but from what came in', () => {
    const { says } = judgeOperand(pass, at(1), [true, false], {
      quantity: 'activation',
      layer: 3,
      ...one,
      row: 0,
    });
    expect(says).toContain('of another layer: 3 instead of 2');
  });

  test('nothing is said of a weight where the picked number meets none: the outputs are multiplied by no weight', () => {
    const says = judgeOperand(pass, at(2), [false, false], {
      quantity: 'activation',
      layer: 3,
      ...one,
      row: 0,
    }).says;
    expect(says).not.toContain('weight');
    expect(says).toContain('not what it is to blame for');
  });
});

test('the numbers of a backward are counted: blame that arrives and is let through, gradients of weights and biases', () => {
  const [hidden, outputs] = [5 + 5, 4];
  const weightsAndBiases = (6 + 1) * 5 + (5 + 1) * 5 + (5 + 1) * 4;
  expect(countBlame(pass)).toBe(2 * hidden + outputs + weightsAndBiases);
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
