import * as tf from '@tensorflow/tfjs';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { type Peer, medianTime } from './setups.ts';

/** TensorFlow.js: its operations, its automatic differentiation, its optimisers; the whole set as one tensor. */
export function tensorflow(backend: 'wasm' | 'cpu', share: number): Peer {
  return {
    name: `tensorflow.js ${backend}`,
    share,
    async start({ layers, batchSize, optimizer, learningRate, l2 }, train) {
      setThreadsCount(1);
      await tf.setBackend(backend);
      const pixels = Float32Array.from(train.values, (byte) => byte / 255);
      const X = tf.tensor2d(pixels, [train.count, train.width]);
      const labels = tf.tensor1d(Int32Array.from(train.labels), 'int32');
      const W = layers.slice(1).map((units, l) => {
        const inputs = layers[l];
        return tf.variable(tf.randomNormal([inputs, units], 0, Math.sqrt(2 / inputs), 'float32', l + 1));
      });
      const b = layers.slice(1).map((units) => tf.variable(tf.zeros([units])));
      const steps = optimizer === 'adam' ? tf.train.adam(learningRate) : tf.train.sgd(learningRate);
      let order = tf.util.createShuffledIndices(train.count);
      let next = 0;

      const forward = (input: tf.Tensor2D): tf.Tensor2D => {
        let A = input;
        W.forEach((weights, l) => {
          const Z = tf.add(tf.matMul(A, weights as tf.Tensor2D), b[l]) as tf.Tensor2D;
          A = l === W.length - 1 ? Z : tf.relu(Z);
        });
        return A;
      };

      const step = () => {
        const rows = Int32Array.from(order.subarray(next, next + batchSize));
        next += batchSize;
        if (next >= train.count) {
          order = tf.util.createShuffledIndices(train.count);
          next = 0;
        }
        tf.tidy(() => {
          const at = tf.tensor1d(rows, 'int32');
          const input = tf.gather(X, at);
          const Y = tf.oneHot(tf.gather(labels, at), 10);
          steps.minimize(() => {
            const loss = tf.losses.softmaxCrossEntropy(Y, forward(input)) as tf.Scalar;
            if (l2 === 0) return loss;
            const squares = W.map((weights) => tf.sum(tf.square(weights)) as tf.Scalar);
            return tf.add(loss, tf.mul(tf.addN(squares), l2 / 2 / rows.length)) as tf.Scalar;
          });
        });
      };

      return {
        async train(batches) {
          await tf.setBackend(backend);
          const start = performance.now();
          for (let n = 0; n < batches; n++) step();
          // What is under way is over when a value has been read.
          b[0].dataSync();
          return performance.now() - start;
        },
        async predict() {
          await tf.setBackend(backend);
          const image = pixels.slice(0, train.width);
          return medianTime(() => {
            tf.tidy(() => tf.softmax(forward(tf.tensor2d(image, [1, train.width]))).dataSync());
          }, 30);
        },
        dispose() {
          tf.dispose([X, labels, ...W, ...b]);
          steps.dispose();
        },
      };
    },
  };
}
