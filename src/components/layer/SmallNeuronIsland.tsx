import '../figures/neuron-graph.css';
import './SmallNeuron.css';
import { Fragment } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ElementwiseName } from '../../lib/nn/activations.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import { formatNumber, printEquation } from '../../explain/numbers.ts';
import { createSmallNeuron } from './small-neuron.ts';
import { activationLabels, ActivationChoice } from '../figures/ActivationChoice.tsx';
import { Slider } from '../figures/Slider.tsx';

const SUBSCRIPTS = '₁₂₃';
const range = { min: -2, max: 2, step: 0.1 };

/** A neuron with three inputs: every number of it to move. */
export function SmallNeuronIsland() {
  const neuron = useMemo(createSmallNeuron, []);
  const { inputs, weights, bias, activation } = neuron.numbers.value;
  const pass = neuron.pass.value;
  return (
    <div class="small-neuron">
      <Graph pass={pass} activation={activation} />
      <p role="status">{describe(pass)}</p>
      <div class="small-neuron-controls">
        <div class="sliders needs-script">
          {inputs.map((input, n) => (
            <Fragment key={n}>
              <Slider
                {...range}
                label={`Input x${SUBSCRIPTS[n]}`}
                value={input}
                onChange={(value) => neuron.setInput(n, value)}
              />
              <Slider
                {...range}
                label={`Weight w${SUBSCRIPTS[n]}`}
                value={weights[n]}
                onChange={(value) => neuron.setWeight(n, value)}
              />
            </Fragment>
          ))}
          <Slider {...range} label="Bias b" value={bias} onChange={neuron.setBias} />
          <button type="button" onClick={neuron.reset}>
            Reset
          </button>
        </div>
        <ActivationChoice value={activation} onChange={neuron.setActivation} />
      </div>
    </div>
  );
}

function describe(pass: Trace): string {
  const x = pass.values('activation', 0);
  const w = pass.values('weight', 1);
  const b = pass.values('bias', 1)[0];
  const [z, a] = [pass.values('preActivation', 1)[0], pass.values('activation', 1)[0]];
  const { inputs, sign, result } = printEquation(
    [b, ...Array.from(x, (input, n) => [w[n], input]).flat()],
    ([bias, ...factors]) =>
      factors.reduce((sum, f, n) => (n % 2 === 0 ? sum + f * factors[n + 1] : sum), bias),
    z,
  );
  const products = Array.from(x, (_, n) => `${inputs[1 + 2 * n]} · ${inputs[2 + 2 * n]}`);
  return `z = ${products.join(' + ')} + ${inputs[0]} ${sign} ${result}, and a = g(z) = ${formatNumber(a)}.`;
}

/** Inputs on the left, products on the edges, the sum, and what the bend makes of it. */
function Graph({ pass, activation }: { pass: Trace; activation: ElementwiseName }) {
  const x = pass.values('activation', 0);
  const w = pass.values('weight', 1);
  const z = pass.values('preActivation', 1)[0];
  const a = pass.values('activation', 1)[0];
  const b = pass.values('bias', 1)[0];
  const height = (n: number) => 40 + n * 80;
  return (
    <svg
      class="neuron-graph notranslate"
      viewBox="0 0 640 250"
      role="img"
      aria-label="Three inputs, each times its weight, summed with the bias, then the activation"
    >
      {Array.from(x, (input, n) => {
        const product = input * w[n];
        const printed = printEquation([input, w[n]], ([pixel, weight]) => pixel * weight, product);
        return (
          <g key={n}>
            <path
              class={product < 0 ? 'edge edge-negative' : 'edge edge-positive'}
              d={`M74 ${height(n)}L330 120`}
              style={{ strokeWidth: `${1 + 3 * Math.min(2, Math.abs(product))}px` }}
            />
            <circle class="node" cx={46} cy={height(n)} r={28} />
            <text x={46} y={height(n) + 5}>
              {printed.inputs[0]}
            </text>
            <text class="edge-label" x={112} y={height(n) + (120 - height(n)) * 0.15 + (n < 2 ? -8 : 24)}>
              × {printed.inputs[1]} {printed.sign} {printed.result}
            </text>
          </g>
        );
      })}
      <circle class="node" cx={365} cy={120} r={38} />
      <text x={365} y={114}>
        z
      </text>
      <text x={365} y={134}>
        {formatNumber(z)}
      </text>
      <text class="edge-label" x={365} y={186}>
        + b {formatNumber(b)}
      </text>
      <path class="edge" d="M403 120H527" />
      <text class="edge-label" x={465} y={108}>
        {activationLabels[activation]}
      </text>
      <circle class="node" cx={565} cy={120} r={38} />
      <text x={565} y={114}>
        a
      </text>
      <text x={565} y={134}>
        {formatNumber(a)}
      </text>
    </svg>
  );
}
