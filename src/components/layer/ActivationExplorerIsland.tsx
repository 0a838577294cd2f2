import '../figures/curve.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { ElementwiseName } from '../../lib/nn/activations.ts';
import { activationCurve, describeSlope } from './activation-explorer.ts';
import { formatCoordinate, formatNumber } from '../../explain/numbers.ts';
import { ActivationChoice } from '../figures/ActivationChoice.tsx';
import { OpenInNotebook } from '../figures/OpenInNotebook.tsx';
import { Slider } from '../figures/Slider.tsx';

const REACH = 6;
const SCALE = 50;
const HEIGHT = 4;
const places = Array.from({ length: 241 }, (_, n) => -REACH + (n * 2 * REACH) / 240);
const x = (z: number) => (z + REACH) * SCALE;
const y = (value: number) => (HEIGHT - 1 - value) * SCALE;

/**
 * An activation's curve, its slope, and the tangent at a place to move.
 *
 * @param children the code of all activations
 */
export function ActivationExplorerIsland({ children }: { children?: ComponentChildren }) {
  const name = useSignal<ElementwiseName>('relu');
  const z = useSignal(1);
  const { a, slope } = activationCurve(name.value, [z.value])[0];
  const curve = activationCurve(name.value, places);
  const line = (pick: (point: { a: number; slope: number }) => number) =>
    curve.map((point) => `${formatCoordinate(x(point.z))},${formatCoordinate(y(pick(point)))}`).join(' ');
  const move = (event: PointerEvent) => {
    if (event.buttons === 0) return;
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    z.value = Math.round((Math.max(0, Math.min(1, share)) * 2 * REACH - REACH) * 10) / 10;
  };
  return (
    <div class="activation-explorer">
      <svg
        class="notranslate"
        viewBox={`0 0 ${2 * REACH * SCALE} ${(HEIGHT + 1.4) * SCALE}`}
        role="img"
        aria-label={`The curve of ${name.value}, its slope, and the tangent at z = ${formatNumber(z.value)}`}
        onPointerDown={move}
        onPointerMove={move}
      >
        <path class="axis" d={`M0 ${y(0)}H${2 * REACH * SCALE}M${x(0)} 0V${(HEIGHT + 1.4) * SCALE}`} />
        {[-4, -2, 2, 4].map((tick) => (
          <text key={tick} x={x(tick)} y={y(0) + 24} text-anchor="middle">
            {String(tick).replace('-', '−')}
          </text>
        ))}
        {[-2, -1, 1, 2].map((tick) => (
          <text key={tick} x={x(0) - 8} y={y(tick) + 7} text-anchor="end">
            {String(tick).replace('-', '−')}
          </text>
        ))}
        <polyline class="slope-curve" points={line((point) => point.slope)} />
        <polyline class="curve" points={line((point) => point.a)} />
        <path
          class="tangent"
          d={`M${x(z.value - 1.5)} ${y(a - 1.5 * slope)}L${x(z.value + 1.5)} ${y(a + 1.5 * slope)}`}
        />
        <circle class="curve-point" cx={x(z.value)} cy={y(a)} r={7} />
      </svg>
      <div class="sliders needs-script">
        <Slider
          label="z"
          value={z.value}
          text={formatNumber(z.value)}
          min={-REACH}
          max={REACH}
          step={0.1}
          onChange={(value) => {
            z.value = value;
          }}
        />
        <OpenInNotebook
          from="an activation’s curve"
          codes={({ activationCode }) => activationCode(name.value)}
        />
      </div>
      <div class="activation-beside">
        <ActivationChoice
          value={name.value}
          onChange={(chosen) => {
            name.value = chosen;
          }}
        />
        <p role="status">
          At z = {formatNumber(z.value)}: g(z) = {formatNumber(a)}, g′(z) = {formatNumber(slope)}.{' '}
          {describeSlope(name.value, slope)}
        </p>
        {children}
      </div>
    </div>
  );
}
