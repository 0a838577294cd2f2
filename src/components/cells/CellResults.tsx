import '../figures/controls.css';
import './CellResults.css';
import './cell-table.css';
import type { Failure, Shown } from '../../sandbox/protocol.ts';
import type { CellRun } from '../../state/cells/notebook.ts';
import { formatCount, formatShare } from '../../explain/numbers.ts';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { DigitStack } from './DigitStack.tsx';
import { Drawing } from './Drawing.tsx';
import { MarkedMatrix } from './MarkedMatrix.tsx';
import { NumberPicture } from './NumberPicture.tsx';
import { Value } from './Value.tsx';

/** What a run of a cell has shown, how far it is, and why it failed. */
export function CellResults({ run }: { run: CellRun }) {
  const { shown, progress, failure } = run;
  return (
    <div class="cell-results">
      {shown.map((each, n) => (
        <div key={n} class="cell-result">
          <Result shown={each} />
        </div>
      ))}
      {progress && (
        <p class="cell-progress">
          <progress max={1} value={progress.share} aria-label="How far the cell is" />{' '}
          {formatShare(progress.share, 0)} {progress.text}
        </p>
      )}
      {failure && <p class="run-trouble cell-failure">{describeFailure(failure)}</p>}
    </div>
  );
}

function describeFailure({ line, column, cell, message }: Failure): string {
  if (line === undefined) return message;
  const where = cell === undefined ? '' : `In the cell “${cell}”, `;
  return `${where}${where ? 'l' : 'L'}ine ${line}, column ${column}: ${message}`;
}

/** One of the things that a cell shows. */
export function Result({ shown }: { shown: Shown }) {
  switch (shown.kind) {
    case 'values':
      return (
        <pre class="cell-values notranslate">
          {shown.values.map((value, n) => (
            <span key={n}>
              <Value value={value} isAlone={value.kind === 'string'} />{' '}
            </span>
          ))}
        </pre>
      );
    case 'matrix': {
      const { name, rows, columns, shownRows, shownColumns, values, wrong, expected } = shown;
      if (wrong && expected) return <MarkedMatrix {...{ name, rows, columns, values, wrong, expected }} />;
      const isCut = shownRows < rows || shownColumns < columns;
      const size = `${name} ${formatCount(rows)} × ${formatCount(columns)}`;
      const caption = isCut ? `${size}; its first ${shownRows} rows and ${shownColumns} columns` : size;
      return (
        <NumberPicture
          rows={shownRows}
          columns={shownColumns}
          values={values}
          scale="weight"
          caption={caption}
          withTable
        />
      );
    }
    case 'heat':
      return <NumberPicture {...shown} />;
    case 'digits':
      return <DigitStack {...shown} />;
    case 'table':
      return (
        <ScrollBox label="Table">
          <table class="cell-table notranslate">
            <thead>
              <tr>
                {shown.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.rows.map((row, n) => (
                <tr key={n}>
                  {row.map((value, k) => (
                    <td key={k}>
                      <Value value={value} isAlone={value.kind === 'string'} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {shown.more > 0 && <p class="quiet">And {formatCount(shown.more)} more rows.</p>}
        </ScrollBox>
      );
    case 'drawing':
      return <Drawing root={shown.root} />;
    case 'cut':
      return <p class="quiet">There is more than this page shows: the rest is left out.</p>;
  }
}
