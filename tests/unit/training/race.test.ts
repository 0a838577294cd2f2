import { describe, expect, test } from 'vitest';
import { subset } from '../../../src/lib/data/dataset.ts';
import { stratifiedSplit } from '../../../src/lib/data/splits.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { Race } from '../../../src/lib/training/race.ts';
import { parseSetup } from '../../../src/lib/training/setup.ts';
import { Speed } from '../../../src/lib/training/speed.ts';
import { Trainer } from '../../../src/lib/training/trainer.ts';
import { penDigits, repeatedDigits } from './digits.ts';

const dataset = penDigits(400);
const base = { layers: '784,8,10', batchSize: '20', epochs: '2' };

function raced(rates: readonly string[], others = {}) {
  const race = new Race();
  const setups = rates.map((learningRate) => parseSetup({ ...base, learningRate, ...others }));
  race.give(dataset);
  const images = race.open({ setups, dataset: dataset.name, heldBack: 100, seed: 4, kernels: {} });
  return { race, setups, images };
}

describe('a race', () => {
  test('each runner runs as it would alone, and is measured by the same images', () => {
    const { race, setups, images } = raced(['0.1', '0.01']);
    expect(images).toBe(300);
    let reports = race.advance({ milliseconds: 5 });
    const ends = reports.map(({ evaluation }) => evaluation);
    while (reports.some(({ finished }) => !finished)) {
      reports = race.advance({ milliseconds: 5 });
      reports.forEach(({ evaluation }, n) => {
        ends[n] = evaluation ?? ends[n];
      });
    }
    const { picked, rest } = stratifiedSplit(dataset, 100, new Random(4));
    setups.forEach((setup, n) => {
      const alone = new Trainer(setup, subset(dataset, rest));
      while (!alone.advance({ batches: 100 }).finished);
      expect(ends[n]).toEqual(alone.network.evaluate(subset(dataset, picked)));
    });
  });

  test('an epoch is measured at its end, though the call goes on into the next', () => {
    // Every look at the clock takes a millisecond, and a turn has two of them; two turns are an epoch.
    const many = repeatedDigits(2300);
    const opened = () => {
      let now = 0;
      const race = new Race(() => now++);
      race.give(many);
      const setups = [parseSetup({ ...base, batchSize: '100' })];
      race.open({ setups, dataset: many.name, heldBack: 100, seed: 4, kernels: {} });
      return race;
    };
    const step = opened();
    const measured = [1, 2].map(() => step.advance({ milliseconds: 1 })[0]!.evaluation);
    expect(measured[0]).toBeUndefined();
    const [report] = opened().advance({ milliseconds: 5 });
    expect(report!.turns.length).toBe(3);
    expect(report!.evaluation).toEqual(measured[1]);
  });

  test('nobody gets ahead by more than a turn', () => {
    const { race } = raced(['0.1', '0.05', '0.01']);
    let epochs = [0, 0, 0];
    for (let n = 0; n < 5; n++) {
      const reports = race.advance({ milliseconds: 1 });
      epochs = epochs.map((before, at) => reports[at]!.turns.at(-1)?.epoch ?? before);
      expect(Math.max(...epochs) - Math.min(...epochs)).toBeLessThanOrEqual(1);
    }
  });

  test('a runner that falls apart does not hold up the others', () => {
    const { race } = raced(['1000', '0.1'], { layers: '784,8,8,10', activation: 'linear' });
    let reports = race.advance({ milliseconds: 5 });
    for (let n = 0; n < 1000 && reports.some(({ finished }) => !finished); n++)
      reports = race.advance({ milliseconds: 5 });
    expect(reports.map(({ finished }) => finished)).toEqual(['diverged', 'epochs']);
  });
});

test('the speed of a machine is measured on the kernels asked for', () => {
  const setup = parseSetup(base);
  const { kernels, imagesPerSecond } = new Speed().measure({
    setup,
    dataset,
    kernels: undefined,
    milliseconds: 40,
  });
  expect(kernels).toMatch(/^reference/);
  expect(imagesPerSecond).toBeGreaterThan(0);
});
