import { describe, expect, test } from 'vitest';
import { describeStep } from '../../../src/explain/pass-sentences.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { Optimizer } from '../../../src/lib/nn/optimizers.ts';
import type { Quantity } from '../../../src/lib/nn/origin.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { type Trace, trace } from '../../../src/lib/nn/trace.ts';
import { architectureOf, parseSetup } from '../../../src/lib/training/setup.ts';
import { penDigits } from '../training/digits.ts';
import { numbersIn, read, rounding } from './calculator.ts';
import { type Variant, passOf, variants } from './networks.ts';

/** What a sentence of a step must say and must not, by hand: every number in it is worked out again from the pass. */
function check(
  pass: Trace,
  { hidden, output, loss, options, isCharged = false }: Omit<Variant, 'name'>,
): number {
  const { depth } = pass;
  const of = (quantity: Quantity, layer: number) => Array.from(pass.values(quantity, layer));
  const near = (printed: string, value: number, sentence: string) =>
    expect(Math.abs(read(printed) - value), sentence).toBeLessThanOrEqual(rounding(printed));
  const targets = of('target', depth);
  const label = targets.indexOf(Math.max(...targets));
  let sentences = 0;
  for (const step of pass.steps) {
    const { quantity, layer } = step;
    const said = describeStep(pass, step);
    const values = of(quantity, layer);
    const zeros = values.filter((value) => value === 0).length;
    const name = layer === depth ? output : hidden;
    const size = Math.max(...values.map(Math.abs));
    sentences++;
    if (!(name === 'relu')) expect(said).not.toMatch(/(?<![Ll]eaky )ReLU/);
    if (!(name === 'sigmoid')) expect(said).not.toMatch(/sigmoid/i);
    if (loss === 'mean-squared-error') expect(said).not.toMatch(/\bln\b|logarithm/);
    switch (quantity) {
      case 'preActivation': {
        const [, printed, unit] = /The largest sum is (\S+), in unit (\d+)\.$/.exec(said)!;
        expect(values[Number(unit)]).toBe(Math.max(...values));
        near(printed!, Math.max(...values), said);
        break;
      }
      case 'activation': {
        const silent = /: (\d+) of (\d+) units stay silent/.exec(said);
        const range = /here they come out from (\S+) to (\S+)\./.exec(said);
        if (name === 'relu') expect([Number(silent![1]), Number(silent![2])]).toEqual([zeros, values.length]);
        if (name === 'sigmoid' || name === 'tanh') {
          near(range![1]!, Math.min(...values), said);
          near(range![2]!, Math.max(...values), said);
        }
        if (name === 'leaky-relu') {
          const damped = of('preActivation', layer).filter((z) => z <= 0).length;
          expect(said).toContain(
            `multiplies the others by 0.01: those of ${damped} of ${values.length} units`,
          );
        }
        if (name === 'linear') expect(said).toMatch(/^There is no bend/);
        if (name === 'softmax') expect(values.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
        if (layer === depth) {
          const [, printed, unit] = /The largest output is (\S+), for (\d+)\.$/.exec(said)!;
          expect(values[Number(unit)]).toBe(Math.max(...values));
          near(printed!, Math.max(...values), said);
        } else
          expect(said.includes('Dropout, which switched off 20\u00a0% of')).toBe(options.dropout === 0.2);
        break;
      }
      case 'loss': {
        expect(said).toContain(`The label is ${label}.`);
        if (loss === 'mean-squared-error') {
          const [, list, printed] =
            /off their targets by (.+); the loss is the mean of the squares, (.+?)\.(?: |$)/.exec(said)!;
          const off = list!.split(', ').map(read);
          expect(off).toHaveLength(values.length === 1 ? targets.length : 0);
          near(printed!, off.reduce((sum, gap) => sum + gap ** 2, 0) / off.length, said);
          near(printed!, values[0]!, said);
        } else if (options.labelSmoothing) {
          near(/probability, is (\S+)\.$/.exec(said)![1]!, values[0]!, said);
        } else {
          const [, p, again, printed] =
            /Its probability is (\S+), so the loss is −ln (\S+) = (\S+?)\.(?: |$)/.exec(said)!;
          expect(p).toBe(again);
          near(printed!, -Math.log(read(p!)), said);
          near(printed!, values[0]!, said);
        }
        const price = !isCharged && options.penalty && (options.penalty.l2 ? 'λ₂ = 5' : 'λ₁ = 0.5');
        expect(said.includes('price of large weights')).toBe(Boolean(price));
        if (price) expect(said).toContain(price);
        break;
      }
      case 'activationGradient':
      case 'delta': {
        if (layer === depth && (quantity === 'activationGradient' || loss === 'cross-entropy')) {
          const [, unit, printed, ought] =
            /Output (\d+), the label, has (\S+): its (?:sum|output) ought to be (larger|smaller)/.exec(said)!;
          expect(Number(unit)).toBe(label);
          near(printed!, values[label]!, said);
          expect(ought).toBe(values[label]! < 0 ? 'larger' : 'smaller');
          const [, worst, most] = /Of the others (\d+) has the most, (\S+):/.exec(said)!;
          near(most!, values[Number(worst)]!, said);
          const others = values.filter((_, k) => k !== label).map(Math.abs);
          expect(Math.abs(values[Number(worst)]!)).toBe(Math.max(...others));
          // Squared error is a mean over the outputs: p − y alone would be larger.
          expect(said.includes(`2 / ${values.length} of what it said`)).toBe(
            quantity === 'activationGradient',
          );
          break;
        }
        if (size === 0) break;
        const [, unit, printed] = /[Uu]nit (\d+) (?:has|gathers) the most, (\S+)\.$/.exec(said)!;
        near(printed!, values[Number(unit)]!, said);
        expect(Math.abs(values[Number(unit)]!)).toBe(size);
        if (quantity === 'delta' && name !== 'softmax')
          expect(said).toContain(`${zeros} of its ${values.length} units get no blame at all`);
        break;
      }
      case 'activationSlope': {
        const [closed] = [zeros];
        if (name === 'relu')
          expect(said).toContain(
            `${closed} units let no blame through, and the other ${values.length - closed} all`,
          );
        if (name === 'leaky-relu')
          expect(said).toContain(`${values.filter((slope) => slope !== 1).length} units let a hundredth`);
        if (name === 'linear') expect(values.every((slope) => slope === 1)).toBe(true);
        if (name === 'sigmoid' || name === 'tanh') {
          const [, low, high] = /it goes from (\S+) to (\S+): that much/.exec(said)!;
          near(low!, Math.min(...values), said);
          near(high!, Math.max(...values), said);
        }
        break;
      }
      case 'weightGradient': {
        expect(said).toContain(
          `${step.rows} × ${step.columns} products, of which ${zeros.toLocaleString('en')} are 0.`,
        );
        if (size === 0) break;
        const [, printed, input, unit] =
          /The largest in size is (\S+), for the weight from input (\d+) into unit (\d+)\.$/.exec(said)!;
        near(printed!, values[Number(unit) * step.columns + Number(input)]!, said);
        break;
      }
      case 'biasGradient':
        expect(said).toContain(`Every bias of layer ${layer} gets`);
        break;
      case 'penaltyGradient': {
        const { l2, l1, batchSize = 1 } = options.penalty!;
        const [w, own] = [of('weight', layer), of('weightGradient', layer)];
        w.forEach((weight, n) => {
          expect(values[n]).toBeCloseTo((l2 * weight + l1 * Math.sign(weight)) / batchSize, 6);
        });
        expect(said.includes('λ₂')).toBe(l2 > 0);
        expect(said.includes('λ₁')).toBe(l1 > 0);
        expect(said.includes(', over 8')).toBe(batchSize === 8);
        const [, printed, input, unit] =
          /The highest price is (\S+), of the weight from input (\d+) into unit (\d+)\./.exec(said)!;
        near(printed!, values[Number(unit) * step.columns + Number(input)]!, said);
        expect(Math.abs(values[Number(unit) * step.columns + Number(input)]!)).toBe(size);
        const [, all, asked] = /are (\S+) long, what the digit itself asks for is (\S+)\.$/.exec(said)!;
        near(all!, Math.hypot(...values), said);
        near(asked!, Math.hypot(...own), said);
        break;
      }
      case 'updatedWeight':
      case 'updatedBias': {
        expect(said.includes('the price in it')).toBe(isCharged && quantity === 'updatedWeight');
        if (/none moves|there it stops/.test(said)) break;
        const [, rate, gradient, times, move] =
          /gradient(?:, the price in it)?, (\S+) times as long\. The one with the largest gradient, (\S+), moves by −(\S+) times that, (\S+?)\.(?: |$)/.exec(
            said,
          )!;
        expect([rate, times]).toEqual(['0.1', '0.1']);
        near(move!, -0.1 * read(gradient!), said);
        break;
      }
      case 'weight':
      case 'bias':
      case 'target':
        throw new Error(`${quantity} is no step`);
      default:
        quantity satisfies never;
    }
  }
  return sentences;
}

describe('every sentence of a pass is true of its network, its activation and its loss', () => {
  for (const variant of variants) {
    test(variant.name, () => {
      for (const seed of [2, 3, 4, 5]) expect(check(passOf(variant, seed), variant)).toBeGreaterThan(20);
    });
  }
});

test('a network of the lab with sigmoid and squared error: both steppers, to the end, say nothing false', () => {
  const setup = parseSetup({
    activation: 'sigmoid',
    output: 'sigmoid',
    loss: 'mean-squared-error',
    initializer: 'xavier',
  });
  const network = Network.initialize(architectureOf(setup), setup.initializer, new Random(3), {
    loss: setup.loss,
  });
  const digits = penDigits(64);
  const optimizer = new Optimizer({ optimizer: 'sgd' });
  for (let step = 0; step < 20; step++) {
    network.forwardWithLoss(
      digits,
      Uint32Array.from({ length: 64 }, (_, i) => i),
    );
    network.backward();
    network.update(optimizer.next(1));
  }
  const variant = { hidden: 'sigmoid', output: 'sigmoid', loss: 'mean-squared-error', options: {} } as const;
  for (const row of [0, 5, 17]) {
    const pass = trace(network, digits, row, 0.1);
    expect(check(pass, variant)).toBe(pass.steps.length);
    expect(pass.steps.map(({ quantity, layer }) => `${quantity} ${layer}`).slice(7, 10)).toEqual([
      'activationGradient 3',
      'activationSlope 3',
      'delta 3',
    ]);
  }
});

test('a confident network: −ln p has the digits that make it true, and none is said where no number holds p', () => {
  const sure = (z: number) => {
    const network = new Network({ inputs: 1, layers: [{ units: 2, activation: 'softmax' }] });
    network.layers[0]!.write('bias', [z, 0]);
    const pass = trace(
      network,
      { count: 1, width: 1, values: Float64Array.of(0), labels: Uint8Array.of(0) },
      0,
    );
    return describeStep(
      pass,
      pass.steps.find(({ quantity }) => quantity === 'loss')!,
    );
  };
  expect(sure(7.75)).toBe(
    'The label is 0. Its probability is 0.999569, so the loss is −ln 0.999569 = 4.31e−4.',
  );
  const [p, again, loss] = numbersIn(sure(16).replace('label is 0', '').replace(/\.$/, ''));
  expect(p).toBe(again);
  expect(-Math.log(p!)).toBeCloseTo(loss!, 9);
  expect(loss).toBeGreaterThan(1e-7);
  expect(sure(-800)).toBe(
    'The label is 0. Its probability is smaller than any number that can be held; from the sums themselves the loss is 800.',
  );
});

test('weights past all numbers are said to be that, not described', () => {
  const network = new Network({ inputs: 1, layers: [{ units: 2, activation: 'softmax' }] });
  network.layers[0]!.write('bias', [Infinity, 0]);
  const pass = trace(
    network,
    { count: 1, width: 1, values: Float64Array.of(0), labels: Uint8Array.of(0) },
    0,
  );
  expect(describeStep(pass, pass.steps[0]!)).toContain('have grown past what a number can hold');
});
