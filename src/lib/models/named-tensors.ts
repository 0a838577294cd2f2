import { inNumberedOrder } from './numbered-order.ts';
import { type Assumption, NetworkFileError, type ReadLayer } from './network-file.ts';

/*
 * From named arrays to layers: the same rules for every format. A name says whether it is a weight or a bias and of
 * which layer (`W1`, `layers.0.weight`, `fc1.bias`, `dense_1/kernel:0`, `coefs_0`); shapes say in which order the
 * layers follow, and which way round the weights lie.
 */

/** An array of a file, whose numbers are read when they are asked for. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major; read when it is known that the array is one of the network's. */
  readonly read: () => Float32Array | Float64Array;
}

const WEIGHT = /^(w|weights?|kernel|coefs?)$/;
const BIAS = /^(b|bias|biases|intercepts?)$/;
/** What goes with a weight of that name, for an error that misses it. */
const BIAS_OF: Readonly<Record<string, string>> = { w: 'b', kernel: 'bias', coefs: 'intercepts' };
/** Names of tools that keep weights as inputs × units. */
const LYING_NAME = /^(kernel|coefs?)$/;

interface Pair {
  readonly weight: NamedTensor;
  readonly bias: NamedTensor;
}

/** Layers found by the names and shapes of their arrays, before it is known which activation each has. */
export interface UnnamedLayers {
  readonly layers: readonly Omit<ReadLayer, 'activation'>[];
  readonly assumptions: readonly Assumption[];
}

/**
 * @param kind what the format calls its arrays, for errors
 * @throws NetworkFileError naming the array that is missing, left over or of the wrong shape
 */
export function layersOf(tensors: readonly NamedTensor[], kind: 'array' | 'tensor'): UnnamedLayers {
  const assumptions: Assumption[] = [];
  const pairs = chained(pairUp(tensors, kind, assumptions));
  const isLying = liesTheOtherWay(pairs, assumptions);
  const layers = pairs.map(({ weight, bias }) => {
    const [rows, columns] = weight.shape;
    const values = weight.read();
    return isLying
      ? { units: columns, inputs: rows, weights: turned(values, rows, columns), bias: bias.read() }
      : { units: rows, inputs: columns, weights: values, bias: bias.read() };
  });
  return { layers, assumptions };
}

function pairUp(tensors: readonly NamedTensor[], kind: string, assumptions: Assumption[]): Pair[] {
  const weights = new Map<string, NamedTensor>();
  const biases = new Map<string, NamedTensor>();
  const others: NamedTensor[] = [];
  for (const tensor of tensors) {
    const words = wordsOf(tensor.name);
    const at = words.findIndex((word) => WEIGHT.test(word) || BIAS.test(word));
    if (at < 0) {
      others.push(tensor);
      continue;
    }
    const known = WEIGHT.test(words[at]) ? weights : biases;
    const key = words.toSpliced(at, 1).join(' ');
    const same = known.get(key);
    if (same) throw new NetworkFileError(`${same.name} and ${tensor.name} name the same thing`);
    known.set(key, tensor);
  }
  if (weights.size === 0) return pairInOrder(tensors, kind, assumptions);
  if (others.length > 0) {
    const names = others.slice(0, 8).map(({ name }) => name);
    assumptions.push({
      about: 'names',
      text: `Not used, since it is no layer's weight or bias: ${names.join(', ')}.`,
    });
  }
  const there = tensors
    .slice(0, 8)
    .map(({ name }) => name)
    .join(', ');
  const lone = [...biases].find(([key]) => !weights.has(key));
  if (lone) throw new NetworkFileError(`${lone[1].name} has no weight beside it; the file has ${there}`);
  const keys = [...weights.keys()].toSorted(inNumberedOrder);
  return keys.map((key): Pair => {
    const weight = weights.get(key)!;
    const bias = biases.get(key);
    if (!bias)
      throw new NetworkFileError(`the file has no ${kind} ${biasName(weight.name)}; it has ${there}`);
    return checkedPair(weight, bias);
  });
}

/** Arrays whose names say nothing, such as NumPy's `arr_0`: by their shapes, or a weight and a bias in turn. */
function pairInOrder(tensors: readonly NamedTensor[], kind: string, assumptions: Assumption[]): Pair[] {
  const ordered = tensors.toSorted((a, b) => inNumberedOrder(a.name, b.name));
  const isMatrix = ({ shape }: NamedTensor) => shape.length === 2;
  const inTurn = ordered.every(isMatrix);
  const weights = ordered.filter((tensor, n) => (inTurn ? n % 2 === 0 : isMatrix(tensor)));
  const biases = ordered.filter((tensor) => !weights.includes(tensor));
  if (weights.length === 0 || weights.length !== biases.length) {
    const first = kind === 'array' ? 'array W1' : 'tensor layers.0.weight';
    throw new NetworkFileError(`the file has no ${first}: it holds no network`);
  }
  const names = ordered.slice(0, 8).map(({ name }) => name);
  assumptions.push({
    about: 'names',
    text: `The names say nothing of weights: ${names.join(', ')} were taken for weights and biases by their order and shapes.`,
  });
  return weights.map((weight, l) => checkedPair(weight, biases[l]));
}

function checkedPair(weight: NamedTensor, bias: NamedTensor): Pair {
  if (weight.shape.length !== 2)
    throw new NetworkFileError(`${weight.name} has ${weight.shape.length} dimensions, not 2`);
  // A bias may be a column or a row of its numbers.
  if (bias.shape.filter((extent) => extent !== 1).length > 1)
    throw new NetworkFileError(`${bias.name} has ${bias.shape.length} dimensions, not 1`);
  return { weight, bias };
}

/** The layers in the order of their names, or, where those do not follow one another, in the one order that does. */
function chained(pairs: readonly Pair[]): readonly Pair[] {
  const ends = ({ weight, bias }: Pair) => {
    const units = sizeOf(bias);
    const [rows, columns] = weight.shape;
    return { units, inputs: rows === units ? columns : rows };
  };
  const follows = (order: readonly Pair[]) =>
    order.every((pair, l) => l === 0 || ends(pair).inputs === ends(order[l - 1]).units);
  if (follows(pairs)) return pairs;
  const left = new Set(pairs);
  const starts = pairs.filter((pair) => !pairs.some((other) => ends(other).units === ends(pair).inputs));
  const order: Pair[] = [];
  for (let next = starts; next.length === 1;) {
    order.push(next[0]);
    left.delete(next[0]);
    next = [...left].filter((pair) => ends(pair).inputs === ends(order.at(-1)!).units);
  }
  return left.size === 0 ? order : pairs;
}

/** Whether the weights are inputs × units, as Keras and scikit-learn keep them: the lengths of the biases say it. */
function liesTheOtherWay(pairs: readonly Pair[], assumptions: Assumption[]): boolean {
  const upright = pairs.find(
    ({ weight: { shape }, bias }) => sizeOf(bias) === shape[0] && shape[0] !== shape[1],
  );
  const lying = pairs.find(
    ({ weight: { shape }, bias }) => sizeOf(bias) === shape[1] && shape[0] !== shape[1],
  );
  if (upright && lying) {
    throw new NetworkFileError(
      `${lying.weight.name} lies the other way round than ${upright.weight.name}: inputs × units, not units × inputs`,
    );
  }
  const isSquare = pairs.every(({ weight: { shape } }) => shape[0] === shape[1]);
  const isNamedSo = pairs.every(({ weight }) => wordsOf(weight.name).some((word) => LYING_NAME.test(word)));
  if (lying || (isSquare && isNamedSo)) {
    assumptions.push({
      about: 'weights',
      text: 'The weights lie inputs × units, as Keras keeps them: they were turned over, transposed to units × inputs.',
    });
    return true;
  }
  if (isSquare) {
    assumptions.push({
      about: 'weights',
      text: 'All weights are square, which leaves open which way round they lie: units × inputs was assumed.',
    });
  }
  return false;
}

/** Whether a name says that an array is a weight or a bias. */
export function namesParameter(name: string): boolean {
  return wordsOf(name).some((word) => WEIGHT.test(word) || BIAS.test(word));
}

/** `denseLayer_2/kernel:0` → dense, layer, 2, kernel. */
function wordsOf(name: string): string[] {
  const words = name.replace(/:0$/, '').match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
  return words.map((word) => word.toLowerCase());
}

/** What the bias is called that goes with a weight: W1 → b1, layers.0.weight → layers.0.bias. */
function biasName(weight: string): string {
  return weight.replace(
    /(?<![a-z])(weights?|kernel|coefs?|w)(?![a-z])/i,
    (word) => BIAS_OF[word.toLowerCase()] ?? 'bias',
  );
}

function sizeOf({ shape }: NamedTensor): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

function turned<T extends Float32Array | Float64Array>(values: T, rows: number, columns: number): T {
  const result = values.slice() as T;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) result[c * rows + r] = values[r * columns + c];
  }
  return result;
}
