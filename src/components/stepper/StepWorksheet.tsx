import { describeStep } from '../../state/pass-sentences.ts';
import type { PassStepper } from '../../state/pass-stepper.ts';
import { printAlone } from '../../state/print-alone.ts';
import { stepWorksheet } from '../../state/step-worksheet.ts';
import { describeDigit } from './StepChoice.tsx';

/** The step at hand on paper: some of its numbers with blanks, and the answers on a page of their own. */
export function StepWorksheet({ stepper }: { stepper: PassStepper }) {
  const [pass, step] = [stepper.pass.value, stepper.current.value];
  const blanks = pass && step ? stepWorksheet(pass, step) : [];
  return (
    <>
      <p class="needs-script">
        <button
          type="button"
          disabled={blanks.length === 0}
          onClick={(event) => printAlone(event.currentTarget)}
        >
          Print this step as a worksheet
        </button>
      </p>
      <div class="step-worksheet">
        <h3>
          Step {stepper.place.value.step} of {stepper.steps.value.length}. {describeDigit(stepper)}
        </h3>
        <ol>
          {blanks.map(({ name, task }) => (
            <li key={name}>
              {name}: {task} = <span class="paper-blank" />
            </li>
          ))}
        </ol>
        <div class="paper-answers">
          <h3>Answers</h3>
          <p>{pass && step ? describeStep(pass, step) : ''}</p>
          <ol>
            {blanks.map(({ name, answer }) => (
              <li key={name}>{answer}</li>
            ))}
          </ol>
        </div>
      </div>
    </>
  );
}
