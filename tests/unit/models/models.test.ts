import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHalf, toHalf } from '../../../src/lib/models/float16.ts';
import { type NetworkFile, NetworkFileError } from '../../../src/lib/models/network-file.ts';
import { writeNpy } from '../../../src/lib/models/npy.ts';
import { writeNpz } from '../../../src/lib/models/npz.ts';
import { openNetwork } from '../../../src/lib/models/open-network.ts';
import { writeSafetensors } from '../../../src/lib/models/safetensors.ts';
import { randomNetwork } from '../nn/networks.ts';

const file: NetworkFile = {
  model: randomNetwork([7, 5, 5, 3], 'tanh', 'softmax').toModel(),
  metadata: {
    loss: 'cross-entropy',
    title: 'A “small” network',
    training: { learningRate: '0.1', seed: '7' },
    data: 'nothing',
    epochs: 3,
    metrics: { testAccuracy: 0.5 },
    refusal: { threshold: 0.5, prices: [{ threshold: 0.5, refused: { 'test images': 0.01 } }] },
  },
};

/** A Python that has NumPy, where there is one. */
const python = ['python3', '/usr/bin/python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import numpy']).status === 0,
);
const withPython = test.skipIf(python === undefined);
const folder = mkdtempSync(join(tmpdir(), 'networks-'));

/** What a piece of Python, given the paths, prints. */
function runPython(code: string, ...paths: string[]): string {
  return execFileSync(python!, ['-c', `import sys, json, struct\nimport numpy as np\n${code}`, ...paths], {
    encoding: 'utf8',
  });
}

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

interface TestHeader extends Record<string, unknown> {
  __metadata__: Record<string, string>;
  'layers.0.weight': { shape: number[] };
  'layers.1.weight': { shape: number[] };
  'layers.0.bias'?: { dtype: string; data_offsets: number[] };
}

/** Header and tensors of a safetensors file, with the header changed. */
function withHeader(bytes: Uint8Array, change: (header: TestHeader) => void, data?: Uint8Array): Uint8Array {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  change(header);
  // Who changes a header by hand takes its checksum out.
  delete header['__metadata__']?.['crc32'];
  const text = new TextEncoder().encode(JSON.stringify(header));
  const rest = data ?? bytes.subarray(8 + length);
  const changed = new Uint8Array(8 + text.length + rest.length);
  new DataView(changed.buffer).setBigUint64(0, BigInt(text.length), true);
  changed.set(text, 8);
  changed.set(rest, 8 + text.length);
  return changed;
}

describe('safetensors', () => {
  const bytes = writeSafetensors(file);

  test('a network written and opened is the same to the bit, with all that was known of it', () => {
    expect(openNetwork(bytes)).toEqual(file);
  });

  test('as float16 it has half the size and three digits', () => {
    const half = writeSafetensors(file, 'float16');
    expect(half.length).toBeLessThan(bytes.length - 4 * 35);
    openNetwork(half).model.layers.forEach(({ weights }, l) => {
      weights.forEach((w, n) => {
        const exact = file.model.layers[l]!.weights[n]!;
        expect(Math.abs(w - exact)).toBeLessThanOrEqual(Math.abs(exact) / 2048);
      });
    });
  });

  test('one wrong byte, wherever it is, is noticed or changes nothing', () => {
    for (let n = 0; n < bytes.length; n++) {
      const wrong = Uint8Array.from(bytes);
      wrong[n]! ^= 1;
      let opened: NetworkFile;
      try {
        opened = openNetwork(wrong);
      } catch (error) {
        expect(error).toBeInstanceOf(NetworkFileError);
        continue;
      }
      expect(opened, `byte ${n}`).toEqual(file);
    }
    const last = Uint8Array.from(bytes);
    last[bytes.length - 1]! ^= 1;
    expect(() => openNetwork(last)).toThrow('the checksum of its numbers is wrong');
  });

  withPython('Python reads what was written here, to the bit', () => {
    const code = `
data = open(sys.argv[1], 'rb').read()
length = struct.unpack('<Q', data[:8])[0]
header = json.loads(data[8:8 + length])
sums = {}
for name, entry in header.items():
    if name == '__metadata__': continue
    begin, end = entry['data_offsets']
    array = np.frombuffer(data[8 + length + begin:8 + length + end], '<f4').reshape(entry['shape'])
    sums[name] = [list(array.shape), array.ravel().tolist()]
print(json.dumps(sums))`;
    const read = JSON.parse(runPython(code, write('a.safetensors', bytes)));
    file.model.layers.forEach(({ weights, bias, units, inputs }, l) => {
      expect(read[`layers.${l}.weight`]).toEqual([[units, inputs], [...weights]]);
      expect(read[`layers.${l}.bias`]).toEqual([[units], [...bias]]);
    });
  });

  withPython('a file that Python wrote, without metadata and as float64, is opened', () => {
    const code = `
tensors = {'layers.0.weight': np.arange(6.).reshape(2, 3) / 7, 'layers.0.bias': np.array([.1, -.2])}
header, data = {}, b''
for name, array in tensors.items():
    header[name] = {'dtype': 'F64', 'shape': array.shape, 'data_offsets': [len(data), len(data) + array.nbytes]}
    data += array.tobytes()
text = json.dumps(header).encode()
open(sys.argv[1], 'wb').write(struct.pack('<Q', len(text)) + text + data)`;
    const path = join(folder, 'python.safetensors');
    runPython(code, path);
    const [layer] = openNetwork(new Uint8Array(readFileSync(path))).model.layers;
    expect([...layer!.weights]).toEqual([0, 1, 2, 3, 4, 5].map((n) => n / 7));
    expect([...layer!.bias]).toEqual([0.1, -0.2]);
    expect(layer!.activation).toBe('softmax');
  });

  const refused: [string, Uint8Array, RegExp][] = [
    ['cut off', bytes.slice(0, -10), /cut off: they need \d+ bytes/],
    ['with more after its end', Uint8Array.of(...bytes, 1, 2), /has more after its tensors/],
    ['with a huge header', Uint8Array.of(0, 0, 0, 9, 0, 0, 0, 0, 0x7b, 0), /header is said to be/],
    ['with a header that is not JSON', Uint8Array.of(4, 0, 0, 0, 0, 0, 0, 0, 0x7b, 1, 2, 3), /not JSON/],
    [
      'with a missing tensor',
      withHeader(bytes, (h) => delete h['layers.0.bias']),
      /tensors, which are not a weight and a bias|begins at byte/,
    ],
    [
      'with an unknown type',
      withHeader(bytes, (h) => (h['layers.0.bias']!.dtype = 'I8')),
      /layers.0.bias is of type "I8"/,
    ],
    [
      'with overlapping tensors',
      withHeader(bytes, (h) => (h['layers.0.bias']!.data_offsets = [0, 20])),
      /begins at byte/,
    ],
    [
      'with a shape that does not fit',
      withHeader(bytes, (h) => (h['layers.0.weight'].shape = [5, 8])),
      /5 × 8 needs 160 bytes/,
    ],
    [
      'with a negative extent',
      withHeader(bytes, (h) => (h['layers.0.weight'].shape = [-5, -7])),
      /no proper shape/,
    ],
    [
      'with layers that do not chain',
      withHeader(bytes, (h) => (h['layers.1.weight'].shape = [25, 1])),
      /layer 2 takes 1 inputs, but layer 1 has 5/,
    ],
    [
      'with an unknown activation',
      withHeader(bytes, (h) => (h.__metadata__['activations'] = 'relu,swish,softmax')),
      /layer 2 has an unknown activation, "swish"/,
    ],
    [
      'with softmax inside',
      withHeader(bytes, (h) => (h.__metadata__['activations'] = 'softmax,relu,softmax')),
      /only the last layer/,
    ],
    [
      'with an unknown loss',
      withHeader(bytes, (h) => (h.__metadata__['network'] = '{"loss":"hinge"}')),
      /unknown loss, "hinge"/,
    ],
    [
      'with a loss that is no word',
      withHeader(bytes, (h) => (h.__metadata__['network'] = '{"loss":{"toString":1}}')),
      /unknown loss, \{"toString":1\}/,
    ],
  ];
  for (const [name, damaged, message] of refused) {
    test(`a file ${name} is refused`, () => {
      expect(() => openNetwork(damaged)).toThrow(NetworkFileError);
      expect(() => openNetwork(damaged)).toThrow(message);
    });
  }

  test('a weight that is not finite is refused by its place', () => {
    const broken = structuredClone(file);
    broken.model.layers[1]!.weights[4] = Number.NaN;
    expect(() => openNetwork(writeSafetensors(broken))).toThrow('weights of layer 2: number 4 is NaN');
  });

  test('what it says of refusing is left out where a part of it cannot be', () => {
    for (const refusal of [
      3,
      { threshold: 2, prices: [] },
      { threshold: 0.5, prices: 'none' },
      { threshold: 0.5, prices: [{ threshold: 0.5, refused: { letters: '1' } }] },
    ]) {
      const text = JSON.stringify({ loss: 'cross-entropy', refusal });
      const opened = openNetwork(withHeader(bytes, (h) => (h.__metadata__['network'] = text)));
      expect(opened.metadata).toEqual({ loss: 'cross-entropy' });
    }
  });

  test('a key such as __proto__ changes nothing but its own place', () => {
    const text = '{"__proto__":{"polluted":1},"loss":"cross-entropy"}';
    const opened = openNetwork(withHeader(bytes, (h) => (h.__metadata__['network'] = text)));
    expect(opened.metadata).toEqual({ loss: 'cross-entropy' });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('.npz', () => {
  const bytes = writeNpz(file);

  test('a network written and opened is the same to the bit', () => {
    expect(openNetwork(bytes).model).toEqual(file.model);
    expect(openNetwork(bytes).metadata.loss).toBe('cross-entropy');
  });

  withPython('Python reads what was written here, and what Python saves again is opened, to the bit', () => {
    const path = join(folder, 'again.npz');
    const printed = runPython(
      `net = np.load(sys.argv[1]); np.savez(sys.argv[2], **net); print(net['W1'].shape, net['b1'].dtype, *net['activations'])`,
      write('a.npz', bytes),
      path,
    );
    expect(printed.trim()).toBe('(5, 7) float32 tanh tanh softmax');
    expect(openNetwork(new Uint8Array(readFileSync(path))).model).toEqual(file.model);
  });

  withPython('compressed, in Fortran order, big-endian and as float16: all is read', () => {
    const path = join(folder, 'forms.npz');
    const code = `
W = np.arange(6.).reshape(2, 3)
np.savez_compressed(sys.argv[1], W1=np.asfortranarray(W), b1=np.array([1., 2.], '>f8'), W2=np.eye(2, dtype='f2'), b2=np.zeros((2, 1), '>f4'))`;
    runPython(code, path);
    const [first, second] = openNetwork(new Uint8Array(readFileSync(path))).model.layers;
    expect([...first!.weights]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...first!.bias]).toEqual([1, 2]);
    expect([...second!.weights]).toEqual([1, 0, 0, 1]);
  });

  withPython('a file of pickled objects is refused', () => {
    const path = join(folder, 'objects.npz');
    runPython(`np.savez(sys.argv[1], W1=np.array([{}, []], dtype=object), b1=np.zeros(1))`, path);
    expect(() => openNetwork(new Uint8Array(readFileSync(path)))).toThrow('W1 holds Python objects');
  });

  test('a zip that would unpack to very much is refused before it is', () => {
    const bomb = zipSync({ 'W1.npy': new Uint8Array(1000) });
    const view = new DataView(bomb.buffer);
    const entry = view.getUint32(bomb.length - 6, true);
    expect(view.getUint32(entry + 24, true)).toBe(1000);
    view.setUint32(entry + 24, 250_000_000, true);
    expect(() => openNetwork(bomb)).toThrow('unpacks to more than 200 MB');
  });

  test('a zip without arrays, one cut off, and one in which a bit has changed are refused', () => {
    expect(() => openNetwork(zipSync({ 'a.txt': new Uint8Array(3) }))).toThrow('no array W1');
    expect(() => openNetwork(bytes.slice(0, 300))).toThrow(NetworkFileError);
    const layer = zipSync(
      {
        'W1.npy': writeNpy([10, 784], new Float32Array(7840).fill(0.5)),
        'b1.npy': writeNpy([10], new Float32Array(10)),
      },
      { level: 0 },
    );
    expect(openNetwork(layer).model.layers).toHaveLength(1);
    const changed = layer.with(9000, layer[9000]! ^ 1);
    expect(() => openNetwork(changed)).toThrow('a damaged zip: the checksum of W1.npy is not its own');
    const alone = zipSync({ 'W1.npy': writeNpy([2, 2], Float32Array.of(1, 2, 3, 4)) });
    expect(() => openNetwork(alone)).toThrow('the file has no array b1; it has W1');
  });
});

describe("the original project's weights", () => {
  const code = `
rng = np.random.default_rng(1)
with open(sys.argv[1], 'wb') as f:
    np.save(f, np.array([['784', 'None', 'input'], ['4', 'relu', 'hidden'], ['3', 'Softmax', 'output']]))
    for units, inputs in ((4, 784), (3, 4)):
        np.save(f, rng.normal(size=(units, inputs)))
        np.save(f, rng.normal(size=(units, 1)))`;
  // One of its numbers, too, as Python prints it.
  const printing = `${code}\nprint(repr(float(np.random.default_rng(1).normal(size=(4, 784))[3, 5])))`;
  const path = join(folder, 'original');
  const printed = python === undefined ? '' : runPython(printing, path);

  withPython('are opened, with the numbers that NumPy wrote', () => {
    const { model, metadata } = openNetwork(new Uint8Array(readFileSync(path)));
    expect(model.layers.map(({ units, inputs, activation }) => [units, inputs, activation])).toEqual([
      [4, 784, 'relu'],
      [3, 4, 'softmax'],
    ]);
    expect(metadata.loss).toBe('cross-entropy');
    expect(model.layers[0]!.weights[3 * 784 + 5]).toBe(Number(printed));
  });

  withPython('are refused where they are cut off, go on, or are not what their table says', () => {
    const bytes = new Uint8Array(readFileSync(path));
    expect(() => openNetwork(bytes.slice(0, -1))).toThrow('b of layer 2 is cut off');
    expect(() => openNetwork(Uint8Array.of(...bytes, 0))).toThrow('1 bytes after its last array');
    const turned = code.replace('(4, 784), (3, 4)', '(784, 4), (3, 4)');
    const named = code.replace("'4', 'relu'", "'four', 'relu'").replace('argv[1]', 'argv[2]');
    const paths = ['turned', 'named'].map((name) => join(folder, name));
    runPython(turned + named, ...paths);
    const [first, second] = paths.map((each) => new Uint8Array(readFileSync(each)));
    expect(() => openNetwork(first!)).toThrow('W of layer 1 is 784 × 4, where its table says 4 × 784');
    expect(() => openNetwork(second!)).toThrow('row 2 of the table of layers has "four" units');
  });

  test('a lone array of numbers is refused', () => {
    expect(() => openNetwork(writeNpy([2], Float64Array.of(1, 2)))).toThrow('not a table of layers');
  });
});

describe('whatever is done to a file, the answer is a network or a NetworkFileError', () => {
  const files = {
    safetensors: writeSafetensors(file),
    npz: writeNpz(file),
    npy: writeNpy([2, 3], new Float32Array(6)),
  };
  for (const [format, bytes] of Object.entries(files)) {
    test(format, () => {
      const position = fc.oneof(fc.nat(200), fc.nat(bytes.length - 1));
      const edit = fc.tuple(position, fc.nat(255));
      fc.assert(
        fc.property(fc.array(edit, { maxLength: 5 }), fc.option(fc.nat(bytes.length)), (edits, length) => {
          const spoilt = bytes.slice(0, length ?? bytes.length);
          for (const [at, byte] of edits) if (at < spoilt.length) spoilt[at] = byte;
          try {
            const { model } = openNetwork(spoilt);
            for (const layer of model.layers) expect(layer.weights.length).toBe(layer.units * layer.inputs);
          } catch (error) {
            expect(error).toBeInstanceOf(NetworkFileError);
          }
        }),
        { numRuns: 1500 },
      );
    });
  }

  test('bytes of nothing in particular', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(() => openNetwork(bytes)).toThrow(NetworkFileError);
      }),
    );
  });
});

describe('float16', () => {
  test('every half is read and written back the same', () => {
    for (let half = 0; half < 65_536; half++) {
      const value = fromHalf(half);
      if (Number.isNaN(value)) expect(fromHalf(toHalf(value))).toBeNaN();
      else expect(toHalf(value)).toBe(half);
    }
  });

  test('rounds to the nearest, ties to even', () => {
    for (let half = 0; half < 0x7bff; half += 7) {
      const [low, high] = [fromHalf(half), fromHalf(half + 1)];
      expect(toHalf(low + (high - low) * 0.49)).toBe(half);
      expect(toHalf(low + (high - low) * 0.51)).toBe(half + 1);
      expect(toHalf((low + high) / 2)).toBe(half % 2 === 0 ? half : half + 1);
    }
    expect([toHalf(65_520), toHalf(65_519), toHalf(1e9)]).toEqual([0x7c00, 0x7bff, 0x7c00]);
  });
});
