import './stepper.css';
import './PassStage.css';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { mostTelling } from '../../explain/contributions.ts';
import { type MapScope, partKey } from '../../explain/map-layout.ts';
import { describeStep } from '../../explain/pass-sentences.ts';
import { stepFormula } from '../../explain/pass-formulas.ts';
import type { PassStepper } from '../../state/pass/pass-stepper.ts';
import { FormulaView } from '../figures/FormulaView.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';
import { NetworkMap } from '../map/NetworkMap.tsx';
import { CellOrigin } from './CellOrigin.tsx';
import { NewNumbers } from './NewNumbers.tsx';
import { type Regions, StepCode } from './StepCode.tsx';
import { StepControls } from './StepControls.tsx';

interface Props {
  stepper: PassStepper;
  regions: Regions;
  scope: MapScope;
  label: string;
  /** What there is to say before the first step. */
  beginning: string;
  /** What is asked before the step that answers it. */
  children?: ComponentChildren;
}

/**
 * A pass in one screen: the map, the controls, what the step did, its new numbers, the formula of one of them with its values,
 * and the lines of the library that did it.
 */
export function PassStage({ stepper, regions, scope, label, beginning, children }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const pass = stepper.pass.value;
  const step = stepper.current.value;
  const telling = useMemo(() => pass && step && mostTelling(pass, step), [pass, step]);
  const shown = stepper.shown.value ?? telling;
  /** Whether the reader has just taken a step: it is seen whole once what it made is there. */
  const moved = useRef(false);
  useLayoutEffect(() => {
    if (moved.current) bringIntoView(stage.current);
    moved.current = false;
  }, [step]);
  return (
    <div ref={stage} class="pass-stage">
      <NetworkMap
        pass={pass}
        scope={scope}
        isKnown={stepper.isKnown}
        current={step}
        shown={shown}
        moves={stepper.wentOn.value}
        onPoint={stepper.point}
        onOpen={stepper.open}
        label={label}
      />
      <StepControls stepper={stepper} onMove={() => (moved.current = true)} />
      <p class="step-sentence" role="status">
        {stepper.failure.value ??
          (!pass ? 'Digit and network are on their way…' : step ? describeStep(pass, step) : beginning)}
      </p>
      <TryAgain failure={stepper.failure.value} again={stepper.run} />
      <div class="pass-details">
        {pass && step && (
          <>
            <section class="pass-numbers" aria-label="What is new">
              <FormulaView parts={stepFormula(pass, step.quantity, step.layer)} slots="shapes" />
              <NewNumbers stepper={stepper} pass={pass} step={step} shown={shown} />
            </section>
            <div key={partKey(step)} class="pass-origin">
              {shown && <CellOrigin stepper={stepper} pass={pass} cell={shown} />}
            </div>
            <StepCode key={`code of ${partKey(step)}`} pass={pass} step={step} regions={regions} />
          </>
        )}
        {children}
      </div>
    </div>
  );
}

/** A step is seen whole: where the stage hangs over the window's edge, it is moved to its top. */
function bringIntoView(stage: HTMLElement | null): void {
  if (!stage) return;
  const { top, bottom } = stage.getBoundingClientRect();
  if (top < 0 || bottom > window.innerHeight) stage.scrollIntoView({ block: 'start', behavior: 'instant' });
}
