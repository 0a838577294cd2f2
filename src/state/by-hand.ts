import { computed, signal } from '@preact/signals';
import { Network } from '../lib/nn/network.ts';
import { referenceKernels } from '../lib/nn/kernels/reference-kernels.ts';
import { type Trace, trace } from '../lib/nn/trace.ts';
import { formatNumber } from './pass-sentences.ts';

/** One blank of the worksheet. */
export interface Blank {
  readonly id: string;
  /** As the worksheet writes it. */
  readonly name: string;
  readonly answer: number;
  /** Known wrong answers: what comes of a mistake, and which mistake it is. */
  readonly slips: readonly { readonly value: number; readonly says: string }[];
}

export interface Part {
  readonly title: string;
  /** The rule, in words. */
  readonly rule: string;
  readonly blanks: readonly Blank[];
}

/** The numbers of a worksheet: round, so that they can be done on paper. */
export interface Sheet {
  readonly x: readonly number[];
  readonly W1: readonly (readonly number[])[];
  readonly b1: readonly number[];
  readonly W2: readonly (readonly number[])[];
  readonly b2: readonly number[];
  readonly label: number;
}

export const sheets: readonly Sheet[] = [
  {
    x: [2, 1],
    W1: [
      [1, -1],
      [-1, 1],
    ],
    b1: [1, 0],
    W2: [
      [1, 2],
      [-1, 1],
    ],
    b2: [0, 1],
    label: 0,
  },
  {
    x: [1, 3],
    W1: [
      [2, -1],
      [1, 1],
    ],
    b1: [0, -2],
    W2: [
      [1, -1],
      [2, 1],
    ],
    b2: [1, -1],
    label: 1,
  },
  {
    x: [3, 1],
    W1: [
      [-1, 2],
      [1, -2],
    ],
    b1: [0, 1],
    W2: [
      [2, 1],
      [1, -2],
    ],
    b2: [-1, 2],
    label: 0,
  },
];

/** The worksheet's network as the library runs it: ReLU, then two plain outputs, and squared error with a target of 1 at the label. */
export function passOf({ x, W1, b1, W2, b2, label }: Sheet): Trace {
  const flat = (rows: readonly (readonly number[])[]) => Float64Array.from(rows.flat());
  const model = {
    layers: [
      { inputs: 2, units: 2, activation: 'relu' as const, weights: flat(W1), bias: Float64Array.from(b1) },
      { inputs: 2, units: 2, activation: 'linear' as const, weights: flat(W2), bias: Float64Array.from(b2) },
    ],
  };
  const network = Network.fromModel(model, {
    loss: 'mean-squared-error',
    kernels: referenceKernels('float64'),
  });
  const one = { count: 1, width: 2, values: Float64Array.from(x), labels: Uint8Array.of(label) };
  return trace(network, one, 0);
}

/** All the blanks, in the order in which they can be filled in; each answer is the library's. */
export function partsOf(sheet: Sheet): Part[] {
  const pass = passOf(sheet);
  const of = (quantity: Parameters<Trace['values']>[0], layer: number) => pass.values(quantity, layer);
  const vector = (
    name: string,
    values: ArrayLike<number>,
    slips: (j: number) => Blank['slips'] = () => [],
  ): Blank[] => Array.from(values, (answer, j) => blank(`${name}${sub(j)}`, answer, slips(j)));
  const matrix = (
    name: string,
    values: ArrayLike<number>,
    slips: (j: number, k: number) => Blank['slips'],
  ): Blank[] =>
    Array.from(values, (answer, n) =>
      blank(`${name}${sub(n >> 1)}${sub(n % 2)}`, answer, slips(n >> 1, n % 2)),
    );
  const [x, z1, a1, z2] = [
    of('activation', 0),
    of('preActivation', 1),
    of('activation', 1),
    of('preActivation', 2),
  ];
  const [d1, d2, dA1] = [of('delta', 1), of('delta', 2), of('activationGradient', 1)];
  const { W1, W2, b1, b2 } = sheet;
  return [
    {
      title: 'Forward, layer 1',
      rule: 'z = W · x + b, and a = z where it is positive, else 0',
      blanks: [
        ...vector('z¹', z1, (j) => [
          slip(z1[j]! - b1[j]!, 'The bias is missing.'),
          slip(
            W1[0]![j]! * x[0]! + W1[1]![j]! * x[1]! + b1[j]!,
            `That goes down column ${j + 1} of W¹. Into a unit lead the weights of its row.`,
          ),
        ]),
        ...vector('a¹', a1, (j) => [slip(z1[j]!, 'ReLU lets nothing negative through.')]),
      ],
    },
    {
      title: 'Forward, layer 2',
      rule: 'z = W · a + b; there is no bend at the output',
      blanks: vector('z²', z2, (j) => [
        slip(z2[j]! - b2[j]!, 'The bias is missing.'),
        slip(W2[j]![0]! * z1[0]! + W2[j]![1]! * z1[1]! + b2[j]!, 'Layer 2 sees a¹, not z¹.'),
      ]),
    },
    {
      title: 'The blame of layer 2',
      rule: 'δ² = z² − y; the loss is ½ Σ (z² − y)², and its slope the difference',
      blanks: vector('δ²', d2, (j) => [
        slip(-d2[j]!, 'The sign: what it said minus what it should have said.'),
        slip(z2[j]!, 'The target is missing.'),
      ]),
    },
    {
      title: 'The gradient of layer 2',
      rule: '∂W² = δ² times a¹, each with each; ∂b² = δ²',
      blanks: [
        ...matrix('∂W²', of('weightGradient', 2), (j, k) => [
          slip(d2[k]! * a1[j]!, 'Transposed: the row belongs to δ², the column to a¹.'),
          slip(d2[j]! * z1[k]!, 'What came in is a¹, not z¹.'),
        ]),
        ...vector('∂b²', of('biasGradient', 2), (j) => [
          slip(0, 'A bias counts as a weight whose input is always 1.'),
          slip(-d2[j]!, 'The sign.'),
        ]),
      ],
    },
    {
      title: 'The blame of layer 1',
      rule: 'W²ᵀ · δ², and then nothing for the units that were closed',
      blanks: [
        ...vector('W²ᵀδ²', dA1, (k) => [
          slip(
            W2[k]![0]! * d2[0]! + W2[k]![1]! * d2[1]!,
            `That is row ${k + 1}, without the transpose. Out of unit ${k + 1} lead the weights of its column.`,
          ),
        ]),
        ...vector('δ¹', d1, (k) => [
          slip(dA1[k]!, 'The derivative of ReLU is missing: this unit was closed.'),
          slip(dA1[k]! * a1[k]!, 'The slope of ReLU is 0 or 1, not a.'),
        ]),
      ],
    },
    {
      title: 'The gradient of layer 1',
      rule: '∂W¹ = δ¹ times x, each with each; ∂b¹ = δ¹',
      blanks: [
        ...matrix('∂W¹', of('weightGradient', 1), (j, k) => [
          slip(d1[k]! * x[j]!, 'Transposed: the row belongs to δ¹, the column to x.'),
          slip(d1[j]! * a1[k]!, 'What came in is x.'),
          slip(
            dA1[j]! * x[k]!,
            'That is the blame before the gate. Where the unit was closed, nothing comes through.',
          ),
        ]),
        ...vector('∂b¹', of('biasGradient', 1), (j) => [slip(dA1[j]!, 'That is the blame before the gate.')]),
      ],
    },
  ];
}

/** What there is to say of an answer; undefined of an empty one. */
export function judgeBlank(
  { answer, slips }: Blank,
  text: string,
): { isRight: boolean; says: string } | undefined {
  const given = Number.parseFloat(text.trim().replace('−', '-').replace(',', '.'));
  if (text.trim() === '') return undefined;
  if (!Number.isFinite(given)) return { isRight: false, says: 'That is no number.' };
  if (Math.abs(given - answer) < 1e-9) return { isRight: true, says: 'Right.' };
  const known = slips.find(({ value }) => Math.abs(value - given) < 1e-9);
  if (known) return { isRight: false, says: known.says };
  if (answer !== 0 && Math.abs(given + answer) < 1e-9)
    return { isRight: false, says: 'The number is right, the sign is not.' };
  return { isRight: false, says: `${formatNumber(given)} is not it.` };
}

/** A worksheet under way. */
export function createByHand() {
  const at = signal(0);
  const texts = signal<Readonly<Record<string, string>>>({});
  const parts = computed(() => partsOf(sheets[at.value]!));
  return {
    at,
    sheet: computed(() => sheets[at.value]!),
    parts,
    texts,
    right: computed(() => {
      const blanks = parts.value.flatMap((part) => part.blanks);
      return {
        count: blanks.filter((each) => judgeBlank(each, texts.value[each.id] ?? '')?.isRight).length,
        of: blanks.length,
      };
    }),
    write(id: string, text: string): void {
      texts.value = { ...texts.peek(), [id]: text };
    },
    next(): void {
      at.value = (at.peek() + 1) % sheets.length;
      texts.value = {};
    },
  };
}

function blank(name: string, answer: number, slips: Blank['slips']): Blank {
  // A slip that happens to give the right number is none.
  return {
    id: name,
    name,
    answer: answer + 0,
    slips: slips.filter(({ value }) => Math.abs(value - answer) > 1e-9),
  };
}

const slip = (value: number, says: string) => ({ value, says });
const sub = (n: number) => '₁₂'[n]!;
