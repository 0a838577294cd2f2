import { describe, expect, test } from 'vitest';
import { initialDeviation, initialWeights } from '../../../src/lib/nn/initializers.ts';
import {
  Optimizer,
  type OptimizerOptions,
  createAverages,
  optimizerNames,
  updateParameter,
} from '../../../src/lib/nn/optimizers.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { defaultSchedule, scheduledRate } from '../../../src/lib/nn/schedules.ts';

/** θ after each of these gradients in turn, from 1. */
function path(
  options: Partial<OptimizerOptions>,
  gradients: number[],
  learningRate: number,
  decays = true,
): number[] {
  const optimizer = new Optimizer(options);
  const theta = Float64Array.of(1);
  const averages = createAverages(optimizer.options.optimizer, 'float64', 1);
  return gradients.map((g) => {
    updateParameter(optimizer.next(learningRate), theta, Float64Array.of(g), averages, decays);
    return theta[0]!;
  });
}

describe('two steps by hand', () => {
  test('SGD: θ − ηg', () => {
    expect(path({ optimizer: 'sgd' }, [2, -1], 0.1)).toEqual([0.8, 0.9]);
  });

  test('momentum: the second step keeps 0.9 of the first', () => {
    const [first, second] = path({ optimizer: 'momentum', momentum: 0.9 }, [2, -1], 0.1);
    expect(first).toBeCloseTo(0.8, 14);
    expect(second).toBeCloseTo(0.8 - 0.1 * (0.9 * 2 - 1), 14);
  });

  test('RMSProp: the gradient over the root of its running square', () => {
    const [first] = path({ optimizer: 'rmsprop', beta2: 0.99, epsilon: 0 }, [2], 0.1);
    expect(first).toBeCloseTo(1 - (0.1 * 2) / Math.sqrt(0.01 * 4), 12);
  });

  test('Adam: the first step is the learning rate, whatever the gradient', () => {
    for (const gradient of [1e-4, 3, -500]) {
      const [first] = path({ optimizer: 'adam', epsilon: 0 }, [gradient], 0.1);
      expect(first).toBeCloseTo(1 - 0.1 * Math.sign(gradient), 12);
    }
  });

  test('Adam: the second step, worked out from its formula', () => {
    const [m, v] = [0.9 * 0.1 * 2 + 0.1 * -1, 0.999 * 0.001 * 4 + 0.001 * 1];
    const step = (0.1 * (m / (1 - 0.81))) / Math.sqrt(v / (1 - 0.999 ** 2));
    expect(path({ optimizer: 'adam', epsilon: 0 }, [2, -1], 0.1)[1]).toBeCloseTo(0.9 - step, 12);
  });

  test('SGDW takes off weight decay beside the step, and leaves biases alone', () => {
    expect(path({ optimizer: 'sgdw', weightDecay: 0.5 }, [2, -1], 0.1)).toEqual([
      0.95 - 0.2,
      0.95 * (0.95 - 0.2) + 0.1,
    ]);
    expect(path({ optimizer: 'sgdw', weightDecay: 0.5 }, [2], 0.1, false)).toEqual([0.8]);
  });

  test('AdamW takes off weight decay beside the step, and leaves biases alone', () => {
    const [plain] = path({ optimizer: 'adam' }, [2], 0.1);
    expect(path({ optimizer: 'adamw', weightDecay: 0.5 }, [2], 0.1)[0]).toBeCloseTo(plain! - 0.1 * 0.5, 12);
    expect(path({ optimizer: 'adamw', weightDecay: 0.5 }, [2], 0.1, false)[0]).toBe(plain);
  });
});

test('every optimiser finds the bottom of a parabola', () => {
  for (const optimizer of optimizerNames) {
    const rule = new Optimizer({ optimizer, weightDecay: 0 });
    const theta = Float64Array.of(1, -2);
    const averages = createAverages(optimizer, 'float64', 2);
    for (let t = 0; t < 3000; t++) {
      updateParameter(
        rule.next(0.01),
        theta,
        theta.map((x) => 2 * (x - 0.3)),
        averages,
        true,
      );
    }
    for (const x of theta) expect(Math.abs(x - 0.3), optimizer).toBeLessThan(0.02);
  }
});

describe('schedules', () => {
  const rate = (epochs: number, options: object) =>
    scheduledRate({ ...defaultSchedule, ...options }, 0.2, epochs, 10);
  test('constant stays', () => expect([rate(0, {}), rate(9.5, {})]).toEqual([0.2, 0.2]));
  test('step falls by its factor at each mark', () => {
    const step = { schedule: 'step', stepEpochs: 3, stepFactor: 0.5 };
    expect([0, 2.9, 3, 5.9, 6].map((epochs) => rate(epochs, step))).toEqual([0.2, 0.2, 0.1, 0.1, 0.05]);
  });
  test('cosine goes from the full rate through half of it to 0', () => {
    const cosine = { schedule: 'cosine' };
    [0.2, 0.1, 0].forEach((expected, i) => expect(rate(5 * i, cosine)).toBeCloseTo(expected, 12));
  });
  test('a warm-up rises in a straight line, and the cosine begins where it ends', () => {
    const warm = { schedule: 'cosine', warmup: 2 };
    [0, 0.1, 0.2, 0.1, 0].forEach((expected, i) => {
      expect(rate([0, 1, 2, 6, 10][i]!, warm)).toBeCloseTo(expected, 12);
    });
  });
});

describe('initialisers', () => {
  const spread = (weights: Float64Array) =>
    Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0) / weights.length);
  for (const name of ['normal', 'xavier', 'he'] as const) {
    test(`${name}: the weights have the deviation that it names`, () => {
      const weights = initialWeights(name, 784, 100, new Random(1));
      expect(spread(weights) / initialDeviation(name, 784, 100)).toBeCloseTo(1, 1.7);
    });
  }
  test('the deviations of He and Xavier, by hand', () => {
    expect(initialDeviation('he', 50, 10)).toBe(0.2);
    expect(initialDeviation('xavier', 30, 20)).toBe(0.2);
  });
  test('zeros are zeros', () => expect(spread(initialWeights('zeros', 5, 5, new Random(1)))).toBe(0));
});
