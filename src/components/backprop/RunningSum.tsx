import '../figures/running-sum.css';
import './RunningSum.css';
import { formatNumber } from '../../explain/numbers.ts';
import type { WeightPaths } from './path-explorer.ts';

const WIDTH = 400;
const HEIGHT = 130;

/** How the sum grows, largest path first, and where backward says that it ends. */
export function RunningSum({ paths }: { paths: WeightPaths }) {
  const running = [0, ...paths.lines.map((line) => line.running)];
  const low = Math.min(...running, paths.gradient);
  const span = Math.max(...running, paths.gradient) - low || 1;
  const x = (n: number) => (n / (running.length - 1)) * WIDTH;
  const y = (value: number) => HEIGHT - ((value - low) / span) * HEIGHT;
  return (
    <svg
      class="running-sum notranslate"
      viewBox={`-4 -10 ${WIDTH + 8} ${HEIGHT + 34}`}
      role="img"
      aria-label={`The sum grows path by path from 0 to ${formatNumber(paths.sum)}`}
    >
      <path class="axis" d={`M0 ${y(0)}H${WIDTH}`} />
      <path class="running-goal" d={`M0 ${y(paths.gradient)}H${WIDTH}`} />
      <polyline class="running-line" points={running.map((value, n) => `${x(n)},${y(value)}`).join(' ')} />
      <text x={WIDTH} y={HEIGHT + 20} text-anchor="end">
        dashed: backprop’s {formatNumber(paths.gradient)}
      </text>
      <text x={0} y={HEIGHT + 20}>
        sum of the first n products
      </text>
    </svg>
  );
}
