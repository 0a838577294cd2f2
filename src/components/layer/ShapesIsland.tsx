import '../figures/matrix.css';
import { useMemo } from 'preact/hooks';
import { type Sizes, createShapes } from './shapes.ts';
import { Slider } from '../figures/Slider.tsx';

type Shapes = ReturnType<typeof createShapes>;

/** Small matrices whose sizes the reader sets: what goes together, and what is multiplied with what. */
export function ShapesIsland() {
  const shapes = useMemo(createShapes, []);
  const { units, weightsPerUnit, inputs, batch } = shapes.sizes.value;
  const { W, b, A, Z, mismatch } = shapes.product.value;
  const { example, unit } = shapes.place.value;
  const isOne = batch === 1;
  const size = (name: keyof Sizes, label: string, max: number) => (
    <Slider
      label={label}
      value={shapes.sizes.value[name]}
      min={1}
      max={max}
      step={1}
      onChange={(value) => shapes.resize({ [name]: value })}
    />
  );
  return (
    <div class="shapes">
      <div class="sliders needs-script">
        {size('units', 'Units', 5)}
        {size('weightsPerUnit', 'Weights of a unit', 6)}
        {size('inputs', 'Numbers of an example', 6)}
        {size('batch', 'Examples', 4)}
      </div>
      <div>
        <p role="status" class={mismatch ? 'shapes-mismatch' : ''}>
          {mismatch ?? describe(shapes)}
        </p>
        {isOne ? (
          <div class="shapes-row">
            <Matrix name="W" values={W} rows={units} columns={weightsPerUnit} litRow={Z && unit} />
            <span aria-hidden="true">·</span>
            <Matrix name="x" values={A} rows={inputs} columns={1} litColumn={Z && 0} />
            <span aria-hidden="true">+</span>
            <Matrix name="b" values={b} rows={units} columns={1} litRow={Z && unit} />
            <span aria-hidden="true">=</span>
            <Results shapes={shapes} rows={units} columns={1} />
          </div>
        ) : (
          <div class="shapes-row">
            <Matrix name="A" values={A} rows={batch} columns={inputs} litRow={Z && example} />
            <span aria-hidden="true">·</span>
            <Matrix
              name="Wᵀ"
              values={transposed(W, units, weightsPerUnit)}
              rows={weightsPerUnit}
              columns={units}
              litColumn={Z && unit}
            />
            <span aria-hidden="true">+</span>
            <Matrix name="b" values={b} rows={1} columns={units} litColumn={Z && unit} />
            <span aria-hidden="true">=</span>
            <Results shapes={shapes} rows={batch} columns={units} />
          </div>
        )}
      </div>
    </div>
  );
}

function describe(shapes: Shapes): string {
  const { weightsPerUnit: count, batch } = shapes.sizes.value;
  const { W, b, A, Z } = shapes.product.value;
  const { example, unit } = shapes.place.value;
  const products = Array.from(
    { length: count },
    (_, k) => `${signed(W[unit * count + k])} · ${signed(A[example * count + k])}`,
  );
  const of = batch === 1 ? '' : ` of example ${example}`;
  return `Unit ${unit}${of}: ${products.join(' + ')} + ${signed(b[unit])} = ${signed(Z![example * shapes.sizes.value.units + unit])}.`;
}

interface MatrixProps {
  name: string;
  values: readonly number[];
  rows: number;
  columns: number;
  litRow?: number | undefined;
  litColumn?: number | undefined;
}

function Matrix({ name, values, rows, columns, litRow, litColumn }: MatrixProps) {
  return (
    <table class="matrix" aria-label={`${name}, ${rows} by ${columns}`}>
      <caption>
        {name} <small>{`${rows} × ${columns}`}</small>
      </caption>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <tr key={row}>
            {Array.from({ length: columns }, (_, column) => (
              <td key={column} class={row === litRow || column === litColumn ? 'lit' : ''}>
                {signed(values[row * columns + column])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The sums, each a button that lights the row and the column it is made of. */
function Results({ shapes, rows, columns }: { shapes: Shapes; rows: number; columns: number }) {
  const { Z } = shapes.product.value;
  const { units, batch } = shapes.sizes.value;
  const { example, unit } = shapes.place.value;
  const name = batch === 1 ? 'z' : 'Z';
  return (
    <table class="matrix" aria-label={`${name}, ${rows} by ${columns}`}>
      <caption>
        {name} <small>{Z ? `${rows} × ${columns}` : 'there is none'}</small>
      </caption>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <tr key={row}>
            {Array.from({ length: columns }, (_, column) => {
              const place = batch === 1 ? { example: 0, unit: row } : { example: row, unit: column };
              const look = () => shapes.look(place);
              return (
                <td key={column}>
                  <button
                    type="button"
                    class="on-paper"
                    aria-disabled={!Z}
                    aria-pressed={Boolean(Z) && place.example === example && place.unit === unit}
                    onClick={look}
                    onFocus={look}
                    onPointerEnter={look}
                  >
                    {Z ? signed(Z[place.example * units + place.unit]) : '?'}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function transposed(values: readonly number[], rows: number, columns: number): number[] {
  return Array.from(
    { length: rows * columns },
    (_, n) => values[(n % rows) * columns + Math.floor(n / rows)],
  );
}

function signed(value: number): string {
  return String(value).replace('-', '−');
}
