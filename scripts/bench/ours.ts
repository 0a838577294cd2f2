import type { Examples } from '../../src/lib/nn/examples.ts';
import { fit } from '../../src/lib/nn/fit.ts';
import type { Kernels } from '../../src/lib/nn/kernels/kernels.ts';
import { Network } from '../../src/lib/nn/network.ts';
import { Random } from '../../src/lib/nn/random.ts';
import { type BenchSetup, type Peer, batchesPerEpoch, medianTime } from './setups.ts';

/** This project's network on the given kernels: what a page or a command does, `fit` and all. */
export function ours(name: string, share: number, kernels: () => Kernels): Peer {
  return {
    name,
    share,
    async start(setup, train) {
      const network = create(setup, kernels());
      const perEpoch = batchesPerEpoch(setup, train);
      const run = fit(network, train, {
        epochs: 10_000,
        batchSize: setup.batchSize,
        learningRate: setup.learningRate,
        optimizer: { optimizer: setup.optimizer },
        seed: 1,
      });
      return {
        async train(batches) {
          const start = performance.now();
          for (let done = 0; done < batches;) {
            const { value } = run.next();
            if (value?.kind === 'batch') done++;
          }
          // So that a whole epoch's time has the epoch's end in it too.
          if (batches === perEpoch) run.next();
          return performance.now() - start;
        },
        async predict() {
          const image = { ...train, count: 1, values: train.values.slice(0, 784), labels: Uint8Array.of(0) };
          return medianTime(() => network.predict(image), 300);
        },
      };
    },
  };
}

function create({ layers, l2 }: BenchSetup, kernels: Kernels): Network {
  const [inputs, ...units] = layers as [number, ...number[]];
  const last = units.length - 1;
  const architecture = {
    inputs,
    layers: units.map((n, l) => ({
      units: n,
      activation: l === last ? ('softmax' as const) : ('relu' as const),
    })),
  };
  const options = { kernels, penalty: { l1: 0, l2 } };
  return Network.initialize(architecture, 'he', new Random(1), options);
}

/**
 * What is measured in the browser: medians of milliseconds per epoch.
 *
 * @public called by the page that `browser.ts` writes as a text
 */
export async function measureAlone(
  peer: Peer,
  setup: BenchSetup,
  train: Examples,
  rounds: number,
): Promise<{ epochs: number[]; prediction: number | undefined }> {
  const trainee = (await peer.start(setup, train))!;
  const perEpoch = batchesPerEpoch(setup, train);
  for (let n = 0; n < 2; n++) await trainee.train(perEpoch);
  const epochs: number[] = [];
  for (let n = 0; n < rounds; n++) epochs.push(await trainee.train(perEpoch));
  return { epochs, prediction: await trainee.predict?.() };
}
