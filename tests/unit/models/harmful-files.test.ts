import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { writeNpy, writeNpyTexts } from '../../../src/lib/models/npy.ts';
import { writeNpz } from '../../../src/lib/models/npz.ts';
import { writeSafetensors } from '../../../src/lib/models/safetensors.ts';
import { randomNetwork } from '../nn/networks.ts';
import type { OpeningCost } from './open-and-measure.ts';

/** The bounds that the site promises for any file made to harm. */
const MOST_SECONDS = 2;
const MOST_MEMORY = 300e6;

const folder = mkdtempSync(join(tmpdir(), 'harmful-'));
const measuring = join(import.meta.dirname, 'open-and-measure.ts');

function costOf(name: string, bytes: Uint8Array): OpeningCost {
  const path = join(folder, name.replaceAll(/\W+/g, '-'));
  writeFileSync(path, bytes);
  const { status, stdout, stderr } = spawnSync(process.execPath, [measuring, path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the process ended with ${status}: ${stderr.slice(-500)}`);
  return JSON.parse(stdout);
}

/** A zip whose directory says what it is told to: names, bodies shared between them, sizes that need not be true. */
function zipOf(
  body: Uint8Array,
  names: readonly string[],
  announced: { packed?: number; unpacked: number },
): Uint8Array {
  const local = new Uint8Array(30);
  const header = new DataView(local.buffer);
  header.setUint32(0, 0x04034b50, true);
  header.setUint16(8, 8, true);
  const directory = names.map((name) => {
    const entry = new Uint8Array(46 + name.length);
    const view = new DataView(entry.buffer);
    view.setUint32(0, 0x02014b50, true);
    view.setUint16(10, 8, true);
    view.setUint32(20, announced.packed ?? body.length, true);
    view.setUint32(24, announced.unpacked, true);
    view.setUint16(28, name.length, true);
    entry.set(new TextEncoder().encode(name), 46);
    return entry;
  });
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, names.length, true);
  end.setUint16(10, names.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, local.length + body.length, true);
  return Buffer.concat([local, body, ...directory, new Uint8Array(end.buffer)]);
}

/** An array whose header says more than it holds. */
function npyOf(descr: string, shape: string, body = new Uint8Array(0)): Uint8Array {
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }\n`;
  const bytes = new Uint8Array(10 + dictionary.length + body.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, dictionary.length, 0]);
  bytes.set(new TextEncoder().encode(dictionary), 10);
  bytes.set(body, 10 + dictionary.length);
  return bytes;
}

function safetensorsOf(header: object, length: number): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const zeros = (length: number) => deflateRawSync(new Uint8Array(length), { level: 9 });
const names = (count: number) => Array.from({ length: count }, (_, n) => `W${n + 1}.npy`);
const flat = (units: number, inputs: number, size = 4) => ({
  'layers.0.weight': { dtype: 'F32', shape: [units, inputs], data_offsets: [0, units * inputs * size] },
  'layers.0.bias': {
    dtype: 'F32',
    shape: [units],
    data_offsets: [units * inputs * size, units * (inputs + 1) * size],
  },
});

const harmful: [string, () => Uint8Array][] = [
  [
    'npz: 200 names share one body of 150 MB, as announced',
    () => zipOf(zeros(150e6), names(200), { unpacked: 150e6 }),
  ],
  [
    'npz: 200 names share one body that is announced as small',
    () => zipOf(zeros(150e6), names(200), { unpacked: 100 }),
  ],
  ['npz: one name, 190 MB of zeros', () => zipOf(zeros(190e6), names(1), { unpacked: 190e6 })],
  [
    'npz: one name, 300 MB of zeros announced as 4 kB',
    () => zipOf(zeros(300e6), names(1), { unpacked: 4096 }),
  ],
  [
    'npz: a body announced as empty of packed bytes',
    () => zipOf(zeros(50e6), names(60), { packed: 0, unpacked: 4 }),
  ],
  ['npz: a directory of 60,000 names', () => zipOf(zeros(10), names(60_000), { unpacked: 1 })],
  [
    'npz: texts of length 0 in it',
    () =>
      zipSync({ 'activations.npy': npyOf('|S0', '900000000,'), 'W1.npy': npyOf('<U0', '7000000000000,') }),
  ],
  ['npy: 800 million texts of length 0', () => npyOf('|S0', '800000000,')],
  ['npy: 10¹⁵ texts of length 0', () => npyOf('<U0', '1000000000000000,')],
  ['npy: 4 million texts of one letter', () => npyOf('|S1', '4000000,', new Uint8Array(4e6).fill(65))],
  ['npy: 10¹⁵ numbers', () => npyOf('<f8', '1000000000000000,')],
  [
    'npy: extents whose product overflows',
    () => npyOf('<f4', '9999999999999999999999, 9999999999999999999999, 0'),
  ],
  ['npy: 0 × 10¹⁵ texts', () => npyOf('<U3', '0, 1000000000000000')],
  ['safetensors: no units', () => safetensorsOf(flat(0, 784), 0)],
  ['safetensors: no inputs', () => safetensorsOf(flat(9, 0), 36)],
  ['safetensors: 69,000 units', () => safetensorsOf(flat(69_000, 1), 69_000 * 8)],
  ['safetensors: 2 million inputs', () => safetensorsOf(flat(1, 2e6), 8e6 + 4)],
  ['safetensors: extents of 10¹⁵', () => safetensorsOf(flat(1e15, 0), 0)],
  [
    'safetensors: a header of 900,000 brackets',
    () => {
      const bytes = safetensorsOf({}, 900_000).fill(0x5b, 8);
      new DataView(bytes.buffer).setBigUint64(0, 900_000n, true);
      bytes[8] = 0x7b;
      return bytes;
    },
  ],
  [
    'safetensors: forty layers of 4,000 units, one wide and one narrow',
    () => {
      const header: Record<string, object> = {};
      let at = 0;
      for (let l = 0; l < 40; l++) {
        const [units, inputs] = l % 2 === 0 ? [4000, 1] : [1, 4000];
        header[`layers.${l}.weight`] = {
          dtype: 'F32',
          shape: [units, inputs],
          data_offsets: [at, at + 16_000],
        };
        at += 16_000;
        header[`layers.${l}.bias`] = { dtype: 'F32', shape: [units], data_offsets: [at, at + 4 * units] };
        at += 4 * units;
      }
      return safetensorsOf(header, at);
    },
  ],
  ['float64 weights of 1e308', () => weighing(1e308)],
  ['float32 weights of 2e38', () => weighing(2e38, 'float32')],
];

function weighing(weight: number, precision: 'float32' | 'float64' = 'float64'): Uint8Array {
  const arrayOf = (length: number) =>
    (precision === 'float64' ? new Float64Array(length) : new Float32Array(length)).fill(weight);
  return zipSync({
    'W1.npy': writeNpy([10, 784], arrayOf(7840)),
    'b1.npy': writeNpy([10], arrayOf(10)),
    'activations.npy': writeNpyTexts(['softmax']),
  });
}

describe('a file made to harm is refused, at once and in little memory', () => {
  for (const [name, make] of harmful) {
    test(name, () => {
      const { refusal, error, seconds, memory } = costOf(name, make());
      expect([error, refusal]).toEqual(['NetworkFileError', expect.stringMatching(/\w/)]);
      expect(seconds).toBeLessThan(MOST_SECONDS);
      expect(memory).toBeLessThan(MOST_MEMORY);
    });
  }
});

describe('a file of the same make that is sound is opened and run', () => {
  const file = {
    model: randomNetwork([784, 300, 100, 10], 'relu', 'softmax').toModel(),
    metadata: { loss: 'cross-entropy' as const },
  };
  const sound: [string, () => Uint8Array][] = [
    ['npz', () => writeNpz(file)],
    ['safetensors', () => writeSafetensors(file)],
    [
      'npz of zeros, packed',
      () =>
        zipSync({
          'W1.npy': writeNpy([10, 784], new Float32Array(7840)),
          'b1.npy': writeNpy([10], new Float32Array(10)),
        }),
    ],
    ['weights of 1e12', () => weighing(1e12)],
    ['a layer of 60,000 units', () => safetensorsOf(flat(60_000, 2), 60_000 * 12)],
  ];
  for (const [name, make] of sound) {
    test(name, () => {
      const { refusal, areFinite } = costOf(name, make());
      expect([refusal, areFinite]).toEqual([undefined, true]);
    });
  }
});
