import './PathList.css';
import { useState } from 'preact/hooks';
import { formatNumber } from '../../explain/numbers.ts';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import type { PathLine, WeightPaths } from './path-explorer.ts';

const SHORT = 10;

/** What the factors of a path are, for each way of folding. */
const HEADINGS: Record<number, readonly string[]> = {
  3: ['x', 'g′(z¹)', 'W²', 'g′(z²)', 'W³', 'δ³'],
  2: ['x', 'g′(z¹)', 'W²', 'δ²'],
  1: ['x', 'δ¹'],
};

/** The products, the largest first, each with its factors and the sum so far. */
export function PathList({ paths }: { paths: WeightPaths }) {
  const [isWhole, setWhole] = useState(false);
  const { lines, foldFrom } = paths;
  const shown = isWhole ? lines : lines.slice(0, SHORT);
  const headings = HEADINGS[foldFrom];
  return (
    <div class="path-list">
      <ScrollBox label="The products, the largest first">
        <table>
          <thead>
            <tr>
              <th scope="col">through</th>
              {headings.map((heading, n) => (
                <th key={heading} scope="col">
                  {n > 0 && <span aria-hidden="true">× </span>}
                  {heading}
                </th>
              ))}
              <th scope="col">product</th>
              <th scope="col">sum so far</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <PathRow key={line.units.join()} line={line} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {lines.length > SHORT && (
        <button type="button" class="needs-script" aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? `Only the first ${SHORT}` : `All ${lines.length}`}
        </button>
      )}
    </div>
  );
}

function PathRow({ line }: { line: PathLine }) {
  const { units, values, product, running, closedIn } = line;
  const route = units.join(' → ');
  return (
    <tr class={closedIn.length > 0 ? 'path-closed' : ''}>
      <th scope="row">
        {closedIn.length > 0 ? (
          <>
            <del>{route}</del> <span class="path-why">closed in layer {closedIn.join(' and ')}</span>
          </>
        ) : (
          route
        )}
      </th>
      {values.map((value, n) => (
        <td key={n}>{formatNumber(value)}</td>
      ))}
      <td>{formatNumber(product === 0 ? 0 : product)}</td>
      <td>{formatNumber(running)}</td>
    </tr>
  );
}
