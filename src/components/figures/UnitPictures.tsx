import './UnitPictures.css';
import { useMemo, useRef } from 'preact/hooks';
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
  /** The unit that is chosen, where one can be: by a click, and by the arrow keys. */
  chosen?: number;
  onChoose?: ((unit: number) => void) | undefined;
}

/** Numbers that belong to pixels, a picture for each unit, all in the same measure. */
export function UnitPictures({ values, units, scale, label, full, chosen, onChoose }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const shown = Math.min(units, MOST_PICTURES);
  // Cut once for each set of values: a figure around them renders far more often than they change.
  const pictures = useMemo(
    () =>
      Array.from(
        { length: shown },
        (_, unit) => values && Array.prototype.slice.call(values, unit * 784, (unit + 1) * 784),
      ),
    [values, shown],
  );
  const measure = useMemo(() => full ?? (values ? strong(values) : 1), [values, full]);
  const picture = (unit: number) => (
    <HeatImage
      values={pictures[unit]}
      rows={28}
      columns={28}
      scale={scale}
      full={measure}
      label={`${label} ${unit}`}
    />
  );
  const press = (event: KeyboardEvent, unit: number) => {
    const next = neighbour(event.key, unit, shown);
    if (next === undefined) return;
    event.preventDefault();
    onChoose?.(next);
    list.current?.querySelectorAll('button')[next].focus();
  };
  return (
    <>
      <ul class="mosaic" ref={list}>
        {pictures.map((_, unit) => (
          <li key={unit}>
            {onChoose ? (
              // One stop of the tab key for all of them: the arrow keys go from there.
              <button
                type="button"
                class="on-paper"
                aria-pressed={unit === chosen}
                tabIndex={unit === chosen ? 0 : -1}
                onClick={() => onChoose(unit)}
                onKeyDown={(event) => press(event, unit)}
              >
                {picture(unit)}
              </button>
            ) : (
              picture(unit)
            )}
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

/** The picture that an arrow key, Home or End leads to; undefined for other keys. */
function neighbour(key: string, from: number, count: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
  return step && Math.max(0, Math.min(count - 1, from + step));
}

/** Most numbers are small, and a few large ones would leave the others pale. */
function strong(values: ArrayLike<number>): number {
  let squares = 0;
  for (let n = 0; n < values.length; n++) squares += values[n] ** 2;
  return 3 * Math.sqrt(squares / values.length) || 1;
}
