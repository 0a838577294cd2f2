import { useEffect, useMemo } from 'preact/hooks';
import { type BeTheNetwork, countBlame, createBeTheNetwork, hintsFor } from './be-the-network.ts';
import { type CellTask, type Operand, cellsOf } from '../../explain/operands.ts';
import { nameCell, quantityName } from '../../explain/names.ts';
import type { FormulaPart } from '../../explain/pass-formulas.ts';
import { formatCount, formatNumber } from '../../explain/numbers.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import { ExerciseFrame } from '../exercises/ExerciseFrame.tsx';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { FormulaView } from '../figures/FormulaView.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';
import { OperandShelf } from './OperandShelf.tsx';
import { WholeLayer } from './WholeLayer.tsx';

/** Backward by the reader's own hand: the next number is empty, and they pick what it is made of. */
export function BeTheNetworkIsland({ digit }: { digit: number }) {
  const game = useMemo(() => createBeTheNetwork(digit), [digit]);
  useEffect(() => void game.begin(), [game]);
  const pass = game.pass.value;
  const task = game.round.value?.task;
  const judgement = game.judgement.value;
  const isDone = game.isDone.value;
  return (
    <div class="be-the-network">
      <DigitPicker pick={game.digitPick} onChange={game.startOver} isPictured />
      <Rounds game={game} />
      <ExerciseFrame
        kind={`Number ${game.at.value + 1} of ${game.count}`}
        standing={game.mastered.value[game.at.value] ? 'solved' : 'open'}
        question={
          <p>
            {game.failure.value ??
              (task
                ? `The digit is a ${game.digitPick.label.value}. Compute ${nameCell(task.cell)}: pick what belongs into its ${task.slots.length} slots.`
                : 'Digit and network are on their way…')}
          </p>
        }
        verdict={judgement && { isRight: judgement.isRight, text: judgement.says }}
      >
        {pass && task && (
          <>
            <FormulaView
              parts={taskFormula(pass, task, game.placed.value, isDone)}
              slots="values"
              key={game.at.value}
            />
            <Hints game={game} task={task} />
          </>
        )}
      </ExerciseFrame>
      <TryAgain failure={game.failure.value} again={game.load} />
      {pass && game.round.value && !isDone && (
        <OperandShelf game={game} pass={pass} round={game.round.value} />
      )}
      {pass && task && isDone && <WholeLayer pass={pass} cell={task.cell} />}
      {isDone && game.at.value < game.count - 1 && (
        <button type="button" onClick={() => game.goTo(game.at.value + 1)}>
          Next number
        </button>
      )}
      {pass && game.mastered.value.every(Boolean) && (
        <p>
          All {game.count} done. Every other blame and every other gradient is made in the same way: you could
          do the other {formatCount(countBlame(pass) - game.count)} as well, and it would take you weeks.
        </p>
      )}
    </div>
  );
}

/** All numbers of the exercise, with what was mastered. */
function Rounds({ game }: { game: BeTheNetwork }) {
  return (
    <ol class="rounds" aria-label="The numbers to compute">
      {game.mastered.value.map((isMastered, n) => (
        <li key={n}>
          <button
            type="button"
            aria-current={n === game.at.value ? 'step' : undefined}
            aria-label={`Number ${n + 1}${isMastered ? ', mastered' : ''}`}
            onClick={() => game.goTo(n)}
            aria-disabled={!game.pass.value}
          >
            {isMastered ? '✓' : n + 1}
          </button>
        </li>
      ))}
    </ol>
  );
}

function Hints({ game, task }: { game: BeTheNetwork; task: CellTask }) {
  if (game.isDone.value) return null;
  return (
    <div class="hints">
      {hintsFor(task, game.hints.value).map((hint) => (
        <p key={hint}>{hint}</p>
      ))}
      {game.hints.value < 3 && (
        <button type="button" onClick={game.hint}>
          {game.hints.value === 0 ? 'A hint' : 'Another hint'}
        </button>
      )}
    </div>
  );
}

/** The number, and its slots: what was put into them, or a gap. */
function taskFormula(
  pass: Trace,
  { cell, slots, signs: [before, between, after] }: CellTask,
  placed: readonly (Operand | undefined)[],
  isDone: boolean,
): FormulaPart[] {
  const left: FormulaPart = {
    quantity: quantityName(pass, cell.quantity, cell.layer),
    layer: cell.layer,
    index: pass.shape(cell.quantity, cell.layer)[1] > 1 ? `${cell.row},${cell.column}` : String(cell.row),
    slot: isDone ? formatNumber(pass.value(cell)) : '?',
  };
  return [
    left,
    '=',
    ...(before === '' ? [] : [before]),
    ...slots.flatMap((_, n): FormulaPart[] => {
      const operand = placed[n];
      const part = operand ? operandPart(pass, operand) : '☐';
      return n > 0 ? [between, part] : [part];
    }),
    ...(after === '' ? [] : [after]),
  ];
}

function operandPart(pass: Trace, operand: Operand): FormulaPart {
  if (operand === 'one') return '1';
  const { quantity, layer, part, row, column } = operand;
  const cells = cellsOf(pass, operand);
  const isMatrix = pass.shape(quantity, layer)[1] > 1;
  const index = {
    number: isMatrix ? `${row},${column}` : String(row),
    row: `${row},·`,
    column: `·,${column}`,
    all: '',
  };
  return {
    quantity: quantityName(pass, quantity, layer),
    layer,
    index: index[part],
    slot: cells.length === 1 ? formatNumber(pass.value(cells[0])) : `${cells.length} numbers`,
  };
}
