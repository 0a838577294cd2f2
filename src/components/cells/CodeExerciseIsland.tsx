import '../exercises/exercise.css';
import './CodeExercise.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { CheckResult } from '../../sandbox/protocol.ts';
import { pageNotebook } from '../../state/cells/page-notebook.ts';
import { ExerciseFrame, type Verdict, useKeptAnswer } from '../exercises/ExerciseFrame.tsx';
import { CellView } from './CellView.tsx';
import { CheckedAnswer } from './CheckedAnswer.tsx';

interface Props {
  name: string;
  page: string;
  place: number;
  starter: string;
  solution: string;
  hints: readonly string[];
  /** Cells that are run before the answer is looked at. */
  needs: readonly string[];
  children?: ComponentChildren;
  /** The starter as it was built, in its colours. */
  still?: ComponentChildren;
  why?: ComponentChildren;
}

/** An exercise whose answer is code: it is run and tried, and what is wrong is shown with what was given and what came. */
export function CodeExerciseIsland(props: Props) {
  const { name, page, place, starter, solution, hints, needs, children, still, why } = props;
  const id = `${page}/${name}`;
  const notebook = pageNotebook(page);
  const cell = useMemo(() => notebook.make(name, starter, place), [notebook, name]);
  useEffect(() => notebook.put(cell), [notebook, cell]);
  const { kept, standing, keep } = useKeptAnswer(id);
  const taken = Math.min(kept?.hints ?? 0, hints.length);
  const run = cell.run.value;
  const isCurrent = run?.code === cell.code.value;
  const check = isCurrent ? run?.check : undefined;
  // An answer of the reader's own may be the same to the letter.
  const [wasShown, setWasShown] = useState(false);
  const isShown = wasShown && cell.code.value === solution;
  useEffect(() => {
    if (check) keep({ given: Number(check.isRight), isRight: check.isRight && !isShown, isShown });
  }, [check]);
  const show = () => {
    setWasShown(true);
    notebook.edit(cell, solution);
  };
  return (
    <ExerciseFrame
      kind="Exercise: write it"
      id={id}
      standing={standing}
      hints={taken || undefined}
      onShow={(check && !check.isRight) || wasShown ? show : undefined}
      question={children}
      verdict={check && verdictOf(check, isShown)}
      evidence={check && <CheckedAnswer check={check} />}
      why={why}
    >
      <details class="exercise-answers">
        <summary>Write it here</summary>
        <CellView notebook={notebook} cell={cell} number={place} still={still}>
          <button type="button" class="primary" onClick={() => notebook.check(cell, name, needs)}>
            Check
          </button>
        </CellView>
        {hints.length > 0 && (
          <Hints
            hints={hints}
            taken={taken}
            onTake={() => keep({ given: 0, isRight: false, ...kept, hints: taken + 1 })}
          />
        )}
      </details>
    </ExerciseFrame>
  );
}

function verdictOf({ isRight, text }: CheckResult, isShown: boolean): Verdict {
  return { isRight: isRight && !isShown, isShown: isRight && isShown, text };
}

/** Given one by one, and counted. */
function Hints({ hints, taken, onTake }: { hints: readonly string[]; taken: number; onTake: () => void }) {
  const isOver = taken === hints.length;
  return (
    <div class="exercise-hints">
      <button type="button" class="needs-script" aria-disabled={isOver} onClick={() => !isOver && onTake()}>
        {isOver ? 'That were all hints' : `Hint ${taken + 1} of ${hints.length}`}
      </button>
      <ol role="status" aria-label="Hints">
        {hints.slice(0, taken).map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ol>
    </div>
  );
}
