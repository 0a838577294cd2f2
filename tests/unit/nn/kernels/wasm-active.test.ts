import { describe, expect, test } from 'vitest';
import { fit } from '../../../../src/lib/nn/fit.ts';
import { referenceKernels } from '../../../../src/lib/nn/kernels/reference-kernels.ts';
import { wasmKernels } from '../../../../src/lib/nn/kernels/wasm.ts';
import { Network } from '../../../../src/lib/nn/network.ts';
import { Optimizer } from '../../../../src/lib/nn/optimizers.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { rowsOf } from '../networks.ts';
import { builds } from './builds.ts';
import { type Case, compareLayers, examplesFor, expectClose, network, plain, stepOn } from './cases.ts';

/** A hidden layer of several blocks of 256, one that is not whole vectors, and panels that are not full. */
const wide: Case = { ...plain, sizes: [30, 300, 100, 66, 5], batch: 37, dropout: 0, seed: 21 };

const cases: readonly { readonly name: string; readonly setup: Case; readonly bias?: number }[] = [
  { name: 'about half open', setup: wide },
  { name: 'all shut', setup: wide, bias: -1e3 },
  { name: 'all open', setup: wide, bias: 1e3 },
  { name: 'nearly all shut', setup: wide, bias: -0.7 },
  { name: 'dropout', setup: { ...wide, dropout: 0.5 } },
  { name: 'dropout where all are open', setup: { ...wide, dropout: 0.4 }, bias: 100 },
  { name: 'a penalty', setup: { ...wide, l1: 0.1, l2: 0.3 } },
  { name: 'sigmoid, without zeros', setup: { ...wide, hidden: 'sigmoid' } },
  { name: 'tanh, with dropout', setup: { ...wide, hidden: 'tanh', dropout: 0.5 } },
  { name: 'leaky ReLU', setup: { ...wide, hidden: 'leaky-relu' } },
  { name: 'tanh at 0, where its slope is 1', setup: { ...wide, hidden: 'tanh', zeros: 1 }, bias: 0 },
  { name: 'linear at 0', setup: { ...wide, hidden: 'linear', zeros: 1 }, bias: 0 },
  { name: 'the largest batch that is listed', setup: { ...wide, sizes: [9, 65, 64, 3], batch: 512 } },
  { name: 'a batch too large', setup: { ...wide, sizes: [9, 65, 64, 3], batch: 513 } },
  { name: 'a batch too small', setup: { ...wide, batch: 15 } },
  { name: 'real numbers as inputs', setup: { ...wide, zeros: undefined } },
  ...(['momentum', 'rmsprop', 'adam', 'adamw'] as const).map((optimizer) => ({
    name: optimizer,
    setup: { ...wide, optimizer },
  })),
];

/** The same start for both, the hidden biases moved so that more or fewer units are open. */
function pair(make: () => ReturnType<typeof referenceKernels>, { setup, bias }: (typeof cases)[number]) {
  const both = [network(make(), setup), network(referenceKernels(), setup)] as const;
  for (const each of both) {
    for (const layer of each.layers.slice(0, -1)) {
      if (bias !== undefined) layer.write('bias', new Array(layer.units).fill(bias));
    }
  }
  return both;
}

for (const { name, make } of await builds()) {
  describe(`behind a ReLU, kernels ${name}`, () => {
    test.each(cases)('a step leaves the numbers of the reference: $name', (each) => {
      const [ours, reference] = pair(make, each);
      const examples = examplesFor(each.setup, ours);
      const results = [ours, reference].map((network) => stepOn(network, examples, each.setup, 0));
      expectClose('loss', [results[0].loss], [results[1].loss]);
      compareLayers(ours, reference, each.name);
    });

    test('the batch after it, smaller, leaves the numbers of the reference too', () => {
      const [ours, reference] = pair(make, { name: '', setup: wide });
      for (const batch of [37, 21]) {
        const examples = examplesFor({ ...wide, batch }, ours);
        reference.restore(ours.toModel());
        for (const network of [ours, reference]) stepOn(network, examples, wide, 0);
        compareLayers(ours, reference, `batch of ${batch}`);
      }
    });

    test('the gradient by the inputs is that of the reference where they are open, and 0 where they are shut', () => {
      const [ours, reference] = pair(make, { name: '', setup: wide });
      const examples = examplesFor(wide, ours);
      // Another batch first: what it leaves in memory is not to be seen.
      for (const batch of [examplesFor({ ...wide, seed: 77 }, ours), examples]) {
        for (const network of [ours, reference]) {
          network.forwardWithLoss(batch, rowsOf(batch));
          network.backward();
          for (const layer of network.layers) layer.inputGradient();
        }
      }
      for (const l of [1, 2]) {
        const inputs = ours.layers[l - 1].read('activation');
        const whole = reference.layers[l].inputGradient().copy();
        expect(inputs.some((a, n) => a === 0 && whole[n] !== 0)).toBe(true);
        const open = whole.map((value, n) => (inputs[n] === 0 ? 0 : value));
        expectClose(`dA into layer ${l + 1}`, ours.layers[l].inputGradient().copy(), open);
      }
    });

    test('a forward pass after backward, such as an evaluation, changes neither gradient', () => {
      const [ours, reference] = pair(make, { name: '', setup: wide });
      const examples = examplesFor(wide, ours);
      const others = examplesFor({ ...wide, seed: 77 }, ours);
      for (const network of [ours, reference]) {
        network.forwardWithLoss(examples, rowsOf(examples));
        network.backward();
        network.forward(others, rowsOf(others));
      }
      const open = reference.layers[1].inputGradient().copy();
      expectClose('dA', ours.layers[1].inputGradient().copy(), open);
      const weights = [ours, reference].map((network) => {
        network.update(new Optimizer().next(0.1));
        return network.layers[1].read('weights');
      });
      expectClose('weights', weights[0], weights[1]);
    });

    test('a number that is none stays to be seen', () => {
      const [ours] = pair(make, { name: '', setup: wide });
      ours.layers[0].writeOne('weights', 3, NaN);
      const examples = examplesFor({ ...wide, zeros: 0 }, ours);
      expect(ours.forwardWithLoss(examples, rowsOf(examples)).loss).toBeNaN();
    });

    test('the same seed gives the same weights twice, to the bit, the last batch smaller', () => {
      const models = [0, 1].map(() => {
        const each = network(make(), { ...wide, dropout: 0.2 });
        const examples = examplesFor({ ...wide, batch: 90 }, each);
        const options = { epochs: 3, batchSize: 40, learningRate: 0.1, seed: 5 };
        for (const event of fit(each, examples, options)) expect(event.loss).toBeGreaterThan(0);
        return each.toModel();
      });
      expect(models[0]).toEqual(models[1]);
    });
  });
}

test('a batch that other kernels made is refused, by the plain and by the fast kernels', async () => {
  const architecture = { inputs: 2, layers: [{ units: 2, activation: 'softmax' as const }] };
  const examples = { count: 1, width: 2, values: Uint8Array.of(1, 2), labels: Uint8Array.of(0) };
  const [{ bytes }] = await builds();
  const all = [referenceKernels(), wasmKernels('fast', bytes)].map((kernels) =>
    Network.initialize(architecture, 'he', new Random(1), { kernels }),
  );
  all.forEach((network, n) => {
    const foreign = all[1 - n].forward(examples, Uint32Array.of(0));
    expect(() => network.layers[0].forward(foreign)).toThrow(/1 × 2 numbers was made by other kernels/);
    network.forwardWithLoss(examples, Uint32Array.of(0));
    expect(() => network.layers[0].backward(foreign, 'activation', { l1: 0, l2: 0 })).toThrow(TypeError);
  });
});
