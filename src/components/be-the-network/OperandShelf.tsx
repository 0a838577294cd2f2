import './cells.css';
import './OperandShelf.css';
import { useSignal } from '@preact/signals';
import { notation } from '../../lib/notation.ts';
import type { Cell } from '../../lib/nn/origin.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import type { BeTheNetwork, Round } from './be-the-network.ts';
import { cellPicture } from '../../explain/cell-picture.ts';
import { largestSize } from '../../explain/contributions.ts';
import { describeCell, nameCell, quantityName } from '../../explain/names.ts';
import { HeatImage } from '../figures/HeatImage.tsx';
import { LetterText } from '../figures/FormulaView.tsx';

interface Props {
  game: BeTheNetwork;
  pass: Trace;
  round: Round;
}

const PARTS = [
  { part: 'number', label: 'one number' },
  { part: 'row', label: 'a row' },
  { part: 'column', label: 'a column' },
] as const;

/** What to pick from: the quantities as pictures. Of a matrix a number, a row or a column; of a vector a number or all. */
export function OperandShelf({ game, pass, round }: Props) {
  const pointed = useSignal<Cell | undefined>(undefined);
  return (
    <div class="shelf">
      <fieldset class="shelf-part">
        <legend>A click, or Enter, takes</legend>
        {PARTS.map(({ part, label }) => (
          <label key={part}>
            <input
              type="radio"
              name="operand-part"
              checked={game.part.value === part}
              onChange={() => game.choosePart(part)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <p class="quiet shelf-pointed">
        {pointed.value
          ? describeCell(pass, pointed.value)
          : 'Point at a value, or move to it by the arrow keys. A vector counts as a column.'}
      </p>
      {round.shelf.map(({ quantity, layer }) => (
        <ShelfPicture
          key={`${quantity} ${layer}`}
          pass={pass}
          quantity={quantity}
          layer={layer}
          pointed={pointed.value}
          onPoint={(cell) => {
            pointed.value = cell;
          }}
          onChoose={(cell) => {
            const isVector = pass.shape(cell.quantity, cell.layer)[1] === 1;
            const { value: part } = game.part;
            // Of a vector a column is all there is, and a row but one number.
            const taken = isVector && part !== 'number' ? (part === 'column' ? 'all' : 'number') : part;
            game.pick({ ...cell, part: taken });
          }}
        />
      ))}
      {round.hasOne && (
        <button type="button" onClick={() => game.pick('one')}>
          1, as it is
        </button>
      )}
    </div>
  );
}

interface PictureProps {
  pass: Trace;
  quantity: Cell['quantity'];
  layer: number;
  pointed: Cell | undefined;
  onPoint: (cell: Cell | undefined) => void;
  onChoose: (cell: Cell) => void;
}

function ShelfPicture({ pass, quantity, layer, pointed, onPoint, onChoose }: PictureProps) {
  const picture = cellPicture(pass, quantity, layer);
  const symbol = quantityName(pass, quantity, layer);
  const { rows, columns } = picture;
  const isHere = pointed?.quantity === quantity && pointed.layer === layer;
  const shape = rows === 1 ? 'cells-flat' : rows === columns ? 'cells-square' : 'cells-wide';
  const { spoken, layered, scale } = notation[symbol];
  return (
    <div class={`cells ${shape}`}>
      <span class="cells-symbol">
        <LetterText letter={{ quantity: symbol, layer }} />
      </span>
      <HeatImage
        values={picture.values}
        rows={rows}
        columns={columns}
        scale={scale}
        full={largestSize(picture.values)}
        label={`Pick from ${spoken}${layered ? ` of layer ${layer}` : ''}`}
        describe={(index) => nameCell(picture.cellAt(index))}
        pointed={isHere ? picture.indexOf(pointed) : undefined}
        onPoint={(index) => onPoint(index === undefined ? undefined : picture.cellAt(index))}
        onChoose={(index) => onChoose(picture.cellAt(index))}
      />
    </div>
  );
}
