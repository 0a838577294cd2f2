import { describe, expect, test } from 'vitest';
import { Clinic, drawPatients, firstModel } from '../../../src/lib/clinic/clinic.ts';
import { type FaultName, faultNames } from '../../../src/lib/clinic/faults.ts';
import { Patient } from '../../../src/lib/clinic/patient.ts';
import { type Finding, type ToolName, Tools, toolNames } from '../../../src/lib/clinic/tools.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { penDigits, repeatedDigits } from '../training/digits.ts';

const digits = penDigits(300);
/** More than one turn's worth. */
const many = repeatedDigits(1300, 'many');
const model = firstModel(1);
const tools = new Tools(model, digits);
const table = Object.fromEntries(
  toolNames.map((tool) => [
    tool,
    Object.fromEntries(faultNames.map((fault) => [fault, tools.examine(tool, fault)])),
  ]),
) as Record<ToolName, Record<FaultName, Finding>>;

/** Which tools find which illness: what the chapter says, and its page's table shows. */
const FOUND: Record<FaultName, readonly ToolName[]> = {
  'bias-forgotten': ['biases', 'all'],
  'not-transposed': ['largest', 'batch', 'biases', 'all', 'twice'],
  'one-mask-forgotten': ['batch', 'biases', 'all'],
  'masks-forgotten': ['largest', 'batch', 'biases', 'all', 'twice'],
  'random-feedback': ['largest', 'batch', 'biases', 'all', 'twice'],
  'softmax-again': ['largest', 'batch', 'biases', 'all', 'twice'],
  'activation-for-mask': ['largest', 'batch', 'biases', 'all', 'twice'],
  'stopped-at-output': ['largest', 'batch', 'biases', 'all', 'twice'],
  'not-divided': ['batch'],
  'not-cleared': ['twice'],
  'wrong-sign': ['largest', 'batch', 'biases', 'all', 'twice'],
  'other-mask': ['largest', 'batch', 'biases', 'all', 'twice'],
  'label-forgotten': ['largest', 'batch', 'biases', 'all', 'twice'],
};

test('the pictures of all patients have one scale: the rounding of a well one is invisible in it, a sign is not', () => {
  const well = tools.examine('all', undefined);
  const share = ({ difference, largest }: Finding) => Math.max(...difference!.map(Math.abs)) / largest!;
  // A picture has 256 shades.
  expect(share(well)).toBeGreaterThan(0);
  expect(share(well)).toBeLessThan(1 / 256);
  expect(share(table.all['wrong-sign'])).toBeGreaterThan(0.5);
  for (const fault of faultNames) expect(table.all[fault].largest).toBe(well.largest);
});

describe('a backward that is well', () => {
  test('is the library’s own, on one digit and on a batch', () => {
    for (const rows of [[7], [0, 3, 5, 9, 11]]) {
      const network = Network.fromModel(model, { kernels: referenceKernels('float64') });
      const { loss } = network.forwardWithLoss(digits, Uint32Array.from(rows));
      network.backward();
      const patient = new Patient(model, undefined);
      expect(patient.pass(digits, rows).loss).toBeCloseTo(loss, 12);
      const gradients = patient.gradients();
      network.layers.forEach((layer, l) => {
        const [weights, bias] = [layer.read('weightGradient'), layer.read('biasGradient')];
        weights.forEach((g, n) => {
          expect(Math.abs(gradients.weights[l]![n]! - g), `weight ${n} of layer ${l}`).toBeLessThan(1e-12);
        });
        bias.forEach((g, n) => {
          expect(Math.abs(gradients.bias[l]![n]! - g), `bias ${n} of layer ${l}`).toBeLessThan(1e-12);
        });
      });
    }
  });

  test.each(toolNames)('passes the tool "%s" below 1e-6', (tool) => {
    const { relativeError, isFound } = tools.examine(tool, undefined);
    expect(relativeError).toBeLessThan(1e-6);
    expect(isFound).toBe(false);
  });
});

describe('each illness is found by some tools and not by others', () => {
  test.each(faultNames)('%s', (fault) => {
    const errors = toolNames.map((tool) => [tool, table[tool][fault].relativeError] as const);
    console.info(
      `${fault}: ${errors.map(([tool, error]) => `${tool} ${error.toExponential(1)}`).join(', ')}`,
    );
    for (const [tool, error] of errors) {
      const { isFound } = table[tool][fault];
      expect(isFound, `${tool}: ${error}`).toBe(FOUND[fault].includes(tool));
      if (isFound) expect(error, tool).toBeGreaterThan(1e-3);
      else expect(error, tool).toBeLessThan(1e-6);
    }
  });
});

describe('the clinic', () => {
  const opened = (seed: number, patients = drawPatients(seed)) => {
    const clinic = new Clinic();
    clinic.give(digits);
    clinic.give(many);
    clinic.open({ patients, training: many.name, test: digits.name, seed, epochs: 2 });
    return clinic;
  };

  /** What becomes of each patient, trained to the end in calls of so many milliseconds. */
  const trained = (clinic: Clinic, milliseconds: number) => {
    const all = clinic.advance({ milliseconds: 0 }).map(({ turns, testAccuracy, weights }) => ({
      turns: [...turns],
      accuracies: testAccuracy === undefined ? [] : [testAccuracy],
      weights,
    }));
    while (all.some(({ turns }) => (turns.at(-1)?.epoch ?? 0) < 2)) {
      clinic.advance({ milliseconds }).forEach(({ turns, testAccuracy, weights }, n) => {
        all[n]!.turns.push(...turns);
        if (testAccuracy !== undefined) all[n]!.accuracies.push(testAccuracy);
        all[n]!.weights = weights ?? all[n]!.weights;
      });
    }
    return all;
  };

  test('draws eight patients, exactly one of them well; the same for the same seed', () => {
    for (let seed = 1; seed < 30; seed++) {
      const patients = drawPatients(seed);
      expect(patients).toHaveLength(8);
      expect(new Set(patients).size).toBe(8);
      expect(patients.filter((fault) => fault === undefined)).toHaveLength(1);
      expect(drawPatients(seed)).toEqual(patients);
    }
    expect(
      new Set(Array.from({ length: 30 }, (_, seed) => drawPatients(seed).indexOf(undefined))).size,
    ).toBeGreaterThan(4);
  });

  test('the same seed gives the same curves, however the time is cut', () => {
    const [cut, whole] = [1, 50].map((milliseconds) => trained(opened(3), milliseconds));
    expect(cut).toEqual(whole);
    for (const { turns, accuracies, weights } of cut!) {
      expect(turns.at(-1)!.epoch).toBe(2);
      expect(accuracies).toHaveLength(2);
      expect(weights).toHaveLength(784 * 32);
    }
  });

  test('a patient that is trained alone becomes what it becomes among the eight, to the bit', () => {
    const together = trained(opened(3), 20);
    drawPatients(3).forEach((fault, n) => {
      expect(trained(opened(3, [fault]), 20)[0]).toEqual(together[n]);
    });
  });

  test('the one that is well learns as the library does', () => {
    const well = drawPatients(3).indexOf(undefined);
    expect(trained(opened(3), 1000)[well]!.accuracies.at(-1)).toBeGreaterThan(0.3);
  });

  test('examines its patients with the tools', () => {
    const clinic = opened(3);
    const patients = drawPatients(3);
    patients.forEach((fault, patient) => {
      const finding = clinic.examine({ patient, tool: 'all' });
      expect(finding.isFound).toBe(fault !== undefined && FOUND[fault].includes('all'));
      expect(finding.difference).toHaveLength(784 * 32);
    });
  });
});
