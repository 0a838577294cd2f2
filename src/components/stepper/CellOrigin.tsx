import type { Cell } from '../../lib/nn/origin.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import { contributions, largestSize, productPictures, sumOf } from '../../state/contributions.ts';
import { describeOrigin, formatNumber } from '../../state/pass-sentences.ts';
import { HeatImage } from '../figures/HeatImage.tsx';

/** The largest contributions are listed; the rest is summed up in one line. */
const LISTED = 6;

interface Props {
  pass: Trace;
  cell: Cell;
}

/** Where one number comes from: its factors, sorted by what they contribute. */
export function CellOrigin({ pass, cell }: Props) {
  const origin = pass.origin(cell);
  return (
    <div class="origin">
      <p>{describeOrigin(pass, cell)}</p>
      {origin.kind === 'sum-of-products' && cell.layer === 1 && <ProductPictures pass={pass} cell={cell} />}
      {origin.kind === 'sum-of-products' && <Terms pass={pass} terms={origin.terms} />}
    </div>
  );
}

/** In the first layer a unit's weights are a picture: weights ⊙ digit = products. */
function ProductPictures({ pass, cell }: Props) {
  const { weights, pixels, products } = productPictures(pass, cell.row);
  const signed = { rows: 28, columns: 28, scale: 'weight' } as const;
  return (
    <div class="products">
      <HeatImage
        {...signed}
        values={weights}
        full={largestSize(weights)}
        label={`The weights into unit ${cell.row}`}
      />
      <span aria-hidden="true">⊙</span>
      <HeatImage rows={28} columns={28} scale="ink" values={pixels} full={1} label="The digit" />
      <span aria-hidden="true">=</span>
      <HeatImage
        {...signed}
        values={products}
        full={largestSize(products)}
        label="Their products, pixel by pixel"
      />
    </div>
  );
}

function Terms({ pass, terms }: { pass: Trace; terms: readonly (readonly Cell[])[] }) {
  const all = contributions(pass, terms);
  const rest = all.slice(LISTED);
  return (
    <table class="terms">
      <caption>The largest contributions, and what the others come to</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Weight × value</th>
          <th scope="col">Adds</th>
        </tr>
      </thead>
      <tbody>
        {all.slice(0, LISTED).map(({ cells, values, product }) => (
          <tr key={`${cells[0]!.quantity} ${cells[0]!.column}`}>
            <th scope="row">{cells.length === 1 ? 'bias' : `input ${cells[0]!.column}`}</th>
            <td>{values.map(formatNumber).join(' × ')}</td>
            <td>{formatNumber(product)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">the other {rest.length}</th>
          <td />
          <td>{formatNumber(sumOf(rest))}</td>
        </tr>
      </tbody>
    </table>
  );
}
