import { type ElementwiseName, activations } from '../nn/activations.ts';

/** What can be done with numbers: the value, and its slope by each of them while the others are held. */
interface Operation {
  readonly value: (x: readonly number[]) => number;
  /** @param y the value at x: some slopes are simplest in it */
  readonly slopes: (x: readonly number[], y: number) => readonly number[];
}

const operations: { readonly [Name in OperationName]: Operation } = {
  add: {
    value: (x) => x.reduce((sum, each) => sum + each, 0),
    slopes: (x) => x.map(() => 1),
  },
  multiply: {
    value: (x) => product(x),
    slopes: (x) => x.map((_, n) => product(x.toSpliced(n, 1))),
  },
  square: {
    value: ([x]) => x ** 2,
    slopes: ([x]) => [2 * x],
  },
  linear: ofOne('linear'),
  relu: ofOne('relu'),
  'leaky-relu': ofOne('leaky-relu'),
  sigmoid: ofOne('sigmoid'),
  tanh: ofOne('tanh'),
};

type OperationName = 'add' | 'multiply' | 'square' | ElementwiseName;

/** A number in a small computation: given, or made from others before it. */
export interface GraphNode {
  readonly name: string;
  readonly operation: 'given' | OperationName;
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
    const x = from.map((each) => values.get(each)!);
    values.set(name, operation === 'given' ? value! : operations[operation].value(x));
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

/** @param only the place of the one input that is handed its share now; without it, all are, in order */
function handBack(
  { name, operation, from }: GraphNode,
  values: ReadonlyMap<string, number>,
  gradients: Map<string, number>,
  gradient: number,
  only?: number,
): BackwardStep[] {
  if (operation === 'given') return [];
  const x = from.map((each) => values.get(each)!);
  const slopes = operations[operation].slopes(x, values.get(name)!);
  return from.flatMap((to, n) => {
    if (only !== undefined && n !== only) return [];
    const slope = slopes[n];
    const added = slope * gradient;
    const sum = gradients.get(to)! + added;
    gradients.set(to, sum);
    return [{ from: name, to, slope, gradient, added, sum }];
  });
}

/** One of the network's own activations. */
function ofOne(name: ElementwiseName): Operation {
  const { value, derivative } = activations[name];
  return { value: ([z]) => value(z), slopes: ([z], a) => [derivative(z, a)] };
}

function product(x: readonly number[]): number {
  return x.reduce((all, each) => all * each, 1);
}
