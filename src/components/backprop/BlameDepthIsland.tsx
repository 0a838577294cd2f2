import '../figures/controls.css';
import '../figures/initialization-choice.css';
import './experiment.css';
import type { PlotOptions } from '@observablehq/plot';
import { useEffect, useMemo } from 'preact/hooks';
import type { LayerBlame } from '../../lib/experiments/blame-depth.ts';
import { initializerNames, type InitializerName } from '../../lib/nn/initializers.ts';
import { type DepthPicture, createBlameDepth, describeDepth, drawableBand } from './blame-depth.ts';
import { indexOfLargestSize, largestSize } from '../../explain/contributions.ts';
import { Chart } from '../figures/Chart.tsx';
import { ActivationChoice } from '../figures/ActivationChoice.tsx';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { Slider } from '../figures/Slider.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';
import { formatMagnitude, formatRatio } from '../../explain/numbers.ts';

type Plot = typeof import('@observablehq/plot');

/** How far the blame comes back: depth, activation and first weights to choose. */
export function BlameDepthIsland() {
  const explorer = useMemo(createBlameDepth, []);
  useEffect(() => void explorer.load(), [explorer]);
  const { depth, activation, initializer } = explorer.network.value;
  const picture = explorer.picture.value;
  const draw = useMemo(() => picture && drawBand(picture), [picture]);
  const isNothing = picture?.band.every(({ high }) => high === 0);
  return (
    <div class="experiment">
      <DigitPicker pick={explorer.digitPick} isPictured />
      <div class="initialization-choice needs-script">
        <Slider
          label="Hidden layers"
          min={1}
          max={20}
          step={1}
          value={depth}
          onChange={(next) => explorer.choose({ depth: next })}
        />
        <ActivationChoice value={activation} onChange={(chosen) => explorer.choose({ activation: chosen })} />
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
      <TryAgain failure={explorer.failure.value} again={explorer.load} />
      {draw && !isNothing ? (
        <Chart
          draw={draw}
          height={240}
          label="Length of the blame δ of each layer, ten draws of first weights as a band"
        />
      ) : (
        <p class="chart-room">
          {isNothing ? 'Every δ of every draw is exactly 0: there is no curve to draw.' : ''}
        </p>
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
  const size = Math.abs(layer.delta[indexOfLargestSize(layer.delta)]);
  const zoom = size === 0 ? 1 : Math.max(1, 10 ** Math.floor(Math.log10(full / size)));
  const units = Array.from(layer.delta);
  return (
    <>
      <svg
        class="blame-bars"
        viewBox={`0 -20 ${units.length} 44`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`δ of ${units.length} units, largest ${formatMagnitude(size, 2)}; ${layer.closed.filter(Boolean).length} closed`}
      >
        {units.map((value, j) => {
          const height = Math.min(20, 20 * Math.abs((zoom * value) / full));
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
      <span>{size === 0 ? 'nothing' : zoom > 1 ? `× ${formatRatio(zoom)}` : 'true scale'}</span>
    </>
  );
}

function drawBand({ band }: DepthPicture) {
  const { points, zeros } = drawableBand(band);
  return (plot: Plot): PlotOptions => ({
    marginLeft: 72,
    marginBottom: 38,
    x: { label: 'layer', ticks: band.map(({ layer }) => layer), tickFormat: 'd' },
    y: { type: 'log', label: 'length of δ', grid: true, tickFormat: '~g' },
    marks: [
      plot.areaY(points, { x: 'layer', y1: 'low', y2: 'high', fill: 'var(--ruling)' }),
      plot.line(points, { x: 'layer', y: 'middle', stroke: 'var(--hand)', strokeWidth: 2 }),
      plot.dot(points, { x: 'layer', y: 'middle', fill: 'var(--hand)', r: 3 }),
      plot.text(zeros, {
        x: (layer: number) => layer,
        text: () => '0',
        frameAnchor: 'bottom',
        fill: 'var(--hand)',
      }),
    ],
  });
}
