import { inNumberedOrder } from './numbered-order.ts';
import { type Assumption, NetworkFileError } from './network-file.ts';

/** What the reader says of a network whose file does not name its activations. */
export interface ActivationChoice {
  /** One for all hidden layers, or one each. */
  readonly hidden?: readonly string[] | undefined;
  readonly output?: string | undefined;
}

/** What a file says: of all layers or of the hidden ones, and of the last. */
export interface NamedActivations {
  readonly layers: readonly string[];
  readonly output: string | undefined;
}

/** Where a description of a network is nested deeper than this, it is none that any tool writes. */
const MOST_NESTED = 6;

/**
 * The activations that a file's texts name, under whatever key: `activations`, `activation_1`, `hidden_act`,
 * `out_activation_`, a list, a line with commas, or a description in JSON such as Keras keeps.
 */
export function findActivations(texts: Readonly<Record<string, unknown>>): NamedActivations {
  const plain = collectNames(texts, 1);
  return plain.layers.length > 0 || plain.output !== undefined ? plain : collectNames(texts, MOST_NESTED);
}

/** @param deepest how many objects, one inside another, are looked into */
function collectNames(texts: Readonly<Record<string, unknown>>, deepest: number): NamedActivations {
  const layers: string[] = [];
  let output: string | undefined;
  const take = (key: string, text: string) => {
    if (!/activ|nonlinearit|(^|_)acts?(_|\d|$)/i.test(key)) return;
    const names = text.split(/[,;|\s[\]'"()]+/).filter(Boolean);
    if (/out|last|final/i.test(key)) output = names[0];
    else layers.push(...names);
  };
  const look = (key: string, value: unknown, depth: number): void => {
    if (typeof value === 'string') {
      const parsed = /^\s*[{[]/.test(value) ? parseJson(value) : undefined;
      if (parsed === undefined) take(key, value);
      else look(key, parsed, depth);
    } else if (Array.isArray(value)) {
      for (const item of value) look(key, item, depth);
    } else if (typeof value === 'object' && value !== null && depth < deepest) {
      for (const [inner, item] of inOrder(Object.entries(value))) look(inner, item, depth + 1);
    }
  };
  look('', texts, 0);
  return { layers, output };
}

/**
 * An activation for each layer: what the file names, else what the reader has chosen, else what is usual, and then it is
 * said that it was assumed.
 *
 * @throws NetworkFileError when there are too many or too few names, or the reader chooses what the file names
 */
export function resolveActivations(
  named: NamedActivations,
  depth: number,
  choice: ActivationChoice = {},
): { activations: readonly string[]; assumptions: readonly Assumption[] } {
  const { layers } = named;
  const hiddenDepth = depth - 1;
  const isWhole = layers.length === depth && (depth > 1 || named.output === undefined);
  if (!isWhole && layers.length > 1 && layers.length !== hiddenDepth) {
    throw new NetworkFileError(`the file names ${layers.length} activations for ${depth} layers`);
  }
  const spread = (names: readonly string[]) =>
    names.length === 1 ? new Array<string>(hiddenDepth).fill(names[0]) : [...names];
  const hiddenNamed = isWhole ? layers.slice(0, -1) : layers.length > 0 ? spread(layers) : undefined;
  const outputNamed = isWhole ? layers[hiddenDepth] : named.output;
  if ((choice.hidden && hiddenNamed) || (choice.output && outputNamed)) {
    const names = [...(hiddenNamed ?? []), outputNamed].filter(Boolean).join(', ');
    throw new NetworkFileError(`the file names its activations itself, ${names}: they cannot be chosen`);
  }
  const hiddenChosen = choice.hidden && spread(choice.hidden);
  if (hiddenChosen && hiddenChosen.length !== hiddenDepth) {
    throw new NetworkFileError(
      `${hiddenChosen.length} activations are chosen, and the file has ${hiddenDepth} hidden layers`,
    );
  }
  const assumptions: Assumption[] = [];
  if (hiddenDepth > 0 && !hiddenNamed && !hiddenChosen)
    assumptions.push({
      about: 'hidden',
      text: 'The file does not name the activation of its hidden layers: ReLU was assumed.',
    });
  if (!outputNamed && !choice.output)
    assumptions.push({
      about: 'output',
      text: 'The file does not name the activation of its last layer: softmax was assumed.',
    });
  const hidden = hiddenNamed ?? hiddenChosen ?? new Array<string>(hiddenDepth).fill('relu');
  return { activations: [...hidden, outputNamed ?? choice.output ?? 'softmax'], assumptions };
}

/** `activation_2` before `activation_10`. */
function inOrder<T>(entries: [string, T][]): [string, T][] {
  return entries.toSorted(([a], [b]) => inNumberedOrder(a, b));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
