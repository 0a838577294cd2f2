import * as tf from '@tensorflow/tfjs';
import type { Network } from '../../src/lib/nn/network.ts';

/**
 * One pass of a network of ours in TensorFlow.js: every layer's z, the loss, and the gradients by its automatic
 * differentiation. With one example, ∂b is δ.
 *
 * @param pixels (inputs), from 0 to 1
 */
export function passInTensorFlow(network: Network, pixels: Float32Array, label: number) {
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
