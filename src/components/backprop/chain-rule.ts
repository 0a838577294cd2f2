import { computed, signal } from '@preact/signals';
import type { ElementwiseName } from '../../lib/nn/activations.ts';
import {
  type BackwardStep,
  type GraphNode,
  backwardSteps,
  forwardGraph,
  gradientsAfter,
  recursiveSteps,
} from '../../lib/experiments/scalar-graph.ts';
import { formatNumber, printEquation } from '../../explain/numbers.ts';

/** A node with its place in the drawing. */
export interface PlacedNode extends GraphNode {
  readonly x: number;
  readonly y: number;
  /** How it is written in the drawing. */
  readonly text: string;
}

export type GraphName = 'neuron' | 'twice';
export type OrderName = 'ordered' | 'recursive';

const START = { x1: 1.5, w1: 0.8, x2: -1, w2: 0.5, b: 0.2, target: 0 };
const TWICE = { u: 2, v: 3 };

export const givenNames = {
  neuron: ['x1', 'w1', 'x2', 'w2', 'b', 'target'],
  twice: ['u', 'v'],
} as const;

/** Two small computations whose blame goes back step by step. */
export function createChainRule() {
  const graph = signal<GraphName>('neuron');
  const activation = signal<ElementwiseName>('tanh');
  const given = signal<Readonly<Record<string, number>>>({ ...START, ...TWICE });
  const order = signal<OrderName>('ordered');
  const step = signal(0);

  const nodes = computed(() =>
    graph.value === 'neuron' ? neuron(given.value, activation.value) : usedTwice(given.value),
  );
  const values = computed(() => forwardGraph(nodes.value));
  const right = computed(() => backwardSteps(nodes.value));
  const steps = computed(() => (order.value === 'ordered' ? right.value : recursiveSteps(nodes.value)));
  const done = computed(() => steps.value.slice(0, step.value));

  return {
    graph,
    activation,
    given,
    order,
    step,
    nodes,
    values,
    steps,
    done,
    /** By name, of what the steps so far have reached. */
    gradients: computed(() => gradientsAfter(nodes.value, done.value)),
    /** What they ought to be in the end. */
    rightGradients: computed(() => gradientsAfter(nodes.value, right.value)),
    current: computed(() => done.value.at(-1)),
    chooseGraph(next: GraphName): void {
      graph.value = next;
      order.value = 'ordered';
      step.value = 0;
    },
    chooseOrder(next: OrderName): void {
      order.value = next;
      step.value = 0;
    },
    chooseActivation(name: ElementwiseName): void {
      activation.value = name;
    },
    set(name: string, value: number): void {
      given.value = { ...given.peek(), [name]: value };
    },
    go(to: number): void {
      step.value = Math.max(0, Math.min(steps.value.length, to));
    },
  };
}

export type ChainRule = ReturnType<typeof createChainRule>;

/** What one step of backward did, in a sentence. */
export function describeBackwardStep(step: BackwardStep, nodes: readonly PlacedNode[]): string {
  const text = (name: string) => nodes.find((node) => node.name === name)!.text;
  const { from, to, slope, gradient, added, sum } = step;
  const { inputs, sign, result } = printEquation([gradient, slope], ([a, b]) => a * b, added);
  const handed = `${text(to)} gets ${inputs[0]} · ${inputs[1]} ${sign} ${result} from ${text(from)}: its blame times the slope of ${text(from)} by ${text(to)}.`;
  return added === sum ? handed : `${handed} It had some already, so now it has ${formatNumber(sum)}.`;
}

function neuron(given: Readonly<Record<string, number>>, activation: ElementwiseName): PlacedNode[] {
  const start = (name: string, text: string, y: number): PlacedNode => ({
    name,
    operation: 'given',
    from: [],
    value: given[name],
    x: 40,
    y,
    text,
  });
  return [
    start('x1', 'x₁', 30),
    start('w1', 'w₁', 90),
    start('x2', 'x₂', 160),
    start('w2', 'w₂', 220),
    { ...start('b', 'b', 300), x: 150 },
    { ...start('target', '−y', 330), value: -given['target'], x: 370, y: 300 },
    { name: 'p1', operation: 'multiply', from: ['w1', 'x1'], x: 150, y: 60, text: 'w₁x₁' },
    { name: 'p2', operation: 'multiply', from: ['w2', 'x2'], x: 150, y: 190, text: 'w₂x₂' },
    { name: 'z', operation: 'add', from: ['p1', 'p2', 'b'], x: 270, y: 150, text: 'z' },
    { name: 'a', operation: activation, from: ['z'], x: 370, y: 150, text: 'a' },
    { name: 'e', operation: 'add', from: ['a', 'target'], x: 480, y: 190, text: 'a − y' },
    { name: 'L', operation: 'square', from: ['e'], x: 590, y: 190, text: 'L' },
  ];
}

function usedTwice(given: Readonly<Record<string, number>>): PlacedNode[] {
  return [
    { name: 'u', operation: 'given', from: [], value: given['u'], x: 50, y: 70, text: 'u' },
    { name: 'v', operation: 'given', from: [], value: given['v'], x: 50, y: 230, text: 'v' },
    { name: 'q', operation: 'multiply', from: ['u', 'v'], x: 220, y: 200, text: 'q = uv' },
    { name: 'r', operation: 'add', from: ['q', 'u'], x: 390, y: 90, text: 'r = q + u' },
    { name: 'L', operation: 'multiply', from: ['q', 'r'], x: 570, y: 170, text: 'L = qr' },
  ];
}
