import { computed, signal } from '@preact/signals';
import type { Cell, Quantity } from '../../lib/nn/origin.ts';
import { Network } from '../../lib/nn/network.ts';
import { referenceKernels } from '../../lib/nn/kernels/reference-kernels.ts';
import { type Trace, trace } from '../../lib/nn/trace.ts';
import { formatNumber } from '../../explain/numbers.ts';

/** One blank of the worksheet. */
export interface Blank {
  /** The number that it is for. */
  readonly cell: Cell;
  /** As the worksheet writes it; units count from 0, as everywhere here. */
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
    quantity: Quantity,
    layer: number,
    slips: (j: number) => Blank['slips'] = () => [],
  ): Blank[] =>
    Array.from(of(quantity, layer), (answer, row) =>
      blank(`${name}${sub(row)}`, { quantity, layer, row, column: 0 }, answer, slips(row)),
    );
  const matrix = (
    name: string,
    quantity: Quantity,
    layer: number,
    slips: (j: number, k: number) => Blank['slips'],
  ): Blank[] =>
    Array.from(of(quantity, layer), (answer, n) => {
      const [row, column] = [n >> 1, n % 2];
      const cell = { quantity, layer, row, column };
      return blank(`${name}${sub(row)}${sub(column)}`, cell, answer, slips(row, column));
    });
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
        ...vector('z¹', 'preActivation', 1, (j) => [
          slip(z1[j] - b1[j], 'The bias is missing.'),
          slip(
            W1[0][j] * x[0] + W1[1][j] * x[1] + b1[j],
            `That goes down column ${j} of W¹. Into a unit lead the weights of its row.`,
          ),
        ]),
        ...vector('a¹', 'activation', 1, (j) => [slip(z1[j], 'ReLU lets nothing negative through.')]),
      ],
    },
    {
      title: 'Forward, layer 2',
      rule: 'z = W · a + b; there is no bend at the output',
      blanks: vector('z²', 'preActivation', 2, (j) => [
        slip(z2[j] - b2[j], 'The bias is missing.'),
        slip(W2[j][0] * z1[0] + W2[j][1] * z1[1] + b2[j], 'Layer 2 sees a¹, not z¹.'),
      ]),
    },
    {
      title: 'The blame of layer 2',
      rule: 'δ² = z² − y; the loss is ½ Σ (z² − y)², and its slope the difference',
      blanks: vector('δ²', 'delta', 2, (j) => [
        slip(-d2[j], 'The sign: what it said minus what it should have said.'),
        slip(z2[j], 'The target is missing.'),
      ]),
    },
    {
      title: 'The gradient of layer 2',
      rule: '∂W² = δ² times a¹, each with each; ∂b² = δ²',
      blanks: [
        ...matrix('∂W²', 'weightGradient', 2, (j, k) => [
          slip(d2[k] * a1[j], 'Transposed: the row belongs to δ², the column to a¹.'),
          slip(d2[j] * z1[k], 'What came in is a¹, not z¹.'),
        ]),
        ...vector('∂b²', 'biasGradient', 2, (j) => [
          slip(0, 'A bias counts as a weight whose input is always 1.'),
          slip(-d2[j], 'The sign.'),
          ...Array.from(a1, (came) => slip(d2[j] * came, BIAS_TIMES_INPUT)),
        ]),
      ],
    },
    {
      title: 'The blame of layer 1',
      rule: 'W²ᵀ · δ², and then nothing for the units that were closed',
      blanks: [
        ...vector('∂a¹', 'activationGradient', 1, (k) => [
          slip(
            W2[k][0] * d2[0] + W2[k][1] * d2[1],
            `That is row ${k}, without the transpose. Out of unit ${k} lead the weights of its column.`,
          ),
        ]),
        ...vector('δ¹', 'delta', 1, (k) => [
          slip(dA1[k], 'The derivative of ReLU is missing: this unit was closed.'),
          slip(dA1[k] * a1[k], 'The slope of ReLU is 0 or 1, not a.'),
        ]),
      ],
    },
    {
      title: 'The gradient of layer 1',
      rule: '∂W¹ = δ¹ times x, each with each; ∂b¹ = δ¹',
      blanks: [
        ...matrix('∂W¹', 'weightGradient', 1, (j, k) => [
          slip(d1[k] * x[j], 'Transposed: the row belongs to δ¹, the column to x.'),
          slip(d1[j] * a1[k], 'What came in is x.'),
          slip(
            dA1[j] * x[k],
            'That is the blame before the gate. Where the unit was closed, nothing comes through.',
          ),
        ]),
        ...vector('∂b¹', 'biasGradient', 1, (j) => [
          slip(dA1[j], 'That is the blame before the gate.'),
          ...Array.from(x, (came) => slip(d1[j] * came, BIAS_TIMES_INPUT)),
        ]),
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

export type HandMode = 'watch' | 'fill';

/** A network that fits into one hand: its numbers come one by one, shown or worked out by the reader. */
export function createByHand() {
  const at = signal(0);
  const mode = signal<HandMode>('watch');
  /** How many of the numbers are there. */
  const known = signal(0);
  const text = signal('');
  const sheet = computed(() => sheets[at.value]);
  const parts = computed(() => partsOf(sheet.value));
  const blanks = computed(() => parts.value.flatMap((part) => part.blanks));
  const next = computed((): Blank | undefined => blanks.value[known.value]);
  function show(count: number): void {
    known.value = Math.max(0, Math.min(blanks.peek().length, count));
    text.value = '';
  }
  return {
    mode: computed(() => mode.value),
    known: computed(() => known.value),
    text: computed(() => text.value),
    sheet,
    pass: computed(() => passOf(sheet.value)),
    parts,
    blanks,
    /** The number that came last. */
    latest: computed((): Blank | undefined => blanks.value[known.value - 1]),
    next,
    verdict: computed(() => next.value && judgeBlank(next.value, text.value)),
    chooseMode(chosen: HandMode): void {
      mode.value = chosen;
      show(0);
    },
    show,
    /** What the reader says the next number is: the right one takes its place. */
    answer(given: string): void {
      const right = next.peek() && judgeBlank(next.peek()!, given)?.isRight;
      if (right) show(known.peek() + 1);
      else text.value = given;
    },
    otherNumbers(): void {
      at.value = (at.peek() + 1) % sheets.length;
      show(0);
    },
  };
}

export type ByHand = ReturnType<typeof createByHand>;

function blank(name: string, cell: Cell, answer: number, slips: Blank['slips']): Blank {
  // A slip that happens to give the right number is none.
  return {
    cell,
    name,
    answer: answer + 0,
    slips: slips.filter(({ value }) => Math.abs(value - answer) > 1e-9),
  };
}

const BIAS_TIMES_INPUT =
  'That is δ times what came in, as for a weight. A bias is added as it is: δ is multiplied by 1.';
const slip = (value: number, says: string) => ({ value, says });
const sub = (n: number) => '₀₁'[n];
