import type { PlotOptions } from '@observablehq/plot';
import { useEffect, useMemo } from 'preact/hooks';
import type { LayerBlame } from '../../lib/nn/blame-depth.ts';
import { initializerNames, type InitializerName } from '../../lib/nn/initializers.ts';
import { type DepthPicture, createBlameDepth, describeDepth } from '../../state/blame-depth.ts';
import { largestSize } from '../../state/contributions.ts';
import { Chart } from '../explorer/Chart.tsx';
import { ActivationChoice } from '../layer/ActivationChoice.tsx';
import { Slider } from '../layer/Slider.tsx';

type Plot = typeof import('@observablehq/plot');

/** Below it, a bar at true scale cannot be seen. */
const SMALLEST_NORM = 1e-30;

/** How far the blame comes back: depth, activation and first weights to choose. */
export function BlameDepthIsland() {
  const explorer = useMemo(createBlameDepth, []);
  useEffect(() => void explorer.load(), [explorer]);
  const { depth, activation, initializer } = explorer.network.value;
  const picture = explorer.picture.value;
  const draw = useMemo(() => picture && drawBand(picture), [picture]);
  return (
    <div class="experiment">
      <div class="initialization-choice needs-script">
        <Slider
          label="Hidden layers"
          min={1}
          max={20}
          step={1}
          value={depth}
          onChange={(next) => explorer.choose({ depth: next })}
        />
        <ActivationChoice
          names={['relu', 'leaky-relu', 'tanh', 'sigmoid', 'linear']}
          value={activation}
          onChange={(chosen) => explorer.choose({ activation: chosen })}
        />
        <label>
          First weights
          <select
            value={initializer}
            onChange={(event) =>
              explorer.choose({ initializer: event.currentTarget.value as InitializerName })
            }
          >
            {initializerNames.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p role="status" class="run-sentence">
        {explorer.failure.value ?? (picture ? describeDepth(picture) : ' ')}
      </p>
      {draw ? (
        <Chart
          draw={draw}
          height={240}
          label="Length of the gradient of each layer's weights, ten draws of first weights as a band"
        />
      ) : (
        <p class="chart-room" />
      )}
      <ol class="depth-layers">
        {(picture?.layers ?? []).map((layer, l) => (
          <li key={l}>
            <span>layer {l + 1}</span>
            <BlameBars layer={layer} full={largestSize(picture!.layers.at(-1)!.delta)} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** δ of one layer, in the measure of the last one's; what is too small for that is enlarged, and says by how much. */
function BlameBars({ layer, full }: { layer: LayerBlame; full: number }) {
  const size = largestSize(layer.delta);
  const zoom = size === 0 ? 1 : Math.max(1, 10 ** Math.floor(Math.log10(full / size)));
  const units = Array.from(layer.delta);
  return (
    <>
      <svg
        class="blame-bars"
        viewBox={`0 -20 ${units.length} 44`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`δ of ${units.length} units, largest ${size.toExponential(1)}; ${layer.closed.filter(Boolean).length} closed`}
      >
        {units.map((value, j) => {
          const height = Math.min(20, 20 * Math.abs((zoom * value) / (full || 1)));
          return (
            <rect
              key={j}
              class={value < 0 ? 'blame-negative' : 'blame-positive'}
              x={j + 0.1}
              y={value < 0 ? 0 : -height}
              width={0.8}
              height={height}
            />
          );
        })}
        {layer.closed.map((isClosed, j) => (
          <rect
            key={`gate ${j}`}
            class={isClosed ? 'gate gate-closed' : 'gate'}
            x={j + 0.1}
            y={21}
            width={0.8}
            height={3}
          />
        ))}
      </svg>
      <span>
        {size === 0
          ? 'nothing'
          : zoom > 1
            ? `× ${zoom < 1e6 ? zoom.toLocaleString('en') : zoom.toExponential(0)}`
            : 'true scale'}
      </span>
    </>
  );
}

function drawBand({ band }: DepthPicture) {
  const shown = band.map(({ layer, low, middle, high }) => ({
    layer,
    low: Math.max(SMALLEST_NORM, low),
    middle: Math.max(SMALLEST_NORM, middle),
    high: Math.max(SMALLEST_NORM, high),
  }));
  return (plot: Plot): PlotOptions => ({
    marginLeft: 72,
    x: { label: 'layer', ticks: band.map(({ layer }) => layer), tickFormat: 'd' },
    y: { type: 'log', label: 'length of ∂W', grid: true, tickFormat: '~g' },
    marks: [
      plot.areaY(shown, { x: 'layer', y1: 'low', y2: 'high', fill: 'var(--ruling)' }),
      plot.line(shown, { x: 'layer', y: 'middle', stroke: 'var(--hand)', strokeWidth: 2 }),
      plot.dot(shown, { x: 'layer', y: 'middle', fill: 'var(--hand)', r: 3 }),
    ],
  });
}
