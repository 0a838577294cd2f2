import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { Network } from '../../../src/lib/nn/network.ts';
import { Random } from '../../../src/lib/nn/random.ts';
import { type Receipt, makeReceipt } from '../../../src/lib/experiments/receipt.ts';
import { architectureOf, defaultSetup } from '../../../src/lib/training/setup.ts';
import { penDigits } from '../training/digits.ts';

const SCRIPT = fileURLToPath(new URL('../../../public/receipt/check_receipt.py', import.meta.url));
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

const folder = mkdtempSync(join(tmpdir(), 'receipt-'));
afterAll(() => rmSync(folder, { recursive: true }));

const digits = penDigits(5);
const model = Network.initialize(architectureOf(defaultSetup), 'he', new Random(2)).toModel();
const receipt = makeReceipt(model, digits, 3, 0.1);

/** Runs a script on each of some files, as a command of its own would, with NumPy loaded once for all. */
const RUN_ON_EACH = `
import contextlib, io, json, runpy, sys
script, *files = sys.argv[1:]
for file in files:
    said, status = io.StringIO(), 0
    sys.argv = [script, file]
    with contextlib.redirect_stdout(said):
        try:
            runpy.run_path(script, run_name='__main__')
        except SystemExit as end:
            status = 0 if end.code in (None, 0) else 1
    print(json.dumps({'status': status, 'output': said.getvalue()}))`;

function check(receipts: readonly unknown[]): { status: number; output: string }[] {
  const files = receipts.map((each, n) => {
    const file = join(folder, `receipt-${n}.json`);
    writeFileSync(file, JSON.stringify(each));
    return file;
  });
  const { stdout } = spawnSync('python3', ['-c', RUN_ON_EACH, SCRIPT, ...files], { encoding: 'utf8' });
  const lines = stdout.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as { status: number; output: string });
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
    const { status, output } = check([receipt])[0]!;
    expect(output).toContain('Equal to 1e-6: all');
    expect(status).toBe(0);
  });

  test('refuses one with a single changed number, wherever it is', () => {
    const random = new Random(4);
    const keys = ['W', 'b', 'z', 'a', 'delta', 'dW', 'db', 'W_after', 'b_after'] as const;
    const forgeries = keys.map((key) => {
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
      return forged;
    });
    const verdicts = check(forgeries);
    for (const [n, key] of keys.entries()) {
      expect(verdicts[n]!.status, key).not.toBe(0);
      expect(verdicts[n]!.output, key).toContain('NOT EQUAL');
    }
  });
});
