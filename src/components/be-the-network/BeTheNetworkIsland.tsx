import { useEffect, useMemo } from 'preact/hooks';
import { type BeTheNetwork, createBeTheNetwork, hintsFor } from '../../state/be-the-network.ts';
import { type CellTask, type Operand, cellsOf } from '../../state/operands.ts';
import { type FormulaPart, quantityName } from '../../state/pass-formulas.ts';
import { formatNumber, nameCell } from '../../state/pass-sentences.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import { ExerciseFrame } from '../exercises/ExerciseFrame.tsx';
import { FormulaView } from '../stepper/FormulaView.tsx';
import { OperandShelf } from './OperandShelf.tsx';
import { WholeLayer } from './WholeLayer.tsx';

interface Props {
  /** Of the sample's test images, and what it is. */
  digit: number;
  label: number;
}

/** Backward by the reader's own hand: the next number is empty, and they pick what it is made of. */
export function BeTheNetworkIsland({ digit, label }: Props) {
  const game = useMemo(() => createBeTheNetwork(digit), [digit]);
  useEffect(() => void game.begin(), [game]);
  const pass = game.pass.value;
  const task = game.round.value?.task;
  const judgement = game.judgement.value;
  const isDone = game.isDone.value;
  return (
    <div class="be-the-network">
      <Rounds game={game} />
      <ExerciseFrame
        kind={`Number ${game.at.value + 1} of ${game.count}`}
        isSolved={game.mastered.value[game.at.value] ?? false}
        question={
          <p>
            {game.failure.value ??
              (task
                ? `The digit is a ${label}. Compute ${nameCell(task.cell)}: pick what belongs into its ${task.slots.length} slots.`
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
      {pass && game.round.value && !isDone && (
        <OperandShelf game={game} pass={pass} round={game.round.value} />
      )}
      {pass && task && isDone && <WholeLayer pass={pass} cell={task.cell} />}
      {isDone && game.at.value < game.count - 1 && (
        <button type="button" onClick={() => game.goTo(game.at.value + 1)}>
          Next number
        </button>
      )}
      {game.mastered.value.every(Boolean) && (
        <p>
          All {game.count} done. There is no number in backward that is made in another way than these: you
          could do the other 53,000 as well, and it would take you a few weeks.
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
            disabled={!game.pass.value}
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
  { cell, slots, sign }: CellTask,
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
    ...slots.flatMap((_, n): FormulaPart[] => {
      const operand = placed[n];
      const part = operand ? operandPart(pass, operand) : '☐';
      return n > 0 ? [sign, part] : [part];
    }),
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
    slot: cells.length === 1 ? formatNumber(pass.value(cells[0]!)) : `${cells.length} numbers`,
  };
}
