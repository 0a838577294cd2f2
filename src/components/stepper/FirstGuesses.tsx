import './FirstGuesses.css';
import { useMemo, useState } from 'preact/hooks';
import type { Trace } from '../../lib/nn/trace.ts';
import { largestSize } from '../../explain/contributions.ts';
import { labelOf } from '../../explain/equations.ts';
import { gradientOptions, judgeDirections, risingOutputs } from './first-guesses.ts';
import { formatNumber } from '../../explain/numbers.ts';
import type { PassStepper } from '../../state/pass/pass-stepper.ts';
import { ExerciseFrame, type Verdict, useKeptAnswer } from '../exercises/ExerciseFrame.tsx';
import { HeatImage } from '../figures/HeatImage.tsx';

/** Questions that stand before the step which answers them: which way each output, which picture. */
export function FirstGuesses({ stepper }: { stepper: PassStepper }) {
  const pass = stepper.pass.value;
  const next = stepper.steps.value[stepper.place.value.step];
  // Until the pass is there, the first question keeps its place.
  if (!pass) return stepper.place.value.step === 0 ? <Directions pass={undefined} /> : null;
  if (!next) return null;
  const asksDirections = next.quantity === 'delta' && next.layer === pass.depth;
  const asksPicture =
    next.quantity === 'weightGradient' && next.layer === 1 && pass.shape('activation', 0)[0] === 784;
  if (asksDirections) return <Directions key={stepper.place.value.digit} pass={pass} />;
  return asksPicture ? <Pictures key={stepper.place.value.digit} pass={pass} /> : null;
}

function Directions({ pass }: { pass: Trace | undefined }) {
  const { standing, keep } = useKeptAnswer('backprop/directions');
  const p = pass?.values('activation', pass.depth);
  const label = pass && labelOf(pass).label;
  const [rises, setRises] = useState<readonly boolean[]>(() => new Array<boolean>(10).fill(false));
  const [verdict, setVerdict] = useState<Verdict | undefined>(undefined);
  const check = () => {
    if (!pass) return;
    const judged = judgeDirections(pass, rises);
    setVerdict(judged);
    const rising = rises.flatMap((isMarked, k) => (isMarked ? [k] : []));
    keep({
      given: rising.length,
      isRight: judged.isRight,
      said: rising.length > 0 ? `up: ${rising.join(', ')}` : 'none up',
      truth: `up: ${risingOutputs(pass).join(', ') || 'none'}, and no other`,
    });
  };
  return (
    <ExerciseFrame
      kind="Guess first"
      standing={standing}
      question={
        <p>
          The digit is a {label ?? '…'}. To make the loss smaller, which outputs' sums ought to have been
          larger? Mark them; the others ought to have been smaller.
        </p>
      }
      verdict={verdict}
    >
      <div class="directions needs-script">
        {rises.map((isMarked, k) => (
          <label key={k}>
            <input
              type="checkbox"
              checked={isMarked}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                setRises(rises.map((before, at) => (at === k ? checked : before)));
              }}
            />
            <span>{k}</span>
            <small>{p ? formatNumber(p[k]) : '…'}</small>
          </label>
        ))}
        <button type="button" onClick={check} aria-disabled={!pass}>
          Check
        </button>
      </div>
    </ExerciseFrame>
  );
}

function Pictures({ pass }: { pass: Trace }) {
  const { standing, keep } = useKeptAnswer('backprop/which-picture');
  const { unit, options } = useMemo(() => gradientOptions(pass), [pass]);
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const picked = chosen === undefined ? undefined : options[chosen];
  return (
    <ExerciseFrame
      kind="Guess first"
      standing={standing}
      question={
        <p>
          Unit {unit} of the first layer has the blame {formatNumber(pass.values('delta', 1)[unit])}. Which of
          these will the gradient of its 784 weights be?
        </p>
      }
      verdict={picked && { isRight: picked.isRight, text: picked.says }}
    >
      <div class="picture-options needs-script">
        {options.map(({ values, isRight }, n) => (
          <button
            key={n}
            type="button"
            class="on-paper"
            aria-pressed={chosen === n}
            aria-label={`Picture ${n + 1}`}
            onClick={() => {
              setChosen(n);
              keep({
                given: n,
                isRight,
                said: `picture ${n + 1}`,
                truth: `picture ${options.findIndex((option) => option.isRight) + 1}`,
              });
            }}
          >
            <HeatImage
              values={values}
              rows={28}
              columns={28}
              scale="gradient"
              full={largestSize(values)}
              label=""
            />
          </button>
        ))}
      </div>
    </ExerciseFrame>
  );
}
