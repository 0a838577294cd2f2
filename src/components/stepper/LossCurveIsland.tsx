import '../figures/curve.css';
import { useSignal } from '@preact/signals';
import { lossAt, printLossAt } from '../../explain/loss-curve.ts';
import { formatCoordinate, formatNumber } from '../../explain/numbers.ts';

interface Props {
  /** The probability that the network gives to the label of a real digit, and the mean loss of many. */
  start: number;
  label: number;
  mean: number;
  count: number;
}

const WIDTH = 480;
const HEIGHT = 260;
const LARGEST_LOSS = 5;
const x = (p: number) => p * WIDTH;
const y = (loss: number) => HEIGHT - (Math.min(loss, LARGEST_LOSS) / LARGEST_LOSS) * HEIGHT;

/** The curve −ln p, with a point on it to move. */
export function LossCurveIsland({ start, label, mean, count }: Props) {
  const p = useSignal(start);
  const loss = lossAt(p.value);
  const printed = printLossAt(p.value);
  const places = Array.from({ length: 120 }, (_, n) => (n + 1) / 120);
  const curve = places
    .map((place) => `${formatCoordinate(x(place))},${formatCoordinate(y(lossAt(place)))}`)
    .join(' ');
  return (
    <div class="loss-curve">
      <svg
        class="notranslate"
        viewBox={`-40 -12 ${WIDTH + 60} ${HEIGHT + 50}`}
        role="img"
        aria-label="The loss falls from infinity, at probability 0, to 0 at probability 1"
      >
        <path class="axis" d={`M0 0V${HEIGHT}H${WIDTH}`} />
        {[0, 1, 2, 3, 4, 5].map((tick) => (
          <text key={tick} x={-10} y={y(tick) + 5} text-anchor="end">
            {tick}
          </text>
        ))}
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <text key={tick} x={x(tick)} y={HEIGHT + 22} text-anchor="middle">
            {tick}
          </text>
        ))}
        <path class="curve-mean" d={`M0 ${y(mean)}H${WIDTH}`} />
        <polyline class="curve" points={curve} />
        <circle class="curve-point" cx={x(p.value)} cy={y(loss)} r={7} />
      </svg>
      <label class="loss-slider">
        Probability of the true label
        <input
          type="range"
          min={0.001}
          max={1}
          step={0.001}
          value={p.value}
          onInput={(event) => {
            p.value = event.currentTarget.valueAsNumber;
          }}
        />
      </label>
      <p role="status">
        At p = {printed.p} the loss is −ln {printed.p} {printed.sign} {printed.loss}.
      </p>
      <p class="quiet">
        The point begins at a test image labelled {label}. The line is the mean over the {count} test images
        of the sample, {formatNumber(mean)}.
      </p>
    </div>
  );
}
