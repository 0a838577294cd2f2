import '../figures/products.css';
import './CellOrigin.css';
import './terms.css';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { feeds } from '../../lib/experiments/feeds.ts';
import type { Cell } from '../../lib/nn/origin.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import { contributions, largestSize, productPictures, sumOf } from '../../explain/contributions.ts';
import { cellFormula } from '../../explain/pass-formulas.ts';
import { formatExact, formatNumber, printEquation } from '../../explain/numbers.ts';
import { nameCell } from '../../explain/names.ts';
import { describeOrigin } from '../../explain/cell-sentences.ts';
import type { PassStepper } from '../../state/pass/pass-stepper.ts';
import { HeatImage } from '../figures/HeatImage.tsx';
import { FormulaView } from '../figures/FormulaView.tsx';

/** The largest contributions are listed; the rest is summed up in one line. */
const LISTED = 6;

interface Props {
  stepper: PassStepper;
  pass: Trace;
  cell: Cell;
}

/** Where one number comes from: its formula with the values in place, its factors, and what it feeds in turn. */
export function CellOrigin({ stepper, pass, cell }: Props) {
  const origin = pass.origin(cell);
  const isOpen = stepper.opened.value !== undefined;
  const place = useRef<HTMLElement>(null);
  const isPressed = useRef(false);
  // What is pressed goes with the number that it belonged to: the focus goes to what is there instead.
  useLayoutEffect(() => {
    const isLost = document.activeElement === document.body;
    if (isPressed.current && isLost)
      (place.current?.querySelector<HTMLElement>('[aria-current]') ?? place.current)?.focus();
    isPressed.current = false;
  }, [stepper.opened.value]);
  const isSum = origin.kind === 'sum-of-products' && origin.terms.length > 1;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the clicks of the buttons within, which keys make too
    <section
      ref={place}
      class="origin"
      aria-label="Where this number comes from"
      tabIndex={-1}
      onClick={() => {
        isPressed.current = true;
      }}
    >
      {isOpen && <Trail stepper={stepper} />}
      <p>{describeOrigin(pass, cell)}</p>
      <FormulaView parts={cellFormula(pass, cell)} slots="values" onOpen={stepper.follow} />
      {isSum && cell.quantity === 'preActivation' && cell.layer === 1 && (
        <ProductPictures pass={pass} cell={cell} />
      )}
      {isSum && <Terms stepper={stepper} pass={pass} terms={origin.terms} />}
      {isOpen && <Fed stepper={stepper} pass={pass} cell={cell} />}
    </section>
  );
}

/** The numbers that were opened one from another, to go back by. */
function Trail({ stepper }: { stepper: PassStepper }) {
  const trail = stepper.trail.value;
  return (
    <nav class="trail" aria-label="The numbers opened on the way here">
      <ol>
        {trail.map((cell, n) => (
          <li key={n}>
            <button
              type="button"
              class="on-paper"
              aria-current={n === trail.length - 1 ? 'step' : undefined}
              onClick={() => stepper.returnTo(n)}
            >
              {nameCell(cell)}
            </button>
          </li>
        ))}
      </ol>
      <button type="button" class="trail-close" onClick={stepper.close}>
        Close
      </button>
    </nav>
  );
}

/** In the first layer a unit's weights are a picture: weights ⊙ digit = products. */
function ProductPictures({ pass, cell }: Pick<Props, 'pass' | 'cell'>) {
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

interface TermsProps extends Pick<Props, 'stepper' | 'pass'> {
  terms: readonly (readonly Cell[])[];
}

function Terms({ stepper, pass, terms }: TermsProps) {
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
        {all.slice(0, LISTED).map(({ cells, values, product }) => {
          const printed = printEquation(values, (factors) => factors.reduce((a, b) => a * b, 1), product);
          return (
            <tr key={cells.map(nameCell).join()}>
              <th scope="row">{nameSource(cells)}</th>
              <td>
                {cells.map((cell, n) => (
                  <>
                    {n > 0 && ' × '}
                    <button
                      type="button"
                      class="on-paper number"
                      aria-label={`${nameCell(cell)}: ${printed.inputs[n]}`}
                      title={`exactly ${formatExact(values[n])}`}
                      onClick={() => stepper.follow(cell)}
                    >
                      {printed.inputs[n]}
                    </button>
                  </>
                ))}
              </td>
              <td title={`exactly ${formatExact(product)}`}>{printed.result}</td>
            </tr>
          );
        })}
        {rest.length > 0 && (
          <tr>
            <th scope="row">the other {rest.length}</th>
            <td />
            <td title={`exactly ${formatExact(sumOf(rest))}`}>{formatNumber(sumOf(rest))}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** Where a term of a sum comes from: a unit below, on the way forward; a unit above, on the way back. */
function nameSource(cells: readonly Cell[]): string {
  if (cells.length === 1) return 'bias';
  const value = cells.find(({ quantity }) => quantity !== 'weight')!;
  return value.quantity === 'delta' ? `unit ${value.row}` : `input ${value.row}`;
}

/** The other way round: what this number is a factor of. */
function Fed({ stepper, pass, cell }: Props) {
  const fed = useMemo(
    () => feeds(pass, cell).filter(({ quantity, layer }) => stepper.isKnown(quantity, layer)),
    [pass, cell, stepper.place.value.step],
  );
  if (fed.length === 0) return <p class="quiet">Nothing that is computed so far was made from it.</p>;
  return (
    <details class="fed">
      <summary>
        It feeds {fed.length} {fed.length === 1 ? 'number' : 'numbers'}
      </summary>
      <ul>
        {fed.slice(0, LISTED * 2).map((each) => (
          <li key={nameCell(each)}>
            <button type="button" class="on-paper number" onClick={() => stepper.follow(each)}>
              {nameCell(each)}
            </button>
          </li>
        ))}
      </ul>
      {fed.length > LISTED * 2 && <p class="quiet">and {fed.length - LISTED * 2} more like them</p>}
    </details>
  );
}
