import '../figures/factor-frame.css';
import './PassStage.css';
import { useMemo } from 'preact/hooks';
import { cellPicture, factorFrame } from '../../explain/cell-picture.ts';
import { largestSize } from '../../explain/contributions.ts';
import { describePart } from '../../explain/map-layout.ts';
import { describeCell, quantityName } from '../../explain/names.ts';
import { formatNumber } from '../../explain/numbers.ts';
import type { Cell, Quantity } from '../../lib/nn/origin.ts';
import type { Trace, TraceStep } from '../../lib/nn/trace.ts';
import { notation } from '../../lib/notation.ts';
import type { PassStepper } from '../../state/pass/pass-stepper.ts';
import { HeatImage } from '../figures/HeatImage.tsx';

interface Props {
  stepper: PassStepper;
  pass: Trace;
  step: TraceStep;
  shown: Cell | undefined;
}

/** What the step has computed, large: a few numbers are written out, many are a picture; each opens. */
export function NewNumbers(props: Props) {
  const { pass, step } = props;
  const { quantity, layer } = step;
  const own = useMemo(() => largestSize(pass.values(quantity, layer)), [pass, quantity, layer]);
  if (pass.values(quantity, layer).length <= FEW) return <Few {...props} />;
  if (quantity !== 'penaltyGradient') return <Picture {...props} quantity={quantity} full={own} />;
  // What is added to the gradient stands beside it, in one measure: which of the two pulls harder is to be seen.
  const full = Math.max(own, largestSize(pass.values('weightGradient', layer)));
  return (
    <div class="new-pair">
      {(['weightGradient', 'penaltyGradient'] as const).map((each) => (
        <div key={each}>
          <p class="quiet">
            <i>{notation[each].letter}</i>
            <sup>({layer})</sup>
          </p>
          <Picture {...props} quantity={each} full={full} />
        </div>
      ))}
    </div>
  );
}

interface PictureProps extends Props {
  quantity: Quantity;
  /** The value of full colour. */
  full: number;
}

function Picture({ stepper, pass, step, shown, quantity, full }: PictureProps) {
  const { layer } = step;
  const picture = useMemo(() => cellPicture(pass, quantity, layer), [pass, quantity, layer]);
  const { values, rows, columns } = picture;
  const isHere = shown?.quantity === quantity && shown.layer === layer;
  const frame = shown && factorFrame(pass, shown, picture, quantity, layer);
  const shape = rows === 1 ? 'new-flat' : rows === columns ? 'new-square' : 'new-wide';
  return (
    <div class={`new-numbers ${shape}`}>
      <HeatImage
        values={values}
        rows={rows}
        columns={columns}
        stretched={rows === 1}
        scale={notation[quantityName(pass, quantity, layer)].scale}
        full={full}
        label={describePart(pass, { quantity, layer })}
        describe={(index) => describeCell(pass, picture.cellAt(index))}
        pointed={isHere ? picture.indexOf(shown) : undefined}
        onPoint={(index) => stepper.point(index === undefined ? undefined : picture.cellAt(index))}
        onChoose={(index) => stepper.open(picture.cellAt(index))}
      >
        {frame && <rect class="factor-frame" {...frame} />}
      </HeatImage>
    </div>
  );
}

/** So many numbers can be read one by one. */
const FEW = 10;

function Few({ stepper, pass, step: { quantity, layer }, shown }: Props) {
  const values = Array.from(pass.values(quantity, layer));
  return (
    <ol class="few-numbers" start={0}>
      {values.map((value, row) => {
        const cell: Cell = { quantity, layer, row, column: 0 };
        const isShown = shown?.quantity === quantity && shown.layer === layer && shown.row === row;
        return (
          <li key={row}>
            <button
              type="button"
              class={isShown ? 'on-paper few-shown' : 'on-paper'}
              aria-label={describeCell(pass, cell)}
              onPointerEnter={() => stepper.point(cell)}
              onPointerLeave={() => stepper.point(undefined)}
              onFocus={() => stepper.point(cell)}
              onBlur={() => stepper.point(undefined)}
              onClick={() => stepper.open(cell)}
            >
              {values.length > 1 && <small>{row}</small>} {formatNumber(value)}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
