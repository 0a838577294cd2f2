import { useMemo } from 'preact/hooks';
import type { Trace } from '../../lib/nn/trace.ts';
import { formatNumber } from '../../state/pass-sentences.ts';
import { createSmallNeuron } from '../../state/small-neuron.ts';
import { ActivationChoice } from './ActivationChoice.tsx';
import { Slider } from './Slider.tsx';

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
      <ActivationChoice value={activation} onChange={neuron.setActivation} />
      <div class="sliders needs-script">
        {inputs.map((input, n) => (
          <Slider
            key={`x${n}`}
            {...range}
            label={`Input x${SUBSCRIPTS[n]}`}
            value={input}
            onChange={(value) => neuron.setInput(n, value)}
          />
        ))}
        {weights.map((weight, n) => (
          <Slider
            key={`w${n}`}
            {...range}
            label={`Weight w${SUBSCRIPTS[n]}`}
            value={weight}
            onChange={(value) => neuron.setWeight(n, value)}
          />
        ))}
        <Slider {...range} label="Bias b" value={bias} onChange={neuron.setBias} />
        <button type="button" onClick={neuron.reset}>
          Reset
        </button>
      </div>
    </div>
  );
}

function describe(pass: Trace): string {
  const x = pass.values('activation', 0);
  const w = pass.values('weight', 1);
  const b = pass.values('bias', 1)[0]!;
  const products = Array.from(x, (input, n) => `${formatNumber(w[n]!)} · ${formatNumber(input)}`);
  const [z, a] = [pass.values('preActivation', 1)[0]!, pass.values('activation', 1)[0]!];
  return `z = ${products.join(' + ')} + ${formatNumber(b)} = ${formatNumber(z)}, and a = g(z) = ${formatNumber(a)}.`;
}

/** Inputs on the left, products on the edges, the sum, and what the bend makes of it. */
function Graph({ pass, activation }: { pass: Trace; activation: string }) {
  const x = pass.values('activation', 0);
  const w = pass.values('weight', 1);
  const z = pass.values('preActivation', 1)[0]!;
  const a = pass.values('activation', 1)[0]!;
  const b = pass.values('bias', 1)[0]!;
  const height = (n: number) => 40 + n * 80;
  return (
    <svg
      class="neuron-graph"
      viewBox="0 0 640 250"
      role="img"
      aria-label="Three inputs, each times its weight, summed with the bias, then the activation"
    >
      {Array.from(x, (input, n) => {
        const product = input * w[n]!;
        return (
          <g key={n}>
            <path
              class={product < 0 ? 'edge edge-negative' : 'edge edge-positive'}
              d={`M74 ${height(n)}L330 120`}
              style={{ strokeWidth: `${1 + 3 * Math.min(2, Math.abs(product))}px` }}
            />
            <circle class="node" cx={46} cy={height(n)} r={28} />
            <text x={46} y={height(n) + 5}>
              {formatNumber(input)}
            </text>
            <text class="edge-label" x={170} y={height(n) + (120 - height(n)) * 0.38 - 8}>
              × {formatNumber(w[n]!)} = {formatNumber(product)}
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
        {activation}
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
