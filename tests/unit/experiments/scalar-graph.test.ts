import { describe, expect, test } from 'vitest';
import {
  type GraphNode,
  backwardSteps,
  forwardGraph,
  gradientsAfter,
  recursiveSteps,
} from '../../../src/lib/experiments/scalar-graph.ts';

const given = (name: string, value: number): GraphNode => ({ name, operation: 'given', from: [], value });
const neuron = (activation: 'relu' | 'tanh' | 'sigmoid'): GraphNode[] => [
  given('x1', 0.7),
  given('w1', -1.2),
  given('x2', 2),
  given('w2', 0.9),
  given('b', 0.3),
  given('y', -0.4),
  { name: 'p1', operation: 'multiply', from: ['x1', 'w1'] },
  { name: 'p2', operation: 'multiply', from: ['x2', 'w2'] },
  { name: 'z', operation: 'add', from: ['p1', 'p2', 'b'] },
  { name: 'a', operation: activation, from: ['z'] },
  { name: 'e', operation: 'add', from: ['a', 'y'] },
  { name: 'L', operation: 'square', from: ['e'] },
];
/** q is used by both r and L. */
const twice: GraphNode[] = [
  given('a', 2),
  given('b', 3),
  { name: 'q', operation: 'multiply', from: ['a', 'b'] },
  { name: 'r', operation: 'add', from: ['q', 'a'] },
  { name: 'L', operation: 'multiply', from: ['q', 'r'] },
];

function nudged(nodes: readonly GraphNode[], name: string): number {
  const lossWith = (by: number) =>
    forwardGraph(nodes.map((node) => (node.name === name ? { ...node, value: node.value! + by } : node))).get(
      'L',
    )!;
  return (lossWith(1e-6) - lossWith(-1e-6)) / 2e-6;
}

describe('the chain rule on a graph', () => {
  for (const activation of ['relu', 'tanh', 'sigmoid'] as const) {
    test(`a neuron with ${activation}: gradients agree with nudges`, () => {
      const nodes = neuron(activation);
      const gradients = gradientsAfter(nodes, backwardSteps(nodes));
      for (const { name, operation } of nodes) {
        if (operation === 'given') expect(gradients.get(name), name).toBeCloseTo(nudged(nodes, name), 7);
      }
    });
  }

  test('a number used twice gets the sum of both gradients', () => {
    const gradients = gradientsAfter(twice, backwardSteps(twice));
    expect(gradients.get('q')).toBe(8 + 6);
    expect(gradients.get('a')).toBe(14 * 3 + 6);
    expect(gradients.get('b')).toBe(14 * 2);
    expect(gradients.get('a')).toBeCloseTo(nudged(twice, 'a'), 5);
  });

  test('plain recursion hands on too often, and counts what came first again', () => {
    const steps = recursiveSteps(twice);
    expect(steps.length).toBeGreaterThan(backwardSteps(twice).length);
    expect(gradientsAfter(twice, steps).get('a')).not.toBe(48);
    expect(gradientsAfter(twice, steps).get('b')).not.toBe(28);
  });

  test('where nothing is used twice, recursion is right too', () => {
    const nodes = neuron('tanh');
    expect(gradientsAfter(nodes, recursiveSteps(nodes))).toEqual(gradientsAfter(nodes, backwardSteps(nodes)));
  });
});
