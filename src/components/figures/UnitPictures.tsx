import { HeatImage } from './HeatImage.tsx';

/** Pictures that are shown at most: a wide layer has hundreds. */
const MOST_PICTURES = 64;

interface Props {
  /** (units × 784), or nothing yet. */
  values: ArrayLike<number> | undefined;
  units: number;
  scale: 'weight' | 'gradient';
  /** What one picture is, before its number: `Weights of unit`. */
  label: string;
  /** The value that has the full colour, the same for all; three deviations when left out. */
  full?: number;
}

/** Numbers that belong to pixels, a picture for each unit, all in the same measure. */
export function UnitPictures({ values, units, scale, label, full = values ? strong(values) : 1 }: Props) {
  const shown = Math.min(units, MOST_PICTURES);
  return (
    <>
      <ul class="mosaic">
        {Array.from({ length: shown }, (_, unit) => (
          <li key={unit}>
            <HeatImage
              values={values && Array.prototype.slice.call(values, unit * 784, (unit + 1) * 784)}
              rows={28}
              columns={28}
              scale={scale}
              full={full}
              label={`${label} ${unit}`}
            />
          </li>
        ))}
      </ul>
      {units > shown && (
        <p class="quiet">
          The first {shown} of {units} units.
        </p>
      )}
    </>
  );
}

/** Most numbers are small, and a few large ones would leave the others pale. */
function strong(values: ArrayLike<number>): number {
  let squares = 0;
  for (let n = 0; n < values.length; n++) squares += values[n]! ** 2;
  return 3 * Math.sqrt(squares / values.length) || 1;
}
