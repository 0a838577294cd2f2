import type { CodeRegion } from '../../build/code-regions.ts';
import type { Binding } from '../../state/code-bindings.ts';
import { inspect, isInspected } from '../../state/inspection.ts';

interface Props {
  region: CodeRegion;
  /** The lines in play are those that hold this text; all of them when left out. */
  active?: string | undefined;
  /** What the variables hold, by their names: pointing at one lights it elsewhere. */
  bindings?: Readonly<Record<string, Binding>>;
}

/** A piece of the library's source, with its place, and the lines in play lit. */
export function CodeView({ region, active, bindings = {} }: Props) {
  const { code, file, lineNumbers } = region;
  return (
    <figure class="code">
      <figcaption>
        {file}, lines {lineNumbers[0]} to {lineNumbers.at(-1)}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide code is scrolled by keyboard too */}
      <pre tabIndex={0}>
        <code>
          {code.split('\n').map((line, n) => {
            const inPlay = active === undefined || line.includes(active);
            return (
              <span key={lineNumbers[n]} class={inPlay ? 'line line-active' : 'line'}>
                {inPlay ? <Words line={line} bindings={bindings} /> : line}
                {'\n'}
              </span>
            );
          })}
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
