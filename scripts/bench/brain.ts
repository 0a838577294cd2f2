import { createRequire } from 'node:module';
import { type Peer, medianTime } from './setups.ts';

/** brain.js, as far as it is used here: it has no types of its own. */
interface Brain {
  NeuralNetwork: new (options: object) => {
    train(data: readonly object[], options: object): unknown;
    run(input: readonly number[]): ArrayLike<number>;
  };
}

/** It refuses 0 where none is wanted. */
const TINY = 1e-12;

/**
 * brain.js trains by a rule of its own: a step after every single example, on squared error through a ReLU output. So
 * its images per second are those of its own work, not quite the same as the others'. It is measured with SGD alone.
 */
export const brain: Peer = {
  name: 'brain.js',
  share: 0.02,
  async start({ layers, batchSize, optimizer, learningRate, l2 }, train) {
    if (optimizer === 'adam' || l2 > 0) return undefined;
    const library = createRequire(import.meta.url)('brain.js') as Brain;
    const net = new library.NeuralNetwork({
      hiddenLayers: layers.slice(1, -1),
      activation: 'relu',
      learningRate: learningRate / batchSize,
      momentum: TINY,
    });
    const images = Array.from({ length: batchSize * 8 }, (_, row) => ({
      input: Array.from(train.values.subarray(row * 784, (row + 1) * 784), (byte) => byte / 255),
      output: Array.from({ length: 10 }, (_, k) => (k === train.labels[row] ? 1 : 0)),
    }));
    return {
      async train(batches) {
        const start = performance.now();
        for (let done = 0; done < batches; done += 8) {
          const part = images.slice(0, Math.min(8, batches - done) * batchSize);
          net.train(part, { iterations: 1, errorThresh: TINY, log: false });
        }
        return performance.now() - start;
      },
      predict: async () => medianTime(() => net.run(images[0].input), 100),
    };
  },
};
