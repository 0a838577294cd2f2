import { createRequire } from 'node:module';
import { type Peer, medianTime } from './setups.ts';

/** convnetjs, as far as it is used here: it has no types of its own. */
interface Convnet {
  Vol: new (sx: number, sy: number, depth: number, value: number) => { w: Float64Array };
  Net: new () => {
    makeLayers(layers: readonly object[]): void;
    forward(input: object, training: boolean): { w: ArrayLike<number> };
  };
  Trainer: new (
    net: object,
    options: object,
  ) => {
    train(input: object, label: number): unknown;
  };
}

/** convnetjs: one example at a time through its volumes, its trainer stepping after each batch. It has no Adam. */
export const convnet: Peer = {
  name: 'convnetjs',
  share: 0.02,
  async start({ layers, batchSize, optimizer, learningRate, l2 }, train) {
    if (optimizer === 'adam') return undefined;
    const library = createRequire(import.meta.url)('convnetjs') as Convnet;
    const net = new library.Net();
    net.makeLayers([
      { type: 'input', out_sx: 1, out_sy: 1, out_depth: layers[0] },
      ...layers.slice(1, -1).map((units) => ({ type: 'fc', num_neurons: units, activation: 'relu' })),
      { type: 'softmax', num_classes: layers.at(-1) },
    ]);
    const options = {
      method: 'sgd',
      learning_rate: learningRate,
      momentum: 0,
      batch_size: batchSize,
      l2_decay: l2 / batchSize,
    };
    const trainer = new library.Trainer(net, options);
    const volume = new library.Vol(1, 1, train.width, 0);
    let next = 0;
    const load = (row: number) => {
      for (let k = 0; k < train.width; k++) volume.w[k] = train.values[row * train.width + k] / 255;
    };
    return {
      async train(batches) {
        const start = performance.now();
        for (let n = 0; n < batches * batchSize; n++) {
          const row = next++ % train.count;
          load(row);
          trainer.train(volume, train.labels[row]);
        }
        return performance.now() - start;
      },
      async predict() {
        load(0);
        return medianTime(() => net.forward(volume, false), 100);
      },
    };
  },
};
