import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { type Receipt, makeReceipt } from '../../../src/lib/nn/receipt.ts';
import { architectureOf, defaultSetup } from '../../../src/lib/training/setup.ts';
import { penDigits } from '../training/digits.ts';

const SCRIPT = fileURLToPath(new URL('../../../public/receipt/check_receipt.py', import.meta.url));
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

const folder = mkdtempSync(join(tmpdir(), 'receipt-'));
afterAll(() => rmSync(folder, { recursive: true }));

const digits = penDigits(5);
const model = Network.initialize(architectureOf(defaultSetup), 'he', new Random(2)).toModel();
const receipt = makeReceipt(model, digits, 3, 0.1);

function check(of: unknown): { status: number | null; output: string } {
  const file = join(folder, 'receipt.json');
  writeFileSync(file, JSON.stringify(of));
  const { status, stdout, stderr } = spawnSync('python3', [SCRIPT, file], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

test('a receipt holds every number of the step', () => {
  expect(receipt.x).toHaveLength(784);
  expect(receipt.label).toBe(digits.labels[3]);
  expect(receipt.layers.map(({ W }) => [W.length, W[0]!.length])).toEqual([
    [32, 784],
    [32, 32],
    [10, 32],
  ]);
  const { W, dW, W_after } = receipt.layers[1]!;
  expect(W_after[4]![7]).toBeCloseTo(W[4]![7]! - 0.1 * dW[4]![7]!, 12);
});

describe.runIf(hasNumpy)('NumPy', () => {
  test('accepts a true receipt', () => {
    const { status, output } = check(receipt);
    expect(output).toContain('Equal to 1e-6: all');
    expect(status).toBe(0);
  });

  test('refuses one with a single changed number, wherever it is', () => {
    const random = new Random(4);
    const keys = ['W', 'b', 'z', 'a', 'delta', 'dW', 'db', 'W_after', 'b_after'] as const;
    for (const key of keys) {
      const forged = structuredClone(receipt) as Receipt;
      const layer = forged.layers[random.below(3)]! as unknown as Record<string, unknown[]>;
      const at = random.below(layer[key]!.length);
      const place = layer[key]![at];
      if (Array.isArray(place)) {
        // A weight that meets a pixel of 0 still stands in the weights after the step.
        place[random.below(place.length)] += 1e-4;
      } else {
        layer[key]![at] = (place as number) + 1e-4;
      }
      const { status, output } = check(forged);
      expect(status, key).not.toBe(0);
      expect(output, key).toContain('NOT EQUAL');
    }
  });
});
