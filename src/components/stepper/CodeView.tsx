import type { CodeRegion } from '../../build/code-regions.ts';

interface Props {
  region: CodeRegion;
  /** The lines in play are those that hold this text; all of them when left out. */
  active?: string | undefined;
}

/** A piece of the library's source, with its place, and the lines in play lit. */
export function CodeView({ region, active }: Props) {
  const { code, file, lineNumbers } = region;
  return (
    <figure class="code">
      <figcaption>
        {file}, lines {lineNumbers[0]} to {lineNumbers.at(-1)}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide code is scrolled by keyboard too */}
      <pre tabIndex={0}>
        <code>
          {code.split('\n').map((line, n) => (
            <span
              key={lineNumbers[n]}
              class={active === undefined || line.includes(active) ? 'line line-active' : 'line'}
            >
              {line}
              {'\n'}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  );
}
