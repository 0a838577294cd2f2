import './PassStage.css';
import './StepCode.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { CodeRegion } from '../../build/code-regions.ts';
import { codeBindings, codeOf, conventionOf, layerBindings } from '../../explain/code-bindings.ts';
import { formatNumber } from '../../explain/numbers.ts';
import { tracedQuantity } from '../../explain/names.ts';
import type { Trace, TraceStep } from '../../lib/nn/trace.ts';
import { notation } from '../../lib/notation.ts';
import { CodeView } from '../figures/CodeView.tsx';

/** The library's lines, by region: those that the steps name, and those of `Layer` and `Network` around them. */
export type Regions = Readonly<Record<string, CodeRegion>>;

interface Props {
  pass: Trace;
  step: TraceStep;
  regions: Regions;
}

/** The lines of `Layer` that call the step's loops. */
const CALLED_FROM = ['forward', 'backward', 'backward-input', 'update'];

/** The line of `Layer` that called the step's loops, the loops, what they call, and what their variables hold. */
export function StepCode({ pass, step, regions }: Props) {
  const call = `${camelCase(step.region)}(`;
  const around = CALLED_FROM.map((name) => regions[name]).find((region) => region?.code.includes(call));
  const bindings = codeBindings(pass, step);
  const running = codeOf(pass, step);
  const convention = conventionOf(step);
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => bringLineIntoSight(box.current), []);
  return (
    <section ref={box} class="pass-code" aria-label="The code that did it">
      {around && <CodeView region={around} active={call} onlyActive bindings={layerBindings(pass, step)} />}
      {convention && <p class="quiet">{convention}</p>}
      {running.map(({ region, active }) => (
        <CodeView key={region} region={regions[region]} active={active} bindings={bindings} />
      ))}
      <Variables
        pass={pass}
        code={running.map(({ region }) => regions[region].code).join('\n')}
        bindings={bindings}
      />
    </section>
  );
}

/** The first line in play stands in the box that the code scrolls in. */
function bringLineIntoSight(box: HTMLElement | null): void {
  const line = box?.querySelector('[aria-current]');
  if (!box || !line) return;
  const below = line.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom;
  if (below > 0) box.scrollTop = below + box.clientHeight / 4;
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
        const { quantity, layer } = bindings[name];
        const traced = tracedQuantity(pass, quantity, layer);
        if (!traced) return null;
        const values = pass.values(traced.quantity, traced.layer);
        const [rows, columns] = pass.shape(traced.quantity, traced.layer);
        const sorted = values.slice().sort();
        return (
          <div key={name}>
            <dt>
              <code class="notranslate">{name}</code>
            </dt>
            <dd>
              {notation[quantity].spoken}
              {notation[quantity].layered ? ` of layer ${layer}` : ''}, {rows} × {columns},{' '}
              {values.length === 1
                ? formatNumber(values[0])
                : `from ${formatNumber(sorted[0])} to ${formatNumber(sorted.at(-1)!)}`}
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
