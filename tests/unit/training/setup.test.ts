import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scheduledRate } from '../../../src/lib/nn/schedules.ts';
import {
  SetupError,
  type SetupName,
  architectureOf,
  defaultSetup,
  formatSetup,
  parseSetup,
  setupNames,
  setupOptions,
  trainedWith,
} from '../../../src/lib/training/setup.ts';

describe('the table of options', () => {
  test('every default is what its own text parses to', () => {
    for (const name of setupNames) {
      const option = setupOptions[name] as {
        default: unknown;
        parse(text: string): unknown;
        format(value: never): string;
      };
      expect(option.parse(option.format(option.default as never)), name).toEqual(option.default);
    }
  });

  test('every option has a flag of its own, a label and a sentence of help', () => {
    const flags = setupNames.map((name) => setupOptions[name].flag);
    expect(new Set(flags).size).toBe(flags.length);
    for (const name of setupNames) {
      expect(setupOptions[name].label).not.toBe('');
      expect(setupOptions[name].help.length).toBeGreaterThan(10);
    }
  });
});

describe('parseSetup', () => {
  test('nothing given is the default', () => expect(parseSetup({})).toEqual(defaultSetup));

  test('reads back what formatSetup writes', () => {
    const texts = {
      layers: '784,16,10',
      learningRate: '0.25',
      schedule: 'cosine',
      activation: 'tanh',
      l2: '0.1',
    };
    expect(formatSetup(parseSetup(texts))).toEqual(texts);
  });

  const wrong: [Partial<Record<SetupName, string>>, SetupName, RegExp][] = [
    [{ layers: '784,0,10' }, 'layers', /integer from 1 to 8192, not 0/],
    [{ layers: '784' }, 'layers', /at least two sizes/],
    [{ layers: '784,,10' }, 'layers', /such as 784-32-10, not 784,,10/],
    [{ layers: '784-32-ten' }, 'layers', /integer from 1 to 8192, not ten/],
    [{ learningRate: 'NaN' }, 'learningRate', /not NaN/],
    [{ learningRate: '-1' }, 'learningRate', /not -1/],
    [{ batchSize: '12.5' }, 'batchSize', /integer .* not 12.5/],
    [{ batchSize: '' }, 'batchSize', /integer/],
    [{ dropout: '1' }, 'dropout', /below 1, not 1/],
    [{ optimizer: 'sdg' }, 'optimizer', /one of sgd, .* not sdg/],
    [{ activation: 'relu,tanh,relu' }, 'activation', /one for each of the 2 hidden layers/],
    [{ activation: 'softmax' }, 'activation', /not softmax/],
    [{ output: 'relu' }, 'output', /must be softmax for cross-entropy/],
    [{ patience: '3' }, 'patience', /needs validation images/],
  ];
  for (const [texts, option, message] of wrong) {
    test(`${JSON.stringify(texts)} names ${option}`, () => {
      const error = catchError(() => parseSetup(texts));
      expect(error).toBeInstanceOf(SetupError);
      expect((error as SetupError).option).toBe(option);
      expect((error as SetupError).message).toMatch(message);
    });
  }

  test('any texts give a set-up that is read back the same, or a SetupError', () => {
    const text = fc.oneof(fc.string({ maxLength: 12 }), fc.double().map(String), fc.integer().map(String));
    const texts = fc.dictionary(fc.constantFrom(...setupNames), text, { maxKeys: 4 });
    fc.assert(
      fc.property(texts, (given) => {
        try {
          const setup = parseSetup(given);
          expect(parseSetup(formatSetup(setup))).toEqual(setup);
        } catch (error) {
          expect(error).toBeInstanceOf(SetupError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test('what the pages print can be typed: sizes with dashes, crosses, arrows and spaces, names as prose has them', () => {
  for (const layers of [
    '784-64-32-10',
    '784×64×32×10',
    '784 × 64 × 32 × 10',
    '784–64–32–10',
    ' 784 - 64 - 32 - 10 ',
    '784 64 32 10',
    '784, 64, 32, 10',
    '784 → 64 → 32 → 10',
    '784x64x32x10',
  ])
    expect(parseSetup({ layers }).layers).toEqual([784, 64, 32, 10]);
  expect(parseSetup({ activation: 'ReLU' }).activation).toEqual(['relu']);
  expect(parseSetup({ loss: 'Cross-Entropy', optimizer: 'RMSProp' })).toMatchObject({
    loss: 'cross-entropy',
    optimizer: 'rmsprop',
  });
  expect(parseSetup({ examples: '12,500', learningRate: '3 × 10⁻³', l2: '1e−2' })).toMatchObject({
    examples: 12500,
    learningRate: 0.003,
    l2: 0.01,
  });
});

test('one activation serves all the hidden layers, a list one each', () => {
  const names = (activation: string) =>
    architectureOf(parseSetup({ layers: '784,8,8,10', activation })).layers.map((layer) => layer.activation);
  expect(names('tanh')).toEqual(['tanh', 'tanh', 'softmax']);
  expect(names('tanh,relu')).toEqual(['tanh', 'relu', 'softmax']);
});

test('a set-up serves as the options of a schedule', () => {
  const setup = parseSetup({ schedule: 'step', stepEpochs: '2', stepFactor: '0.1', learningRate: '1' });
  expect(scheduledRate(setup, setup.learningRate, 2, 10)).toBeCloseTo(0.1, 14);
});

function catchError(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('what a network was trained with is read from its file; what is not there, or cannot be, is none', () => {
  expect(trainedWith({ l2: '0.1', dropout: '0.2', epochs: '3' })).toEqual({
    dropout: 0.2,
    penalty: { l2: 0.1, l1: 0 },
  });
  expect(trainedWith()).toEqual({ dropout: 0, penalty: { l2: 0, l1: 0 } });
  expect(trainedWith({ l1: 'much', dropout: '7' })).toEqual({ dropout: 0, penalty: { l2: 0, l1: 0 } });
});
