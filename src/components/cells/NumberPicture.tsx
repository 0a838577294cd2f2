import './NumberPicture.css';
import './cell-table.css';
import { useState } from 'preact/hooks';
import { formatExact, formatNumber } from '../../explain/numbers.ts';
import { HeatImage } from '../figures/HeatImage.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';

interface Props {
  rows: number;
  columns: number;
  /** (rows × columns), row-major */
  values: Float64Array;
  scale: 'ink' | 'weight' | 'gradient';
  caption: string;
  /** Whether the numbers can be read as a table too. */
  withTable?: boolean;
}

/** Numbers in rows and columns as a picture that can be pointed into, and on demand as a table. */
export function NumberPicture({ rows, columns, values, scale, caption, withTable = false }: Props) {
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const full = values.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0) || 1;
  const place = (index: number) =>
    `row ${Math.floor(index / columns)}, column ${index % columns}: ${formatNumber(values[index])}`;
  return (
    <figure class="number-picture">
      <div style={{ maxWidth: `min(100%, ${Math.min(28, Math.max(6, columns * 0.8))}rem)` }}>
        <HeatImage
          values={values}
          rows={rows}
          columns={columns}
          scale={scale}
          full={full}
          label={caption || `${rows} × ${columns} numbers`}
          onPoint={setPointed}
          pointed={pointed}
          describe={place}
        />
      </div>
      <figcaption>
        {caption} {pointed === undefined ? `largest size ${formatNumber(full)}` : place(pointed)}
      </figcaption>
      {withTable && (
        <details>
          <summary>Its numbers</summary>
          <ScrollBox label={`The numbers of ${caption}`}>
            <table class="cell-table notranslate">
              <tbody>
                {Array.from({ length: rows }, (_, i) => (
                  <tr key={i}>
                    <th scope="row">{i}</th>
                    {Array.from({ length: columns }, (_, k) => (
                      <td key={k}>{numberText(values[i * columns + k])}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </details>
      )}
    </figure>
  );
}

function numberText(value: number): string {
  return Number.isInteger(value) ? formatExact(value) : formatNumber(value);
}
