import '../figures/controls.css';
import '../figures/neuron-graph.css';
import { useMemo } from 'preact/hooks';
import { type ChainRule, createChainRule, describeBackwardStep, givenNames } from './chain-rule.ts';
import { formatNumber } from '../../explain/numbers.ts';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { ActivationChoice } from '../figures/ActivationChoice.tsx';
import { Slider } from '../figures/Slider.tsx';

const LABELS: Record<string, string> = {
  x1: 'Input x₁',
  w1: 'Weight w₁',
  x2: 'Input x₂',
  w2: 'Weight w₂',
  b: 'Bias b',
  target: 'Target y',
  u: 'u',
  v: 'v',
};

/** The chain rule on a few numbers: values forward, blame backward, each slope as it is multiplied in. */
export function ChainRuleIsland() {
  const rule = useMemo(createChainRule, []);
  const { graph, order, step, steps, current, nodes } = rule;
  const isOver = step.value === steps.value.length;
  return (
    <div class="chain-rule">
      <div class="run-controls needs-script">
        <label class="run-speed">
          Computation
          <select
            value={graph.value}
            onChange={(event) => rule.chooseGraph(event.currentTarget.value as 'neuron')}
          >
            <option value="neuron">one neuron and its squared error</option>
            <option value="twice">numbers that are used twice</option>
          </select>
        </label>
        {graph.value === 'neuron' ? (
          <ActivationChoice value={rule.activation.value} onChange={rule.chooseActivation} />
        ) : (
          <label class="run-speed">
            Backward
            <select
              value={order.value}
              onChange={(event) => rule.chooseOrder(event.currentTarget.value as 'ordered')}
            >
              <option value="ordered">in order: wait until all have paid in</option>
              <option value="recursive">by plain recursion: pass on at once</option>
            </select>
          </label>
        )}
      </div>
      <div class="chain-stage">
        <ScrollBox label="The computation" begin="right">
          <Drawing rule={rule} />
        </ScrollBox>
        <p role="status" class="run-sentence">
          {current.value
            ? describeBackwardStep(current.value, nodes.value)
            : 'Forward is done: each number stands in its node. The blame begins at L with 1, since a nudge of L moves L by just as much.'}{' '}
          {isOver && describeEnd(rule)}
        </p>
        <div class="run-controls needs-script">
          <button type="button" aria-disabled={step.value === 0} onClick={() => rule.go(step.value - 1)}>
            Back
          </button>
          <button
            type="button"
            class="primary"
            aria-disabled={isOver}
            onClick={() => rule.go(step.value + 1)}
          >
            One step back towards the inputs
          </button>
          <button type="button" aria-disabled={isOver} onClick={() => rule.go(steps.value.length)}>
            To the end
          </button>
          <span class="quiet">
            {step.value} of {steps.value.length}
          </span>
        </div>
        <Givens rule={rule} />
      </div>
    </div>
  );
}

function Givens({ rule: { graph, given, set } }: { rule: ChainRule }) {
  return (
    <div class="sliders needs-script">
      {givenNames[graph.value].map((name) => (
        <Slider
          key={name}
          label={LABELS[name]}
          min={-3}
          max={3}
          step={0.1}
          value={given.value[name]}
          onChange={(value) => set(name, value)}
        />
      ))}
    </div>
  );
}

function describeEnd({ nodes, gradients, rightGradients, order, steps }: ChainRule): string {
  const given = nodes.value.filter(({ operation }) => operation === 'given');
  const wrong = given.filter(({ name }) => gradients.value.get(name) !== rightGradients.value.get(name));
  if (order.value === 'ordered') return 'Each given number now holds the slope of the loss along it.';
  const list = wrong
    .map(
      ({ name, text }) =>
        `${text} got ${formatNumber(gradients.value.get(name)!)} and ought to have ${formatNumber(rightGradients.value.get(name)!)}`,
    )
    .join('; ');
  return `In ${steps.value.length} steps, and wrong: ${list}. q was asked twice, and the second time it handed on what it had handed on before.`;
}

function Drawing({ rule }: { rule: ChainRule }) {
  const nodes = rule.nodes.value;
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const current = rule.current.value;
  return (
    <svg
      class="neuron-graph chain-graph notranslate"
      viewBox="0 0 640 340"
      role="img"
      aria-label="The computation as a graph: values above, gradients below"
    >
      {nodes.flatMap(({ name, from, x, y }) =>
        from.map((each, n) => {
          const start = byName.get(each)!;
          const isLit = current?.from === name && current.to === each;
          return (
            <path
              key={`${name} ${n}`}
              class={isLit ? 'edge chain-lit' : 'edge'}
              d={`M${start.x} ${start.y}L${x} ${y}`}
            />
          );
        }),
      )}
      {nodes.map(({ name, x, y, text }) => {
        const gradient = rule.gradients.value.get(name);
        return (
          <g key={name} transform={`translate(${x} ${y})`}>
            <rect class="node" x={-38} y={-27} width={76} height={54} rx={5} />
            <text y={-9}>{text}</text>
            <text y={7} class="chain-value">
              {formatNumber(rule.values.value.get(name)!)}
            </text>
            <text y={22} class="chain-gradient">
              {gradient === undefined ? '' : `${name === 'z' ? 'δ = ' : ''}${formatNumber(gradient)}`}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
