import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { subset } from '../../../src/lib/data/dataset.ts';
import { writeIdx } from '../../../src/lib/data/idx.ts';
import { writeNpy } from '../../../src/lib/models/npy.ts';
import { openNetwork } from '../../../src/lib/models/open-network.ts';
import { loadFolder } from '../../../scripts/network/folder.ts';
import { type TrainAndTest, loadMnist } from '../../../scripts/network/mnist.ts';
import { UsageError, readOptions } from '../../../scripts/network/options.ts';
import { randomNetwork } from '../nn/networks.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'commands-'));
const digits = join(folder, 'digits');
/** Few, as each takes two thousandths of a second to draw. */
const pen = ['--pen', '50'];
let few: Pick<TrainAndTest, 'train' | 'test'>;

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

describe('npm run train', { tags: ['slow'] }, () => {
  test('writes a network and its card, which evaluate reads to the same accuracy', () => {
    const out = join(folder, 'small.safetensors');
    const flags = ['--layers', '784,16,10', '--epochs', '5', '--batch', '32', '--lr', '0.2', '--seed', '3'];
    const trained = command('train', '--out', out, '--data', digits, '--title', 'Small', ...pen, ...flags);
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
    expect(command('evaluate', out, '--data', digits, ...pen).output).toContain(`accuracy ${accuracy}`);
  });

  test('Ctrl-C saves what there is', async () => {
    const out = join(folder, 'stopped.safetensors');
    const args = ['--out', out, '--data', digits, '--epochs', '100000', '--layers', '784,8,10', ...pen];
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
    expect(command('train', '--out', out, '--pen', 'all').output.trim()).toBe(
      '--pen is an integer from 1 to 100000, not all',
    );
    expect(existsSync(out)).toBe(false);
  });
});

describe('what a card says was measured and used', () => {
  const out = join(folder, 'own.safetensors');
  const args = [
    '--out',
    out,
    '--data',
    digits,
    '--epochs',
    '2',
    '--layers',
    '784,12,10',
    '--examples',
    '200',
    '--batch',
    '50',
    ...pen,
  ];

  test('are the images of the folder and their number, and evaluate prints the same by the command on it', () => {
    expect(command('train', ...args, '--validation', '40', '--pen-digits', '30').status).toBe(0);
    const card = readFileSync(join(folder, 'own.md'), 'utf8');
    expect(card).not.toMatch(/MNIST's|10,000|60,000/);
    expect(card).toContain('200 of its 300 training images, and 30 generated pen digits');
    const line = /\| t10k-images-idx3-ubyte, 100 images \| ([\d.]+ %) \|/.exec(card);
    expect(card).toContain('| train-images-idx3-ubyte, 300 images |');
    expect(card).toContain('| 50 generated pen digits, not seen in training |');
    const again = /npm run evaluate -- (.*)/.exec(card)![1]!.split(' ');
    const { output } = command('evaluate', ...again);
    expect(output).toContain(`100 images: accuracy ${line![1]}`);
    expect(output).toContain('Generated pen digits, 50: accuracy');
  });

  test('going on from a network, they are its own layers; an option that would have no effect is refused', () => {
    const next = join(folder, 'next.safetensors');
    const from = ['--from', out, '--out', next, '--data', digits, '--epochs', '1', '--batch', '50', ...pen];
    for (const [flag, value] of [
      ['--layers', '784,9,10'],
      ['--activation', 'tanh'],
      ['--init', 'zeros'],
    ] as const) {
      const { status, output } = command('train', ...from, flag, value);
      expect([flag, status]).toEqual([flag, 1]);
      expect(output).toContain(`${flag} would have no effect beside --from`);
    }
    expect(existsSync(next)).toBe(false);
    expect(command('train', ...from).status).toBe(0);
    const { model, metadata } = openNetwork(readFileSync(next));
    expect(model.layers[0]!.units).toBe(12);
    expect(metadata.training).toMatchObject({ layers: '784,12,10', from: out });
    expect(readFileSync(join(folder, 'next.md'), 'utf8')).toContain(`going on from the weights of ${out}`);
  });
});

describe('a network whose file does not name its activations', () => {
  const path = join(folder, 'nameless.npz');

  test('is said to be assumed, and can be told, by evaluate and by train', () => {
    const { layers } = randomNetwork([784, 6, 10], 'sigmoid', 'softmax').toModel();
    const arrays = layers.flatMap(({ units, inputs, weights, bias }, l) => [
      [`W${l + 1}.npy`, writeNpy([units, inputs], Float32Array.from(weights))],
      [`b${l + 1}.npy`, writeNpy([units], Float32Array.from(bias))],
    ]);
    writeFileSync(path, zipSync(Object.fromEntries(arrays)));
    const assumed = command('evaluate', path, '--data', digits, ...pen).output;
    expect(assumed).toContain('does not name the activation of its hidden layers: ReLU was assumed');
    const told = command(
      'evaluate',
      path,
      '--data',
      digits,
      '--activation',
      'sigmoid',
      '--output',
      'softmax',
      ...pen,
    ).output;
    expect(told).not.toContain('assumed');
    const loss = (output: string) => /loss ([\d.]+)/.exec(output)![1];
    expect(loss(told)).not.toBe(loss(assumed));
    const out = join(folder, 'told.safetensors');
    command(
      'train',
      '--from',
      path,
      '--activation',
      'sigmoid',
      '--data',
      digits,
      '--epochs',
      '1',
      '--batch',
      '50',
      '--out',
      out,
      ...pen,
    );
    const { model, metadata } = openNetwork(readFileSync(out));
    expect(model.layers[0]!.activation).toBe('sigmoid');
    expect(metadata.training).toMatchObject({ layers: '784,6,10', activation: 'sigmoid' });
  });
});

describe('where a network is to go is tried before the first epoch', () => {
  const args = ['--data', digits, '--epochs', '100000'];

  test('a folder that is not there, one in place of the file, one that may not be written to', () => {
    mkdirSync(join(folder, 'taken.npz'));
    mkdirSync(join(folder, 'card.md'));
    const cases: [string, RegExp][] = [
      [join(folder, 'nowhere', 'x.safetensors'), /there is no folder .*nowhere; make it first/],
      [join(folder, 'taken.npz'), /taken.npz is a folder/],
      [join(folder, 'card.safetensors'), /card.md is a folder/],
      ['/proc/x.safetensors', /^--out: .*x.safetensors/],
    ];
    for (const [out, message] of cases) {
      const { status, output } = command('train', ...args, '--out', out);
      expect([out, status]).toEqual([out, 1]);
      expect(output.trim()).toMatch(message);
      expect(output).not.toMatch(/E[A-Z]{4,}:|epoch 1/);
    }
    expect(existsSync(join(folder, 'card.safetensors'))).toBe(false);
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

describe('npm run evaluate', { tags: ['slow'] }, () => {
  for (const [name, least] of [
    ['original', 0.975],
    ['shipped', 0.995],
  ] as const) {
    test(`${name} reads MNIST's test images as well as its card says, and as it must`, () => {
      const file = join(ROOT, `public/models/${name}.safetensors`);
      const { output } = command('evaluate', file, ...pen);
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
