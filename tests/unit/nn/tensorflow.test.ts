import * as tf from '@tensorflow/tfjs';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ActivationName } from '../../../src/lib/nn/activations.ts';
import { fit } from '../../../src/lib/nn/fit.ts';
import type { LossName } from '../../../src/lib/nn/losses.ts';
import type { Examples } from '../../../src/lib/nn/examples.ts';
import type { NetworkModel } from '../../../src/lib/nn/model.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import type { OptimizerName } from '../../../src/lib/nn/optimizers.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { loadMnist } from '../../../scripts/network/mnist.ts';

const BATCH = 100;
const LEARNING_RATE: Record<string, number> = { sgd: 0.1, momentum: 0.01, rmsprop: 0.001, adam: 0.001 };
let train: Examples;

beforeAll(async () => {
  setThreadsCount(1);
  await tf.setBackend('wasm');
  ({ train } = await loadMnist());
});

const firstOf = (count: number): Examples => ({
  count,
  width: 784,
  values: train.values.subarray(0, count * 784),
  labels: train.labels.subarray(0, count),
});

const initial = (hidden: ActivationName, output: ActivationName, loss: LossName, l2: number) =>
  Network.initialize(
    {
      inputs: 784,
      layers: [
        { units: 32, activation: hidden },
        { units: 32, activation: hidden },
        { units: 10, activation: output },
      ],
    },
    'he',
    new Random(7),
    { loss, penalty: { l2, l1: 0 } },
  );

/** One epoch of the same batches in TensorFlow.js, its gradients by its own automatic differentiation. */
function trainInTensorFlow(
  model: NetworkModel,
  digits: Examples,
  batches: readonly Uint32Array[],
  name: OptimizerName,
  loss: LossName,
  l2: number,
) {
  const optimizer = optimizers[name]!();
  const variables = model.layers.map(({ weights, bias, units, inputs }) => ({
    W: tf.variable(tf.tensor2d(Float32Array.from(weights), [units, inputs])),
    b: tf.variable(tf.tensor1d(Float32Array.from(bias))),
  }));
  const apply = { relu: tf.relu, sigmoid: tf.sigmoid, tanh: tf.tanh, linear: (x: tf.Tensor) => x } as Record<
    string,
    typeof tf.relu
  >;
  for (const rows of batches) {
    // Of theirs only plain SGD has a rate that can be set; for the others all batches are whole here.
    if (name === 'sgd') {
      (optimizer as tf.SGDOptimizer).setLearningRate((LEARNING_RATE['sgd']! * rows.length) / BATCH);
    }
    tf.tidy(() => {
      const pixels = Float32Array.from({ length: rows.length * 784 }, (_, n) => {
        return digits.values[rows[Math.floor(n / 784)]! * 784 + (n % 784)]! / 255;
      });
      const X = tf.tensor2d(pixels, [rows.length, 784]);
      const Y = tf
        .oneHot(
          Int32Array.from(rows, (row) => digits.labels[row]!),
          10,
        )
        .toFloat();
      optimizer.minimize(() => {
        let A: tf.Tensor = X;
        model.layers.forEach(({ activation }, l) => {
          const Z = tf.add(
            tf.matMul(A as tf.Tensor2D, variables[l]!.W as tf.Tensor2D, false, true),
            variables[l]!.b,
          );
          A = activation === 'softmax' ? Z : apply[activation]!(Z);
        });
        const cost =
          loss === 'cross-entropy' ? tf.losses.softmaxCrossEntropy(Y, A) : tf.losses.meanSquaredError(Y, A);
        if (l2 === 0) return cost as tf.Scalar;
        const squares = variables.map(({ W }) => tf.sum(tf.square(W)));
        return tf.add(cost, tf.mul(tf.addN(squares), l2 / 2 / BATCH)) as tf.Scalar;
      });
    });
  }
  return variables.map(({ W, b }) => ({ weights: W.dataSync(), bias: b.dataSync() }));
}

const optimizers: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(LEARNING_RATE['sgd']!),
  momentum: () => tf.train.momentum(LEARNING_RATE['momentum']!, 0.9),
  rmsprop: () => tf.train.rmsprop(LEARNING_RATE['rmsprop']!, 0.999, 0, 1e-8),
  adam: () => tf.train.adam(LEARNING_RATE['adam']!, 0.9, 0.999, 1e-8),
};

describe('an epoch on MNIST ends at the same weights as in TensorFlow.js', () => {
  const cases: [number, OptimizerName, ActivationName, ActivationName, LossName, number?][] = [
    [60_000, 'sgd', 'relu', 'softmax', 'cross-entropy'],
    [2000, 'momentum', 'tanh', 'softmax', 'cross-entropy'],
    [2000, 'rmsprop', 'sigmoid', 'softmax', 'cross-entropy'],
    [2000, 'adam', 'relu', 'softmax', 'cross-entropy'],
    [2000, 'sgd', 'tanh', 'sigmoid', 'mean-squared-error'],
    // The last batch is a single image: its step is a hundredth of the others', and its penalty too.
    [2001, 'sgd', 'relu', 'softmax', 'cross-entropy', 5],
  ];
  for (const [count, optimizer, hidden, output, loss, l2 = 0] of cases) {
    const tags = count > 10_000 ? ['long'] : [];
    test(`${optimizer}, ${hidden}, ${loss}, λ₂ = ${l2}, ${count} images`, { tags }, () => {
      const digits = firstOf(count);
      const network = initial(hidden, output, loss, l2);
      const start = network.toModel();
      const learningRate = LEARNING_RATE[optimizer]!;
      const events = [
        ...fit(network, digits, {
          epochs: 1,
          batchSize: BATCH,
          learningRate,
          optimizer: { optimizer },
          seed: 3,
        }),
      ];
      const batches = events.flatMap((event) => (event.kind === 'batch' ? [event.rows] : []));
      expect(batches).toHaveLength(Math.ceil(digits.count / BATCH));
      const theirs = trainInTensorFlow(start, digits, batches, optimizer, loss, l2);

      let [furthest, moved] = [0, 0];
      network.toModel().layers.forEach(({ weights, bias }, l) => {
        for (const [ours, other, before] of [
          [weights, theirs[l]!.weights, start.layers[l]!.weights],
          [bias, theirs[l]!.bias, start.layers[l]!.bias],
        ] as const) {
          ours.forEach((value, n) => {
            furthest = Math.max(furthest, Math.abs(value - other[n]!));
            moved = Math.max(moved, Math.abs(value - before[n]!));
          });
        }
      });
      console.info(
        `${optimizer}: weights moved by up to ${moved.toPrecision(3)}, and differ by ${furthest.toExponential(2)}`,
      );
      expect(moved).toBeGreaterThan(0.005);
      expect(furthest).toBeLessThan(1e-4);
    });
  }
});
