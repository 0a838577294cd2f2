import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { passInTensorFlow } from '../../oracle/pass-in-tensorflow.ts';
import { loadMnist } from '../../../scripts/network/mnist.ts';
import type { Dataset } from '../../../src/lib/data/dataset.ts';
import { openNetwork } from '../../../src/lib/models/open-network.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { trace } from '../../../src/lib/nn/trace.ts';

let digits: Dataset;
beforeAll(async () => {
  await tf.setBackend('cpu');
  digits = (await loadMnist()).test;
});

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
