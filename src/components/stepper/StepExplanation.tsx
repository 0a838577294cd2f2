import type { CodeRegion } from '../../build/code-regions.ts';
import { notation } from '../../lib/notation.ts';
import type { Trace, TraceStep } from '../../lib/nn/trace.ts';
import { codeBindings, layerBindings } from '../../state/code-bindings.ts';
import { stepFormula, tracedQuantity } from '../../state/pass-formulas.ts';
import { formatNumber } from '../../state/pass-sentences.ts';
import type { PassStepper } from '../../state/pass-stepper.ts';
import { CellOrigin } from './CellOrigin.tsx';
import { CodeView } from './CodeView.tsx';
import { FormulaView } from './FormulaView.tsx';

/** The library's lines, by region: those that the steps name, and those of `Layer` and `Network` around them. */
export type Regions = Readonly<Record<string, CodeRegion>>;

interface Props {
  stepper: PassStepper;
  regions: Regions;
}

/** Beside the figure: the step as a formula, the number looked at, and the code that did it. */
export function StepExplanation({ stepper, regions }: Props) {
  const pass = stepper.pass.value;
  const step = stepper.current.value;
  const shown = stepper.shown.value;
  return (
    <div class="stepper-side">
      {pass && step && <FormulaView parts={stepFormula(pass, step.quantity, step.layer)} slots="shapes" />}
      {pass && shown ? (
        <CellOrigin stepper={stepper} pass={pass} cell={shown} />
      ) : (
        <p class="quiet">
          Point at a value, or move to it by the arrow keys, to see what it is made of. A click, or Enter,
          keeps it open.
        </p>
      )}
      {pass && step && <StepCode pass={pass} step={step} regions={regions} />}
    </div>
  );
}

interface CodeProps {
  pass: Trace;
  step: TraceStep;
  regions: Regions;
}

/** The lines of `Layer` that call the step's loops. */
const CALLED_FROM = ['forward', 'backward', 'backward-input', 'update'];

/** The loops that did the step, the line of `Layer` that called them, and what their variables hold. */
function StepCode({ pass, step, regions }: CodeProps) {
  const loops = regions[step.region];
  const call = `${camelCase(step.region)}(`;
  const around = CALLED_FROM.map((name) => regions[name]).find((region) => region?.code.includes(call));
  const bindings = codeBindings(pass, step);
  return (
    <>
      {around && <CodeView region={around} active={call} bindings={layerBindings(pass, step)} />}
      {loops && <CodeView region={loops} bindings={bindings} />}
      {loops && <Variables pass={pass} code={loops.code} bindings={bindings} />}
    </>
  );
}

/** What the variables in the lines hold right now: shape, and from where to where the values go. */
function Variables({
  pass,
  code,
  bindings,
}: {
  pass: Trace;
  code: string;
  bindings: ReturnType<typeof codeBindings>;
}) {
  const names = Object.keys(bindings).filter((name) => new RegExp(`(?<![.\\w])${name}\\b`).test(code));
  return (
    <dl class="variables" aria-label="What the variables hold">
      {names.map((name) => {
        const { quantity, layer } = bindings[name]!;
        const traced = tracedQuantity(pass, quantity, layer);
        if (!traced) return null;
        const values = pass.values(traced.quantity, traced.layer);
        const [rows, columns] = pass.shape(traced.quantity, traced.layer);
        const sorted = values.slice().sort();
        return (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              {notation[quantity].spoken}
              {notation[quantity].layered ? ` of layer ${layer}` : ''}, {rows} × {columns},{' '}
              {values.length === 1
                ? formatNumber(values[0]!)
                : `from ${formatNumber(sorted[0]!)} to ${formatNumber(sorted.at(-1)!)}`}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Regions are named as the functions that they lie in, with hyphens. */
function camelCase(region: string): string {
  return region.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
