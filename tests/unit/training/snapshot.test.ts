import { expect, test } from 'vitest';
import { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { architectureOf, defaultSetup } from '../../../src/lib/training/setup.ts';
import {
  type Snapshot,
  packSnapshot,
  unpackSnapshot,
  withSnapshot,
} from '../../../src/lib/training/snapshot.ts';

const architecture = architectureOf(defaultSetup);
const model = Network.initialize(architecture, 'he', new Random(3)).toModel();

test('a snapshot holds every parameter to the precision of half a float', () => {
  const unpacked = unpackSnapshot(packSnapshot(4, model), architecture);
  model.layers.forEach(({ weights, bias }, l) => {
    const back = unpacked.layers[l]!;
    weights.forEach((weight, n) => {
      expect(Math.abs(back.weights[n]! - weight), `weight ${n} of layer ${l}`).toBeLessThanOrEqual(
        Math.max(Math.abs(weight) * 2 ** -11, 2 ** -25),
      );
    });
    expect(back.bias).toEqual(Float32Array.from(bias));
  });
});

test('a snapshot of another network is refused, with both sizes', () => {
  const small = { inputs: 784, layers: [{ units: 10, activation: 'softmax' as const }] };
  expect(() => unpackSnapshot(packSnapshot(0, model), small)).toThrow(
    '26506 numbers is none of a network with 7850',
  );
});

test('snapshots keep within their bound: the first and the last stay, the gaps grow evenly', () => {
  const most = 10 * 100 * 2;
  let kept: readonly Snapshot[] = [];
  for (let epoch = 0; epoch <= 200; epoch++) {
    kept = withSnapshot(kept, { epoch, halves: new Uint16Array(100) }, most);
    expect(kept.length).toBeLessThanOrEqual(10);
    expect(kept[0]!.epoch).toBe(0);
    expect(kept.at(-1)!.epoch).toBe(epoch);
  }
  // The last may be nearer: it stays whatever its epoch is.
  const gaps = kept.slice(1, -1).map(({ epoch }, n) => epoch - kept[n]!.epoch);
  expect(new Set(gaps).size).toBe(1);
});

test('an epoch that is trained again replaces what came after it', () => {
  const at = (epoch: number) => ({ epoch, halves: new Uint16Array(1) });
  const kept = [0, 1, 2, 3].map(at);
  expect(withSnapshot(kept, at(2)).map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
});
