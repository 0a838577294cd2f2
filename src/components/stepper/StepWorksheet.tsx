import '../figures/paper.css';
import './StepWorksheet.css';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Trace, TraceStep } from '../../lib/nn/trace.ts';
import { describeStep } from '../../explain/pass-sentences.ts';
import type { PassStepper } from '../../state/pass/pass-stepper.ts';
import { printAlone } from '../../state/page/print-alone.ts';
import { stepWorksheet } from '../../explain/step-worksheet.ts';
import { describeDigit } from './StepChoice.tsx';

/** The step at hand on paper: some of its numbers with blanks, and the answers on a page of their own. */
export function StepWorksheet({ stepper }: { stepper: PassStepper }) {
  const sheet = useRef<HTMLDivElement>(null);
  /** The sheet is made when it is asked for, and not at every step. */
  const [asked, setAsked] = useState(false);
  const [pass, step] = [stepper.pass.value, stepper.current.value];
  useLayoutEffect(() => {
    if (!sheet.current) return;
    void printAlone(sheet.current).then(() => setAsked(false));
  }, [asked]);
  return (
    <>
      <p class="needs-script">
        <button type="button" aria-disabled={!pass || !step} onClick={() => setAsked(true)}>
          Print this step as a worksheet
        </button>
      </p>
      {asked && pass && step && (
        <div ref={sheet} class="step-worksheet">
          <h3>
            Step {stepper.place.value.step} of {stepper.steps.value.length}. {describeDigit(stepper)}
          </h3>
          <Sheet pass={pass} step={step} />
        </div>
      )}
    </>
  );
}

function Sheet({ pass, step }: { pass: Trace; step: TraceStep }) {
  const blanks = stepWorksheet(pass, step);
  return (
    <>
      <ol>
        {blanks.map(({ name, task }) => (
          <li key={name}>
            {name}: {task} = <span class="paper-blank" />
          </li>
        ))}
      </ol>
      <div class="paper-answers">
        <h3>Answers</h3>
        <p>{describeStep(pass, step)}</p>
        <ol>
          {blanks.map(({ name, answer, explanation }) => (
            <li key={name}>
              {answer}. {explanation}
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}
