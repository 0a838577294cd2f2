import { useMemo } from 'preact/hooks';
import { notation } from '../../lib/notation.ts';
import type { Quantity } from '../../lib/nn/origin.ts';
import { cellPicture, factorFrame, pictureSize, usualShape } from '../../state/cell-picture.ts';
import { largestSize } from '../../state/contributions.ts';
import { inspect, isInspected } from '../../state/inspection.ts';
import { quantityName } from '../../state/pass-formulas.ts';
import { describeCell, formatNumber } from '../../state/pass-sentences.ts';
import type { PassStepper } from '../../state/pass-stepper.ts';
import { HeatImage } from '../figures/HeatImage.tsx';
import { LetterText } from './FormulaView.tsx';

interface Props {
  stepper: PassStepper;
  quantity: Quantity;
  layer: number;
  /** What the numbers are: "Weighted sums of layer 2". */
  name: string;
}

/** All numbers of a quantity as a picture; each opens to where it comes from. Blank until its step has come. */
export function Cells({ stepper, quantity, layer, name }: Props) {
  const pass = stepper.pass.value;
  const isKnown = pass !== undefined && stepper.isKnown(quantity, layer);
  const picture = useMemo(
    () => (pass && isKnown ? cellPicture(pass, quantity, layer) : undefined),
    [pass, isKnown, quantity, layer],
  );
  const symbol = pass ? quantityName(pass, quantity, layer) : quantity;
  const lettered = (
    <span class="cells-symbol">
      <LetterText letter={{ quantity: symbol, layer }} />
    </span>
  );
  const { rows, columns } = pictureSize(pass?.shape(quantity, layer) ?? usualShape(quantity, layer));
  const shape = rows === 1 ? 'cells-flat' : rows === columns ? 'cells-square' : 'cells-wide';
  if (!pass || !picture) {
    return (
      <div class={`cells ${shape}`}>
        {lettered}
        <span class="cells-blank" style={{ aspectRatio: `${columns} / ${rows}` }}>
          not yet computed
        </span>
      </div>
    );
  }
  const shown = stepper.shown.value;
  const isHere = shown?.quantity === quantity && shown.layer === layer;
  const frame = shown && factorFrame(pass, shown, picture, quantity, layer);
  const full = largestSize(picture.values);
  return (
    <div class={`cells ${shape} ${isInspected(symbol, layer) ? 'lit' : ''}`}>
      {lettered}
      <HeatImage
        values={picture.values}
        rows={rows}
        columns={columns}
        scale={notation[symbol].scale}
        full={full}
        label={`${name}: ${picture.values.length} values, up to ${formatNumber(full)} in size. The arrow keys move along them, Enter opens one.`}
        describe={(index) => describeCell(pass, picture.cellAt(index))}
        pointed={isHere ? picture.indexOf(shown) : undefined}
        onPoint={(index) => {
          stepper.point(index === undefined ? undefined : picture.cellAt(index));
          inspect(index === undefined ? undefined : symbol, layer);
        }}
        onChoose={(index) => stepper.open(picture.cellAt(index))}
      >
        {picture.tile && <Tiles rows={rows} columns={columns} side={picture.tile} />}
        {frame && <rect class="factor-frame" {...frame} />}
      </HeatImage>
    </div>
  );
}

/** Lines between the pictures of a mosaic. */
function Tiles({ rows, columns, side }: { rows: number; columns: number; side: number }) {
  const lines = [];
  for (let x = side; x < columns; x += side) lines.push(`M${x} 0V${rows}`);
  for (let y = side; y < rows; y += side) lines.push(`M0 ${y}H${columns}`);
  return <path class="tile-lines" d={lines.join('')} />;
}
