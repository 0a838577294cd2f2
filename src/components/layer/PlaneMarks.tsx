import './WhyBend.css';
import { type PlanePoint, REACH } from '../../lib/experiments/plane.ts';
import type { Fold } from '../../lib/experiments/plane-picture.ts';
import { SIDE } from './why-bend.ts';

interface Props {
  points: readonly PlanePoint[];
  /** For each point whether it was read right. */
  right: readonly boolean[];
  folds: readonly (Fold | undefined)[];
}

const across = (x: number) => ((x + REACH) / (2 * REACH)) * SIDE;
const down = (y: number) => across(-y);

/** The points over the picture of their plane, round and square, those read wrong ringed; and the folds. */
export function PlaneMarks({ points, right, folds }: Props) {
  return (
    <>
      {folds.map(
        (fold, unit) =>
          fold && (
            <line
              key={unit}
              class="plane-fold"
              x1={across(fold.from[0])}
              y1={down(fold.from[1])}
              x2={across(fold.to[0])}
              y2={down(fold.to[1])}
            />
          ),
      )}
      {points.map(({ x, y, kind }, n) => {
        const look = right[n] ? 'plane-point' : 'plane-point plane-wrong';
        const [cx, cy] = [across(x), down(y)];
        return kind === 0 ? (
          <circle key={n} class={`${look} plane-round`} cx={cx} cy={cy} r={0.6} />
        ) : (
          <rect key={n} class={`${look} plane-square`} x={cx - 0.55} y={cy - 0.55} width={1.1} height={1.1} />
        );
      })}
    </>
  );
}
