import '../exercises/exercise.css';
import './CodeExercise.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { CheckResult } from '../../sandbox/protocol.ts';
import { pageNotebook } from '../../state/cells/page-notebook.ts';
import { ExerciseFrame, type Verdict, useKeptAnswer } from '../exercises/ExerciseFrame.tsx';
import { CellView } from './CellView.tsx';
import { Value } from './Value.tsx';

interface Props {
  name: string;
  page: string;
  place: number;
  starter: string;
  solution: string;
  children?: ComponentChildren;
  /** The starter as it was built, in its colours. */
  still?: ComponentChildren;
  why?: ComponentChildren;
}

/** An exercise whose answer is code: it is run and tried, and what is wrong is shown with what was given and what came. */
export function CodeExerciseIsland({ name, page, place, starter, solution, children, still, why }: Props) {
  const id = `${page}/${name}`;
  const notebook = pageNotebook(page);
  const cell = useMemo(() => notebook.make(name, starter, place), [notebook, name]);
  useEffect(() => notebook.put(cell), [notebook, cell]);
  const { standing, keep } = useKeptAnswer(id);
  const run = cell.run.value;
  const isCurrent = run?.code === cell.code.value;
  const check = isCurrent ? run?.check : undefined;
  const isShown = cell.code.value === solution;
  useEffect(() => {
    if (check) keep({ given: Number(check.isRight), isRight: check.isRight && !isShown, isShown });
  }, [check]);
  return (
    <ExerciseFrame
      kind="Exercise: write it"
      id={id}
      standing={standing}
      onShow={check && !check.isRight ? () => notebook.edit(cell, solution) : undefined}
      question={children}
      verdict={check && verdictOf(check, isShown)}
      why={why}
    >
      <details class="exercise-answers">
        <summary>Write it here</summary>
        <CellView notebook={notebook} cell={cell} number={place} still={still}>
          <button type="button" class="primary" onClick={() => notebook.check(cell, name)}>
            Check
          </button>
        </CellView>
        {check && <Seen check={check} />}
      </details>
    </ExerciseFrame>
  );
}

function verdictOf({ isRight, text }: CheckResult, isShown: boolean): Verdict {
  return { isRight: isRight && !isShown, isShown: isRight && isShown, text };
}

/** What a wrong answer was tried on, what was expected, and what came. */
function Seen({ check: { seen } }: { check: CheckResult }) {
  return (
    <dl class="check-seen notranslate">
      {seen.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
