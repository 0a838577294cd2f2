import './Scatter.css';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatCoordinate, formatShare } from '../../explain/numbers.ts';
import { imageOf } from '../../lib/data/dataset.ts';
import { curveColour } from '../figures/Chart.tsx';
import { DigitImage } from '../figures/HeatImage.tsx';
import type { Examination } from './examination.ts';

const WIDTH = 640;
const HEIGHT = 420;
const EDGE = 14;

interface Props {
  examination: Examination;
  /** (images × 2), of the first test images. */
  places: Float64Array;
  /** Where the reader's own drawing lies, if there is one. */
  own: Float64Array | undefined;
}

/** Digits as their labels on a sheet; one of them is looked at, by the pointer or by the arrow keys. */
export function Scatter({ examination, places, own }: Props) {
  const chosen = useSignal(0);
  const count = places.length / 2;
  const at = useMemo(() => scaled(places), [places]);
  /** From left to right: the arrow keys go from neighbour to neighbour. */
  const order = useMemo(
    () => Array.from({ length: count }, (_, row) => row).sort((a, b) => places[2 * a] - places[2 * b]),
    [places],
  );
  const marks = useMemo(
    () =>
      Array.from({ length: count }, (_, row) => {
        const { label } = examination.readings[row];
        const [x, y] = at(places[2 * row], places[2 * row + 1]);
        return (
          <text key={row} x={formatCoordinate(x)} y={formatCoordinate(y)} fill={curveColour(label)}>
            {label}
          </text>
        );
      }),
    [places, examination],
  );
  const nearest = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const [x, y] = [
      ((event.clientX - box.left) / box.width) * WIDTH,
      ((event.clientY - box.top) / box.height) * HEIGHT,
    ];
    let [best, least] = [0, Infinity];
    for (let row = 0; row < count; row++) {
      const [px, py] = at(places[2 * row], places[2 * row + 1]);
      const far = (px - x) ** 2 + (py - y) ** 2;
      if (far < least) [best, least] = [row, far];
    }
    chosen.value = best;
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -10, ArrowUp: 10 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const place = order.indexOf(chosen.value) + step;
    chosen.value = order[Math.max(0, Math.min(count - 1, place))];
  };
  const row = chosen.value;
  const { label, read, sure } = examination.readings[row];
  const [x, y] = at(places[2 * row], places[2 * row + 1]);
  const said = `Test image ${row}, labelled ${label}, read as ${read}, ${formatShare(sure)} sure`;
  return (
    <div class="scatter">
      <div
        class="scatter-sheet"
        role="slider"
        tabIndex={0}
        aria-label="The images, from left to right"
        aria-valuemin={0}
        aria-valuemax={count - 1}
        aria-valuenow={order.indexOf(row)}
        aria-valuetext={said}
        onKeyDown={press}
        onPointerMove={nearest}
        onPointerDown={nearest}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
          {marks}
          <circle class="scatter-chosen" cx={x} cy={y} r={11} />
          {own && <OwnMark place={at(own[0], own[1])} />}
        </svg>
      </div>
      <div>
        <DigitImage image={imageOf(examination.test, row)} label={said} />
        <p role="status">{said}.</p>
        <p class="quiet">
          Point at a digit, or use the arrow keys: left and right go to the next, up and down ten further.
          {own && ' The square is your own drawing.'}
        </p>
      </div>
    </div>
  );
}

function OwnMark({ place: [x, y] }: { place: readonly [number, number] }) {
  return <rect class="scatter-own" x={x - 8} y={y - 8} width={16} height={16} />;
}

/** From a place to one on the sheet. */
function scaled(places: Float64Array): (a: number, b: number) => [number, number] {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let n = 0; n < places.length; n += 2) {
    left = Math.min(left, places[n]);
    right = Math.max(right, places[n]);
    low = Math.min(low, places[n + 1]);
    high = Math.max(high, places[n + 1]);
  }
  const within = (share: number) => Math.max(0, Math.min(1, share || 0));
  return (a, b) => [
    EDGE + within((a - left) / (right - left)) * (WIDTH - 2 * EDGE),
    HEIGHT - EDGE - within((b - low) / (high - low)) * (HEIGHT - 2 * EDGE),
  ];
}
