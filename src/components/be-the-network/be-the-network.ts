import { computed, signal } from '@preact/signals';
import type { Cell, Quantity } from '../../lib/nn/origin.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import { indexOfLargestSize } from '../../explain/contributions.ts';
import { labelOf } from '../../explain/equations.ts';
import { createBlamedDigit } from '../../state/pass/blamed-digit.ts';
import { keepAnswer, keptAnswer } from '../../state/store/exercises.ts';
import {
  type CellTask,
  type Judgement,
  type Operand,
  cellTask,
  judgeOperand,
} from '../../explain/operands.ts';
import { nameCell } from '../../explain/names.ts';
import { describeOrigin } from '../../explain/cell-sentences.ts';

/** A cell to compute, and the pictures that the reader may pick from: the right ones and some that tempt. */
export interface Round {
  readonly task: CellTask;
  readonly shelf: readonly { readonly quantity: Quantity; readonly layer: number }[];
  /** Whether the 1 of a bias lies on the shelf. */
  readonly hasOne: boolean;
}

/**
 * Eight cells of a backward pass, from one difference to one sum with a mask, chosen where something is to be seen: the
 * label's output, a unit that was open, one that was closed.
 */
export function rounds(pass: Trace): Round[] {
  const { depth } = pass;
  const cell = (quantity: Quantity, layer: number, row: number, column = 0): Cell => ({
    quantity,
    layer,
    row,
    column,
  });
  const largest = (quantity: Quantity, layer: number) => indexOfLargestSize(pass.values(quantity, layer));
  const { label } = labelOf(pass);
  // Cross-entropy has taken softmax's slope with it; from squared error what arrives at the output comes first.
  const begins =
    pass.origin(cell('delta', depth, label)).kind === 'difference' ? 'delta' : 'activationGradient';
  const [last, first] = [depth - 1, depth - 2];
  const open = largest('delta', last);
  const closed = pass.values('activationSlope', last).indexOf(0);
  const lower = largest('delta', first);
  const pixel = largest('activation', 0);
  const on = (...shelf: [Quantity, number][]) => shelf.map(([quantity, layer]) => ({ quantity, layer }));
  const round = (task: CellTask, shelf: Round['shelf'], hasOne = false): Round => ({ task, shelf, hasOne });
  return [
    round(
      cellTask(pass, cell(begins, depth, label)),
      on(['activation', depth], ['target', depth], ['preActivation', depth]),
    ),
    round(
      cellTask(pass, cell('weightGradient', depth, label, largest('activation', last))),
      on(['delta', depth], ['activation', depth], ['activation', last], ['preActivation', last]),
    ),
    round(
      cellTask(pass, cell('biasGradient', depth, label)),
      on(['delta', depth], ['activation', last], ['activation', depth]),
      true,
    ),
    round(
      cellTask(pass, cell('activationGradient', last, open)),
      on(['weight', depth], ['delta', depth], ['activation', depth], ['activation', last]),
    ),
    round(
      cellTask(pass, cell('delta', last, closed < 0 ? open : closed)),
      on(
        ['activationGradient', last],
        ['activationSlope', last],
        ['activationSlope', first],
        ['activation', last],
      ),
    ),
    round(
      cellTask(pass, cell('weightGradient', last, open, largest('activation', first))),
      on(['delta', last], ['activation', first], ['preActivation', first], ['activation', last]),
    ),
    round(
      cellTask(pass, cell('delta', first, lower), true),
      on(
        ['weight', last],
        ['delta', last],
        ['activationSlope', first],
        ['activationSlope', last],
        ['activation', last],
      ),
    ),
    round(
      cellTask(pass, cell('weightGradient', first, lower, pixel)),
      on(['delta', first], ['activation', first - 1], ['activation', first], ['preActivation', first]),
    ),
  ];
}

/** What a click into a matrix takes. */
export type MatrixPart = 'number' | 'row' | 'column';

const ROUNDS = 8;
const idOf = (round: number) => `backprop/be-the-network-${round + 1}`;

export type BeTheNetwork = ReturnType<typeof createBeTheNetwork>;

/** Backward by the reader's own hand, on a digit of theirs or of the sample in the original network. */
export function createBeTheNetwork(digit: number) {
  const { digitPick, pass, failure, load } = createBlamedDigit(digit);
  const at = signal(0);
  /** What has been put into each slot of the round. */
  const placed = signal<readonly (Operand | undefined)[]>([]);
  const judgement = signal<Judgement | undefined>(undefined);
  const hints = signal(0);
  const part = signal<MatrixPart>('number');
  const mastered = signal<readonly boolean[]>(new Array<boolean>(ROUNDS).fill(false));

  const all = computed(() => (pass.value ? rounds(pass.value) : []));
  const round = computed(() => all.value[at.value]);
  const isDone = computed(() => {
    const slots = round.value?.task.slots.length ?? 0;
    return slots > 0 && placed.value.filter((operand) => operand !== undefined).length === slots;
  });

  function goTo(index: number): void {
    at.value = Math.max(0, Math.min(ROUNDS - 1, index));
    placed.value = [];
    judgement.value = undefined;
    hints.value = 0;
    part.value = 'number';
  }

  return {
    digitPick,
    pass,
    failure,
    at,
    count: ROUNDS,
    round,
    placed,
    judgement,
    hints,
    part,
    mastered,
    isDone,
    goTo,
    load,
    async begin(): Promise<void> {
      mastered.value = Array.from({ length: ROUNDS }, (_, n) => keptAnswer(idOf(n))?.isRight ?? false);
      await load();
    },
    /** The same number again, of another digit. */
    startOver(): void {
      goTo(at.peek());
    },
    choosePart(next: MatrixPart): void {
      part.value = next;
    },
    pick(operand: Operand): void {
      const task = round.peek()?.task;
      if (!pass.peek() || !task || isDone.peek()) return;
      const filled = task.slots.map((_, n) => placed.peek()[n] !== undefined);
      const judged = judgeOperand(pass.peek()!, task, filled, operand);
      if (judged.slot !== undefined) {
        placed.value = task.slots.map((_, n) => (n === judged.slot ? operand : placed.peek()[n]));
      }
      judgement.value = isDone.value
        ? { isRight: true, slot: judged.slot, says: describeOrigin(pass.peek()!, task.cell) }
        : judged;
      if (!isDone.value) return;
      keepAnswer(idOf(at.peek()), { given: hints.peek(), isRight: true });
      mastered.value = mastered.peek().map((was, n) => was || n === at.peek());
    },
    /** One step of help more: which quantities, then of which layers, then the very numbers. */
    hint(): void {
      hints.value = Math.min(3, hints.peek() + 1);
    },
  };
}

/** The numbers that backward hands on or keeps, all made as those of the rounds are; masks are read off z. */
export function countBlame(pass: Trace): number {
  return pass.steps
    .filter(({ direction, quantity }) => direction === 'backward' && quantity !== 'activationSlope')
    .reduce((sum, { rows, columns }) => sum + rows * columns, 0);
}

/** The help asked for so far, in sentences. */
export function hintsFor(task: CellTask, level: number): string[] {
  const named = task.slots.filter((cells) => cells.length > 0).map((cells) => cells[0]);
  const bias = task.slots.some((cells) => cells.length === 0)
    ? [', and the 1 that a bias is multiplied by']
    : [];
  const letters = named.map(({ quantity }) => WORDS[quantity]).join(', ');
  const layers = named.map(({ quantity, layer }) => `${WORDS[quantity]} of layer ${layer}`).join(', ');
  const exact = task.slots
    .filter((cells) => cells.length > 0)
    .map((cells) =>
      cells.length === 1
        ? nameCell(cells[0])
        : cells[0].quantity === 'weight'
          ? `column ${cells[0].column} of W of layer ${cells[0].layer}`
          : `all of δ of layer ${cells[0].layer}`,
    )
    .join(', ');
  return [
    `Its slots want: ${letters}${bias}.`,
    `From where: ${layers}${bias}.`,
    `To be exact: ${exact}${bias}.`,
  ].slice(0, level);
}

const WORDS: Readonly<Record<Quantity, string>> = {
  weight: 'weights',
  bias: 'biases',
  preActivation: 'sums',
  activation: 'what a unit put out',
  target: 'the target',
  loss: 'the loss',
  delta: 'blame, δ',
  activationGradient: 'the blame that arrived',
  activationSlope: 'the slope, or mask',
  weightGradient: 'the gradient of weights',
  biasGradient: 'the gradient of biases',
  penaltyGradient: 'the price of weights',
  updatedWeight: 'new weights',
  updatedBias: 'new biases',
};
