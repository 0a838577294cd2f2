import './CodeView.css';
import type { CodeRegion } from '../../build/code-regions.ts';
import type { Binding } from '../../explain/code-bindings.ts';
import { inspect, isInspected } from '../../state/pass/inspection.ts';

interface Props {
  region: CodeRegion;
  /** The lines in play are those that hold this text; all of them when left out. */
  active?: string | undefined;
  /** Whether the lines that are not in play are left out. */
  onlyActive?: boolean;
  /** What the variables hold, by their names: pointing at one lights it elsewhere. */
  bindings?: Readonly<Record<string, Binding>>;
}

/** A piece of the library's source, with its place, and the lines in play lit. */
export function CodeView({ region, active, onlyActive = false, bindings = {} }: Props) {
  const { code, file, lineNumbers } = region;
  const isInPlay = (line: string) => active === undefined || line.includes(active);
  const lines = code
    .split('\n')
    .map((line, n) => ({
      line: onlyActive ? line.trim() : line,
      number: lineNumbers[n],
      inPlay: isInPlay(line),
    }))
    .filter(({ inPlay }) => inPlay || !onlyActive);
  return (
    <figure class="code">
      <figcaption>
        {file}, {lines.length > 1 ? 'lines' : 'line'} {lines[0]?.number}
        {lines.length > 1 && ` to ${lines.at(-1)!.number}`}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide code is scrolled by keyboard too */}
      <pre tabIndex={0} class="notranslate">
        <code>
          {lines.map(({ line, number, inPlay }) => (
            <span
              key={number}
              class={inPlay ? 'line line-active' : 'line'}
              aria-current={active !== undefined && inPlay ? 'step' : undefined}
            >
              {inPlay ? <Words line={line} bindings={bindings} /> : line}
              {'\n'}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  );
}

/** A line whose bound variables can be pointed at. Its comment is left alone. */
function Words({ line, bindings }: { line: string; bindings: NonNullable<Props['bindings']> }) {
  const comment = line.indexOf('//');
  const source = comment < 0 ? line : line.slice(0, comment);
  // Names and what lies between them take turns; a property's name, after a dot, is no variable.
  const parts = source.split(/(?<![.\w])([A-Za-z_]\w*)/);
  return (
    <>
      {parts.map((part, n) => {
        const binding = n % 2 === 1 ? bindings[part] : undefined;
        if (!binding) return part;
        const { quantity, layer } = binding;
        return (
          <span
            key={n}
            class={isInspected(quantity, layer) ? 'variable lit' : 'variable'}
            onPointerEnter={() => inspect(quantity, layer)}
            onPointerLeave={() => inspect(undefined)}
          >
            {part}
          </span>
        );
      })}
      {comment >= 0 && line.slice(comment)}
    </>
  );
}
