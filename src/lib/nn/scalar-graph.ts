import { activations, type ElementwiseName } from './activations.ts';

/** A number in a small computation: given, or made from others before it. */
export interface GraphNode {
  readonly name: string;
  readonly operation: 'given' | 'add' | 'multiply' | 'square' | ElementwiseName;
  /** Names of what it is made from; one that is used twice stands twice. */
  readonly from: readonly string[];
  /** Of a given number. */
  readonly value?: number;
}

/** What one number hands back to one that it was made from. */
export interface BackwardStep {
  readonly from: string;
  readonly to: string;
  /** ∂from/∂to at this place, and the gradient of `from`: their product is added to the gradient of `to`. */
  readonly slope: number;
  readonly gradient: number;
  readonly added: number;
  /** Of `to`, after it. */
  readonly sum: number;
}

/**
 * Values of all nodes, by name.
 *
 * @param nodes each after those that it is made from; the last is the loss
 */
export function forwardGraph(nodes: readonly GraphNode[]): Map<string, number> {
  const values = new Map<string, number>();
  for (const { name, operation, from, value } of nodes) {
    const inputs = from.map((each) => values.get(each)!);
    values.set(name, operation === 'given' ? value! : compute(operation, inputs));
  }
  return values;
}

/** Backward in order: a node hands on its gradient only when all that it feeds have handed theirs to it. */
export function backwardSteps(nodes: readonly GraphNode[]): BackwardStep[] {
  const values = forwardGraph(nodes);
  const gradients = new Map(nodes.map(({ name }) => [name, 0]));
  gradients.set(nodes.at(-1)!.name, 1);
  const steps: BackwardStep[] = [];
  for (const node of nodes.toReversed())
    steps.push(...handBack(node, values, gradients, gradients.get(node.name)!));
  return steps;
}

/**
 * Backward by plain recursion: a node hands on what it has got so far each time that it is reached. Where a number is
 * used twice, it does so twice, and what came first is counted again.
 */
export function recursiveSteps(nodes: readonly GraphNode[]): BackwardStep[] {
  const values = forwardGraph(nodes);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const gradients = new Map(nodes.map(({ name }) => [name, 0]));
  const loss = nodes.at(-1)!.name;
  gradients.set(loss, 1);
  const steps: BackwardStep[] = [];
  const visit = (name: string): void => {
    const node = byName.get(name)!;
    node.from.forEach((to, n) => {
      steps.push(...handBack(node, values, gradients, gradients.get(name)!, n));
      visit(to);
    });
  };
  visit(loss);
  return steps;
}

/** The gradients that some steps have left, by name; the loss has 1. */
export function gradientsAfter(
  nodes: readonly GraphNode[],
  steps: readonly BackwardStep[],
): Map<string, number> {
  const gradients = new Map<string, number>([[nodes.at(-1)!.name, 1]]);
  for (const { to, sum } of steps) gradients.set(to, sum);
  return gradients;
}

function handBack(
  { name, operation, from }: GraphNode,
  values: ReadonlyMap<string, number>,
  gradients: Map<string, number>,
  gradient: number,
  only?: number,
): BackwardStep[] {
  const inputs = from.map((each) => values.get(each)!);
  return from.flatMap((to, n) => {
    if (only !== undefined && n !== only) return [];
    const slope = slopeOf(operation, inputs, n, values.get(name)!);
    const added = slope * gradient;
    const sum = gradients.get(to)! + added;
    gradients.set(to, sum);
    return [{ from: name, to, slope, gradient, added, sum }];
  });
}

function compute(operation: Exclude<GraphNode['operation'], 'given'>, inputs: readonly number[]): number {
  if (operation === 'add') return inputs.reduce((sum, value) => sum + value, 0);
  if (operation === 'multiply') return inputs.reduce((product, value) => product * value, 1);
  if (operation === 'square') return inputs[0]! ** 2;
  return activations[operation].value(inputs[0]!);
}

/** The derivative by the input at one place, the others held. */
function slopeOf(
  operation: GraphNode['operation'],
  inputs: readonly number[],
  at: number,
  value: number,
): number {
  if (operation === 'given') return 0;
  if (operation === 'add') return 1;
  if (operation === 'multiply')
    return inputs.reduce((product, input, n) => (n === at ? product : product * input), 1);
  if (operation === 'square') return 2 * inputs[0]!;
  return activations[operation].derivative(inputs[0]!, value);
}
