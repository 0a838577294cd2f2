import './MarkedMatrix.css';
import './cell-table.css';
import { formatSignificant } from '../../explain/numbers.ts';
import { ScrollBox } from '../figures/ScrollBox.tsx';

interface Props {
  name: string;
  rows: number;
  columns: number;
  /** (rows × columns) each, row by row */
  values: Float64Array;
  /** 1 where a number is wrong. */
  wrong: Uint8Array;
  expected: Float64Array;
}

/** A matrix of an answer: where a number is wrong, what it should be stands below it. */
export function MarkedMatrix({ name, rows, columns, values, wrong, expected }: Props) {
  return (
    <ScrollBox label={name}>
      <table class="cell-table marked-matrix notranslate">
        <caption>{name}</caption>
        <tbody>
          {Array.from({ length: rows }, (_, i) => (
            <tr key={i}>
              <th scope="row">{i}</th>
              {Array.from({ length: columns }, (_, k) => {
                const n = i * columns + k;
                if (!wrong[n]) return <td key={k}>{formatSignificant(values[n])}</td>;
                return (
                  <td key={k} class="is-wrong">
                    <del>{formatSignificant(values[n])}</del> <ins>{formatSignificant(expected[n])}</ins>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
