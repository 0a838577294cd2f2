import { describe, expect, test } from 'vitest';
import type { NetworkModel } from '../../../src/lib/nn/model.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { architectureOf, defaultSetup, parseSetup } from '../../../src/lib/training/setup.ts';
import {
  type Snapshot,
  checkSnapshot,
  packSnapshot,
  unpackSnapshot,
  withSnapshot,
} from '../../../src/lib/training/snapshot.ts';

import { Trainer } from '../../../src/lib/training/trainer.ts';
import { penDigits } from './digits.ts';

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
    kept = withSnapshot(kept, { epoch, values: new Uint16Array(100) }, most);
    expect(kept.length).toBeLessThanOrEqual(10);
    expect(kept[0]!.epoch).toBe(0);
    expect(kept.at(-1)!.epoch).toBe(epoch);
  }
  // The last may be nearer: it stays whatever its epoch is.
  const gaps = kept.slice(1, -1).map(({ epoch }, n) => epoch - kept[n]!.epoch);
  expect(new Set(gaps).size).toBe(1);
});

test('an epoch that is trained again replaces what came after it', () => {
  const at = (epoch: number) => ({ epoch, values: new Uint16Array(1) });
  const kept = [0, 1, 2, 3].map(at);
  expect(withSnapshot(kept, at(2)).map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
});

describe('weights that half precision cannot hold', () => {
  const digits = penDigits(300);
  const setup = parseSetup({
    layers: '784,8,10',
    batchSize: '50',
    epochs: '2',
    learningRate: '300',
    optimizer: 'sgd',
  });
  const evaluated = (of: NetworkModel) => Network.fromModel(of, { loss: setup.loss }).evaluate(digits);

  test('a learning rate far too large makes them, and the unpacked network still reads as the packed one did', () => {
    const trainer = new Trainer(setup, digits);
    trainer.advance({ batches: 6 });
    const trained = trainer.network.toModel();
    const largest = Math.max(...trained.layers.flatMap(({ weights }) => Array.from(weights, Math.abs)));
    expect(largest).toBeGreaterThan(65_504);
    const snapshot = packSnapshot(1, trained);
    expect(snapshot.values).toBeInstanceOf(Float32Array);
    const [before, after] = [evaluated(trained), evaluated(unpackSnapshot(snapshot, architectureOf(setup)))];
    expect(before.accuracy).toBeGreaterThan(0);
    expect(after.accuracy).toBe(before.accuracy);
    expect(after.confusion).toEqual(before.confusion);
    expect(after.loss / before.loss).toBeCloseTo(1, 4);
  });

  test('weights that are all too small are kept as floats too: as halves they would be 0', () => {
    const tiny = scaled(model, 1e-8);
    const back = unpackSnapshot(packSnapshot(1, tiny), architecture);
    expect(back.layers[0].weights).toEqual(Float32Array.from(tiny.layers[0].weights));
  });

  test('a network with a parameter that is not finite makes no snapshot, and none is unpacked to one', () => {
    expect(() => packSnapshot(1, scaled(model, Number.POSITIVE_INFINITY))).toThrow('parameter 0 of 26506 is');
    const { values } = packSnapshot(1, model);
    values[7] = 0x7c00;
    expect(() => unpackSnapshot({ epoch: 1, values }, architecture)).toThrow(
      'parameter 7 of 26506 is Infinity',
    );
    expect(() => checkSnapshot({ epoch: 1, values: Float32Array.of(Number.NaN) }, architecture)).toThrow(
      '1 numbers',
    );
  });

  test('snapshots of both kinds keep within the bound together', () => {
    const [halves, floats] = [new Uint16Array(100), new Float32Array(100)];
    let kept: readonly Snapshot[] = [];
    for (let epoch = 0; epoch <= 50; epoch++) {
      kept = withSnapshot(kept, { epoch, values: epoch < 10 ? floats : halves }, 10 * 400);
      expect(kept.reduce((bytes, { values }) => bytes + values.byteLength, 0)).toBeLessThanOrEqual(10 * 400);
    }
  });
});

function scaled({ layers }: NetworkModel, factor: number): NetworkModel {
  return {
    layers: layers.map((layer) => ({
      ...layer,
      weights: Float64Array.from(layer.weights, (weight) => weight * factor),
    })),
  };
}
