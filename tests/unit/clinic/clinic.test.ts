import { describe, expect, test } from 'vitest';
import { Clinic, drawPatients, firstModel } from '../../../src/lib/clinic/clinic.ts';
import { type FaultName, faultNames } from '../../../src/lib/clinic/faults.ts';
import { Patient } from '../../../src/lib/clinic/patient.ts';
import { type ToolName, Tools, findingsTable, toolNames } from '../../../src/lib/clinic/tools.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import { Network } from '../../../src/lib/nn/network.ts';
import { penDigits } from '../training/digits.ts';

const digits = penDigits(300);
const model = firstModel(1);
const tools = new Tools(model, digits);
const table = findingsTable(tools);

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
  const opened = (seed: number) => {
    const clinic = new Clinic();
    clinic.give(digits);
    clinic.open({ patients: drawPatients(seed), training: digits.name, test: digits.name, seed, epochs: 2 });
    return clinic;
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
    const ends = [1, 50].map((milliseconds) => {
      const clinic = opened(3);
      const accuracies: (number | undefined)[][] = [];
      for (let reports = clinic.advance({ milliseconds }); ; reports = clinic.advance({ milliseconds })) {
        if (reports[0]!.testAccuracy !== undefined)
          accuracies.push(reports.map(({ testAccuracy }) => testAccuracy));
        if (reports[0]!.epoch === 2) return accuracies;
      }
    });
    expect(ends[0]).toEqual(ends[1]);
    expect(ends[0]).toHaveLength(2);
  });

  test('the one that is well learns as the library does', () => {
    const clinic = opened(3);
    let reports = clinic.advance({ milliseconds: 1000 });
    while (reports[0]!.epoch < 2) reports = clinic.advance({ milliseconds: 1000 });
    const well = drawPatients(3).indexOf(undefined);
    expect(reports[well]!.testAccuracy).toBeGreaterThan(0.3);
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
