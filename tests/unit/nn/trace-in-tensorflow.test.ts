import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadMnist } from '../../../scripts/mnist.ts';
import type { Dataset } from '../../../src/lib/data/dataset.ts';
import { openNetwork } from '../../../src/lib/models/open-network.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { trace } from '../../../src/lib/nn/trace.ts';

let digits: Dataset;
beforeAll(async () => {
  await tf.setBackend('cpu');
  digits = (await loadMnist()).test;
});

/** The same pass in TensorFlow.js: every layer's z and a, the loss, and the gradients by automatic differentiation. */
function passInTensorFlow(network: Network, pixels: Float32Array, label: number) {
  const { layers } = network.toModel();
  const x = tf.tensor2d(pixels, [1, pixels.length]);
  const weights = layers.map(({ weights: w, units, inputs }) =>
    tf.tensor2d(Float32Array.from(w), [units, inputs]),
  );
  const biases = layers.map(({ bias }) => tf.tensor1d(Float32Array.from(bias)));
  const sums = (W: tf.Tensor[], b: tf.Tensor[]) => {
    const z: tf.Tensor2D[] = [];
    let a: tf.Tensor2D = x;
    W.forEach((matrix, l) => {
      z.push(tf.add(tf.matMul(a, matrix as tf.Tensor2D, false, true), b[l]!));
      a = l < W.length - 1 ? tf.relu(z[l]!) : tf.softmax(z[l]!);
    });
    return z;
  };
  const lossOf = (...parameters: tf.Tensor[]) => {
    const logits = sums(parameters.slice(0, layers.length), parameters.slice(layers.length)).at(-1)!;
    return tf.losses.softmaxCrossEntropy(tf.oneHot([label], network.classes), logits) as tf.Scalar;
  };
  const { value, grads } = tf.valueAndGrads(lossOf)([...weights, ...biases]);
  return {
    z: sums(weights, biases),
    loss: value,
    dW: grads.slice(0, layers.length),
    db: grads.slice(layers.length),
  };
}

describe('a trace has the numbers of TensorFlow.js on the same weights, to 1e-5', () => {
  for (const name of ['original', 'shipped']) {
    test(`${name}, three digits`, () => {
      const bytes = readFileSync(new URL(`../../../public/models/${name}.safetensors`, import.meta.url));
      const network = Network.fromModel(openNetwork(bytes).model);
      for (const row of [0, 8, 321]) {
        const pass = trace(network, digits, row);
        const pixels = Float32Array.from(pass.values('activation', 0));
        const theirs = passInTensorFlow(network, pixels, digits.labels[row]!);
        const near = (ours: ArrayLike<number>, other: tf.Tensor, what: string) => {
          const values = Float32Array.from(other.dataSync());
          const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
          expect(ours.length).toBe(values.length);
          const worst = values.reduce((error, value, n) => Math.max(error, Math.abs(value - ours[n]!)), 0);
          expect(worst / largest, what).toBeLessThan(1e-5);
        };
        for (let layer = 1; layer <= pass.depth; layer++) {
          near(pass.values('preActivation', layer), theirs.z[layer - 1]!, `z of layer ${layer}`);
          near(pass.values('weightGradient', layer), theirs.dW[layer - 1]!, `dW of layer ${layer}`);
          near(pass.values('biasGradient', layer), theirs.db[layer - 1]!, `db of layer ${layer}`);
        }
        near(pass.values('activation', pass.depth), tf.softmax(theirs.z.at(-1)!), 'p');
        near(pass.values('loss', pass.depth), theirs.loss, 'loss');
      }
    });
  }
});
