import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { subset } from '../../../src/lib/data/dataset.ts';
import { writeIdx } from '../../../src/lib/data/idx.ts';
import { openNetwork } from '../../../src/lib/models/open-network.ts';
import { type TrainAndTest, loadFolder, loadMnist } from '../../../scripts/mnist.ts';
import { UsageError, readOptions } from '../../../scripts/options.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'commands-'));
const digits = join(folder, 'digits');
let few: TrainAndTest;

function command(name: string, ...args: string[]) {
  const result = spawnSync(process.execPath, [join(ROOT, `scripts/${name}.ts`), ...args], {
    encoding: 'utf8',
  });
  return { status: result.status, output: result.stdout + result.stderr };
}

beforeAll(async () => {
  const { train, test: testing } = await loadMnist();
  const first = (count: number) => Array.from({ length: count }, (_, i) => i);
  few = { train: subset(train, first(300)), test: subset(testing, first(100)) };
  mkdirSync(digits);
  for (const [prefix, dataset] of [
    ['train', few.train],
    ['t10k', few.test],
  ] as const) {
    const { images, labels } = writeIdx(dataset);
    writeFileSync(join(digits, `${prefix}-images-idx3-ubyte`), images);
    writeFileSync(join(digits, `${prefix}-labels-idx1-ubyte.gz`), gzipSync(labels));
  }
});

describe('npm run data', () => {
  test('--from a folder of IDX files, packed or not, --csv writes CSV files that are read back the same', async () => {
    const csv = join(folder, 'csv');
    const { status } = command('data', '--from', digits, '--csv', csv);
    expect(status).toBe(0);
    const header = readFileSync(join(csv, 'mnist_train.csv'), 'utf8').split('\n')[0]!;
    expect(header.startsWith('pixel_0,pixel_1,')).toBe(true);
    expect(header.endsWith(',pixel_783,label')).toBe(true);
    const again = await loadFolder(csv);
    expect(again.train.values).toEqual(few.train.values);
    expect(again.test.labels).toEqual(few.test.labels);
  });

  test('a folder without images, or none at all, is one sentence', () => {
    expect(command('data', '--from', folder)).toMatchObject({
      status: 1,
      output: expect.stringContaining('has no training images'),
    });
    const missing = command('data', '--from', join(folder, 'nowhere'));
    expect(missing.status).toBe(1);
    expect(missing.output.trim().split('\n')).toHaveLength(1);
  });
});

describe('npm run train', () => {
  test('writes a network and its card, which evaluate reads to the same accuracy', () => {
    const out = join(folder, 'small.safetensors');
    const flags = ['--layers', '784,16,10', '--epochs', '5', '--batch', '32', '--lr', '0.2', '--seed', '3'];
    const trained = command('train', '--out', out, '--data', digits, '--title', 'Small', ...flags);
    expect(trained.output).toContain('epoch 5 of 5');
    const { model, metadata } = openNetwork(readFileSync(out));
    expect(model.layers.map(({ units }) => units)).toEqual([16, 10]);
    expect(metadata).toMatchObject({
      title: 'Small',
      epochs: 5,
      training: { seed: '3', learningRate: '0.2' },
    });
    expect(metadata.metrics!['testAccuracy']).toBeGreaterThan(0.5);
    const accuracy = `${(100 * metadata.metrics!['testAccuracy']!).toFixed(2)} %`;
    expect(readFileSync(join(folder, 'small.md'), 'utf8')).toContain(`--layers 784,16,10`);
    expect(readFileSync(join(folder, 'small.md'), 'utf8')).toContain(accuracy);
    expect(command('evaluate', out, '--data', digits).output).toContain(`accuracy ${accuracy}`);
  });

  test('Ctrl-C saves what there is', async () => {
    const out = join(folder, 'stopped.safetensors');
    const args = ['--out', out, '--data', digits, '--epochs', '100000', '--layers', '784,8,10'];
    const child = spawn(process.execPath, [join(ROOT, 'scripts/train.ts'), ...args]);
    let output = '';
    let interrupted = false;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('epoch ') && !interrupted) interrupted = child.kill('SIGINT');
    });
    const status = await new Promise((resolve) => child.on('exit', resolve));
    expect(status).toBe(0);
    expect(output).toContain('Stopped after');
    const { metadata } = openNetwork(readFileSync(out));
    expect(metadata.epochs).toBeGreaterThan(0);
    expect(metadata.epochs).toBeLessThan(100_000);
  });

  test('an option that cannot be is named, and nothing is written', () => {
    const out = join(folder, 'never.safetensors');
    const { status, output } = command('train', '--out', out, '--lr', 'fast');
    expect(status).toBe(1);
    expect(output.trim()).toBe('Learning rate must be a number from 1e-8 to 1000, not fast');
    expect(existsSync(out)).toBe(false);
  });
});

describe('the command line', () => {
  test('takes every option of a run as a flag', () => {
    const { setup } = readOptions(['--batch', '64', '--l2', '0.1', '--optimizer', 'adam'], []);
    expect(setup).toMatchObject({ batchSize: 64, l2: 0.1, optimizer: 'adam' });
  });

  test('refuses a flag that it does not know', () => {
    expect(() => readOptions(['--bach', '64'], [])).toThrow(UsageError);
    expect(() => readOptions(['--bach', '64'], [])).toThrow('--bach');
  });
});

describe('npm run evaluate', () => {
  for (const [name, least] of [
    ['original', 0.975],
    ['shipped', 0.985],
  ] as const) {
    test(`${name} reads MNIST's test images as well as its card says, and as it must`, () => {
      const file = join(ROOT, `public/models/${name}.safetensors`);
      const { output } = command('evaluate', file);
      const accuracy = Number(/10000 images: accuracy ([\d.]+) %/.exec(output)![1]);
      expect(accuracy / 100).toBeGreaterThanOrEqual(least);
      expect(readFileSync(join(ROOT, `public/models/${name}.md`), 'utf8')).toContain(
        `| ${accuracy.toFixed(2)} % |`,
      );
      expect(output).toContain('Confusion matrix');
      expect(readFileSync(file).length).toBeLessThan(1_500_000);
    });
  }

  test('a file that is no network, and one that is not there, are one sentence', () => {
    expect(command('evaluate', join(ROOT, 'package.json'))).toMatchObject({
      status: 1,
      output: expect.stringContaining('this is no network'),
    });
    expect(command('evaluate', join(folder, 'nothing'))).toMatchObject({
      status: 1,
      output: expect.stringContaining('cannot be read'),
    });
  });
});
