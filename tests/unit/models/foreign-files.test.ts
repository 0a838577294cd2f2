import { zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActivationChoice } from '../../../src/lib/models/activation-choice.ts';
import { type NetworkFile, NetworkFileError } from '../../../src/lib/models/network-file.ts';
import { writeNpy, writeNpyTexts } from '../../../src/lib/models/npy.ts';
import { openNetwork } from '../../../src/lib/models/open-network.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { randomNetwork } from '../nn/networks.ts';

/** Arrays by name, with their shapes, in the order of a file. */
type Arrays = Record<string, { shape: number[]; values: Float32Array | Float64Array }>;
type Texts = Record<string, string | string[]>;

const model = randomNetwork([6, 4, 5, 3], 'relu', 'softmax').toModel();
const { layers } = model;

const safetensors = (arrays: Arrays, texts: Texts): Uint8Array => {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...texts } };
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const [name, { shape, values }] of Object.entries(arrays)) {
    const bytes = new Uint8Array(
      values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength),
    );
    const dtype = values instanceof Float64Array ? 'F64' : 'F32';
    header[name] = { dtype, shape, data_offsets: [length, length + bytes.length] };
    length += bytes.length;
    parts.push(bytes);
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = new Uint8Array(8);
  new DataView(start.buffer).setBigUint64(0, BigInt(text.length), true);
  return new Uint8Array(Buffer.concat([start, text, ...parts]));
};

const npz = (arrays: Arrays, texts: Texts): Uint8Array =>
  zipSync({
    ...Object.fromEntries(
      Object.entries(arrays).map(([name, { shape, values }]) => [`${name}.npy`, writeNpy(shape, values)]),
    ),
    ...Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [`${name}.npy`, writeNpyTexts([text].flat())]),
    ),
  });

const FORMATS = { safetensors, npz };

const transposed = (values: ArrayLike<number>, units: number, inputs: number) =>
  Float32Array.from(
    { length: units * inputs },
    (_, n) => values[(n % units) * inputs + Math.floor(n / units)]!,
  );

/** The network's arrays under other names, and lying as other tools keep them. */
function arraysNamed(
  names: (l: number) => [weight: string, bias: string],
  form: { isTurned?: boolean; bias?: (units: number) => number[] } = {},
): Arrays {
  return Object.fromEntries(
    layers.flatMap(({ weights, bias, units, inputs }, l) => {
      const [W, b] = names(l);
      const upright = { shape: [units, inputs], values: Float32Array.from(weights) };
      const turned = { shape: [inputs, units], values: transposed(weights, units, inputs) };
      return [
        [W, form.isTurned ? turned : upright],
        [b, { shape: form.bias?.(units) ?? [units], values: Float32Array.from(bias) }],
      ];
    }),
  );
}

const plain = arraysNamed((l) => [`W${l + 1}`, `b${l + 1}`]);
const abouts = (file: NetworkFile) => (file.assumptions ?? []).map(({ about }) => about);

for (const [format, write] of Object.entries(FORMATS)) {
  const open = (arrays: Arrays, texts: Texts = {}, choice?: ActivationChoice) =>
    openNetwork(write(arrays, texts), choice);

  describe(`${format}: the same network is read, however its arrays are named`, () => {
    const keras = ['dense', 'dense_1', 'dense_2'];
    const forms: Record<string, Arrays> = {
      'W1, b1, …': plain,
      'numbered 0, 2, 4, as nn.Sequential': arraysNamed((l) => [`${2 * l}.weight`, `${2 * l}.bias`]),
      'under a prefix, with a gap beyond 9': arraysNamed((l) => [
        `net.${[1, 3, 12][l]}.weight`,
        `net.${[1, 3, 12][l]}.bias`,
      ]),
      'fc1 to fc3': arraysNamed((l) => [`model.fc${l + 1}.weight`, `model.fc${l + 1}.bias`]),
      'in no order but that of their shapes': arraysNamed((l) => {
        const name = ['trunk', 'middle', 'head'][l];
        return [`${name}.weight`, `${name}.bias`];
      }),
      'dense/kernel:0, units first': arraysNamed((l) => [`${keras[l]}/kernel:0`, `${keras[l]}/bias:0`]),
      'weights_0 and biases_0': arraysNamed((l) => [`weights_${l}`, `biases_${l}`]),
      'biases as columns': arraysNamed((l) => [`fc${l}.w`, `fc${l}.b`], { bias: (units) => [units, 1] }),
      'biases as rows': arraysNamed((l) => [`layer${l}_W`, `layer${l}_b`], { bias: (units) => [1, units] }),
    };
    for (const [name, arrays] of Object.entries(forms)) {
      test(name, () => {
        const opened = open(arrays, { activations: 'relu,relu,softmax' });
        expect(opened.model).toEqual(model);
        expect(opened.assumptions).toBeUndefined();
      });
    }

    test('arr_0, arr_1, …, and says by what they were taken', () => {
      const opened = open(
        arraysNamed((l) => [`arr_${2 * l}`, `arr_${2 * l + 1}`]),
        { activation: 'relu relu softmax' },
      );
      expect(opened.model).toEqual(model);
      expect(opened.assumptions).toMatchObject([{ about: 'names', text: expect.stringContaining('arr_0') }]);
    });

    for (const [name, names] of [
      ['Keras', (l: number): [string, string] => [`${keras[l]}/kernel:0`, `${keras[l]}/bias:0`]],
      ['scikit-learn', (l: number): [string, string] => [`coefs_${l}`, `intercepts_${l}`]],
      ['nobody in particular', (l: number): [string, string] => [`W${l}`, `b${l}`]],
    ] as const) {
      test(`inputs × units, as ${name} keeps them, is turned over and said`, () => {
        const opened = open(arraysNamed(names, { isTurned: true }), { activations: 'relu,relu,softmax' });
        expect(opened.model).toEqual(model);
        expect(opened.assumptions).toMatchObject([
          { about: 'weights', text: expect.stringContaining('turned over') },
        ]);
      });
    }

    test('an array that is no part of it is named', () => {
      const opened = open(
        { ...plain, epochs: { shape: [1], values: Float32Array.of(3) } },
        { activations: 'relu,relu,softmax' },
      );
      expect(opened.model).toEqual(model);
      expect(opened.assumptions).toMatchObject([{ about: 'names', text: expect.stringContaining('epochs') }]);
    });

    const refused: [string, Arrays, RegExp][] = [
      [
        'one weight lies otherwise than the rest',
        { ...plain, W2: { shape: [4, 5], values: new Float32Array(20) } },
        /W2 lies the other way round than W1/,
      ],
      [
        'a bias is missing',
        Object.fromEntries(Object.entries(plain).filter(([name]) => name !== 'b2')),
        /has no \w+ b2; it has W1/,
      ],
      [
        'a weight is missing',
        Object.fromEntries(Object.entries(plain).filter(([name]) => name !== 'W2')),
        /b2 has no weight beside it/,
      ],
      [
        'a bias is a table',
        { ...plain, b2: { shape: [5, 2], values: new Float32Array(10) } },
        /b2 has 2 dimensions, not 1/,
      ],
      [
        'a weight is a stack',
        { ...plain, W1: { shape: [4, 3, 2], values: new Float32Array(24) } },
        /W1 has 3 dimensions, not 2/,
      ],
      ['two names mean one thing', { ...plain, w1: plain['W1']! }, /W1 and w1 name the same/],
    ];
    for (const [name, arrays, message] of refused) {
      test(`refused when ${name}`, () => {
        expect(() => open(arrays)).toThrow(NetworkFileError);
        expect(() => open(arrays)).toThrow(message);
      });
    }
  });

  describe(`${format}: activations`, () => {
    const of = (file: NetworkFile) => file.model.layers.map(({ activation }) => activation).join(' ');
    const named: [Texts, string, string[]][] = [
      [{}, 'relu relu softmax', ['hidden', 'output']],
      [{ activation: 'tanh' }, 'tanh tanh softmax', ['output']],
      [{ activations: 'logistic,Leaky_ReLU' }, 'sigmoid leaky-relu softmax', ['output']],
      [{ hidden_activation: 'sigmoid', output_activation: 'identity' }, 'sigmoid sigmoid linear', []],
      [{ act_1: 'tanh', act_2: 'relu', act_3: 'softmax' }, 'tanh relu softmax', []],
      [{ nonlinearities: '["Tanh", "Tanh", "Softmax"]' }, 'tanh tanh softmax', []],
      [
        { config: '{"layers":[{"activation":"relu"},{"activation":"tanh"},{"activation":"sigmoid"}]}' },
        'relu tanh sigmoid',
        [],
      ],
      [{ out_activation_: 'sigmoid' }, 'relu relu sigmoid', ['hidden']],
    ];
    for (const [texts, expected, assumed] of named) {
      test(`${JSON.stringify(texts)} is ${expected}, and ${assumed.join(' and ') || 'nothing'} assumed`, () => {
        const opened = open(plain, texts);
        expect(of(opened)).toBe(expected);
        expect(abouts(opened)).toEqual(assumed);
      });
    }

    test('a name that is not known, and names for another number of layers, are complained of', () => {
      expect(() => open(plain, { activation: 'gelu' })).toThrow('layer 1 has an unknown activation, "gelu"');
      expect(() => open(plain, { activations: 'relu,relu,relu,relu,softmax' })).toThrow(
        'names 5 activations for 3 layers',
      );
    });

    test('what the file leaves open can be said by the reader, and what it names cannot', () => {
      const chosen = open(plain, {}, { hidden: ['sigmoid'], output: 'linear' });
      expect([of(chosen), chosen.assumptions, chosen.metadata.loss]).toEqual([
        'sigmoid sigmoid linear',
        undefined,
        'mean-squared-error',
      ]);
      expect(of(open(plain, {}, { hidden: ['tanh', 'relu'] }))).toBe('tanh relu softmax');
      expect(() => open(plain, {}, { hidden: ['tanh', 'relu', 'relu'] })).toThrow('3 activations are chosen');
      expect(() => open(plain, { activation: 'tanh' }, { hidden: ['relu'] })).toThrow('cannot be chosen');
      expect(() => open(plain, {}, { hidden: ['swish'] })).toThrow('unknown activation, "swish"');
    });
  });

  describe(`${format}: what opens can be run`, () => {
    const one = (
      shape: [number, number],
      values: Float32Array | Float64Array,
      bias = new Float64Array(shape[0]),
    ): Arrays => ({
      W1: { shape, values },
      b1: { shape: [shape[0]], values: bias },
    });
    const refused: [string, Arrays, RegExp][] = [
      [
        'a weight of 1e39',
        one([2, 2], Float64Array.of(1, 2, 1e39, 4)),
        /weights of layer 1: number 2 is 1e\+39, more than float32 can hold/,
      ],
      [
        'a bias of −1e300',
        one([2, 2], new Float64Array(4), Float64Array.of(0, -1e300)),
        /bias of layer 1: number 1 is -1e\+300/,
      ],
      [
        'weights whose sums overflow',
        one([2, 2], Float32Array.of(3e38, 3e38, 0, 0)),
        /unit 0 can add up to more than 1000000000000000000/,
      ],
      ['no units', one([0, 2], new Float32Array(0)), /units of layer 1 must be an integer from 1/],
      ['no inputs', one([2, 0], new Float32Array(0)), /inputs must be an integer from 1/],
      [
        '70,000 units',
        one([70_000, 1], new Float32Array(70_000), new Float64Array(70_000)),
        /units of layer 1|units and inputs in all/,
      ],
    ];
    for (const [name, arrays, message] of refused) {
      test(`${name}: refused`, () => {
        expect(() => open(arrays, { activations: 'softmax' })).toThrow(NetworkFileError);
        expect(() => open(arrays, { activations: 'softmax' })).toThrow(message);
      });
    }

    test('every network that opens gives finite numbers for every picture, however large its weights', () => {
      const weight = fc.oneof(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(1e17, -1e17, 3e8, 1e-40),
      );
      fc.assert(
        fc.property(
          fc.array(weight, { minLength: 15, maxLength: 15 }),
          fc.constantFrom('relu,softmax', 'linear,linear', 'sigmoid,softmax', 'tanh,sigmoid'),
          fc.array(fc.nat(255), { minLength: 2, maxLength: 2 }),
          (values, activations, pixels) => {
            const part = (from: number, to: number) => Float32Array.from(values.slice(from, to));
            const arrays: Arrays = {
              W1: { shape: [3, 2], values: part(0, 6) },
              b1: { shape: [3], values: part(6, 9) },
              W2: { shape: [2, 3], values: part(9, 15) },
              b2: { shape: [2], values: part(0, 2) },
            };
            let file: NetworkFile;
            try {
              file = open(arrays, { activations });
            } catch (error) {
              expect(error).toBeInstanceOf(NetworkFileError);
              return;
            }
            const network = Network.fromModel(file.model, { loss: file.metadata.loss });
            const picture = { count: 1, width: 2, values: Uint8Array.from(pixels), labels: Uint8Array.of(1) };
            const { loss } = network.evaluate(picture);
            const output = [...network.predict(picture)];
            expect([loss, ...output].every(Number.isFinite)).toBe(true);
          },
        ),
        { numRuns: 150 },
      );
    });
  });
}
