import 'fake-indexeddb/auto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import { readCsv, csvRows } from '../../src/lib/data/csv.ts';
import { DataError, createDataset } from '../../src/lib/data/dataset.ts';
import { readIdxDataset, readIdxImages, readIdxLabels, writeIdx } from '../../src/lib/data/idx.ts';
import { readManifest, readShard, writeShard } from '../../src/lib/data/shards.ts';
import { mnistStyle } from '../../src/lib/ink/prepare.ts';
import { Raster } from '../../src/lib/ink/raster.ts';
import { StrokeFileError, readStrokes, writeStrokes } from '../../src/lib/ink/stroke-file.ts';
import { NetworkFileError } from '../../src/lib/models/network-file.ts';
import { writeNpz } from '../../src/lib/models/npz.ts';
import { openNetwork } from '../../src/lib/models/open-network.ts';
import { writeSafetensors } from '../../src/lib/models/safetensors.ts';
import { Network } from '../../src/lib/nn/network.ts';
import { Random } from '../../src/lib/nn/random.ts';
import { defaultSetup, formatSetup } from '../../src/lib/training/setup.ts';
import { packSnapshot } from '../../src/lib/training/snapshot.ts';
import { codeHash, readCodeHash } from '../../src/state/cells/code-link.ts';
import { keptCodes } from '../../src/state/cells/kept-code.ts';
import { readNotebookFile, toIpynb, toTypeScript } from '../../src/state/cells/notebook-file.ts';
import { findOwnDrawing, ownDrawingImage } from '../../src/state/digits/own-drawing.ts';
import { chosenTheme } from '../../src/state/page/theme.ts';
import { readPlace } from '../../src/state/pass/place-in-pass.ts';
import { formatLabAddress, readLabAddress } from '../../src/state/run/lab-address.ts';
import { inDatabase } from '../../src/state/store/database.ts';
import { storedDrawnDigits } from '../../src/state/store/drawn-digits-store.ts';
import { keptAnswer, keptAnswersOf } from '../../src/state/store/exercises.ts';
import type { History } from '../../src/state/store/history.ts';
import { keptLabRuns } from '../../src/state/store/lab-store.ts';
import { keptOwnDataset } from '../../src/state/store/own-dataset-store.ts';
import { readProgress, writeProgress } from '../../src/state/store/progress.ts';
import { dueQuestions, keptStandings, today } from '../../src/state/store/recall.ts';
import { keptRun } from '../../src/state/store/run-store.ts';
import { Unreadable } from '../../src/state/store/unreadable.ts';
import { storage } from '../unit/state/store/fresh-storage.ts';
import {
  asText,
  bytes,
  originalWeights,
  partsOfSafetensors,
  piecesOf,
  safetensorsOf,
  text,
  utf16,
  zipOf,
} from './packed.ts';

/** Something that reads what others may have written. */
export interface Reader {
  readonly name: string;
  /** Valid inputs, to be changed: bytes, text or a value as it is kept. */
  readonly valid: readonly unknown[];
  /** Reads an input and uses what comes of it, as the site does. */
  readonly read: (input: unknown) => unknown;
  /** What it may throw; nothing else, and nothing at all where this is empty. */
  readonly mayThrow: readonly (new (...given: never[]) => Error)[];
}

const random = new Random(1);
const small = Network.initialize(
  {
    inputs: 4,
    layers: [
      { units: 3, activation: 'relu' },
      { units: 2, activation: 'softmax' },
    ],
  },
  'he',
  random,
).toModel();
const network = {
  model: small,
  metadata: { loss: 'cross-entropy', title: 'Small', epochs: 2, metrics: { testAccuracy: 0.5 } },
} as const;

const dataset = createDataset(
  'four digits',
  Uint8Array.from({ length: 4 * 784 }, (_, n) => (n % 7 === 0 && n % 28 > 6 && n % 28 < 20 ? 200 : 0)),
  Uint8Array.of(7, 2, 1, 0),
);
const idx = writeIdx(dataset);
const csv = [...csvRows(dataset)].join('');
const shard = await writeShard('sample', dataset);

const strokes = [
  {
    points: [
      { x: 100, y: 80, pressure: 0.5 },
      { x: 210, y: 330, pressure: 0.7 },
    ],
    width: 20,
  },
];
const written = [{ label: 1, strokes }];
const codes = ['const a = 1;\nshow(a);', '// words\nshow(a + 1);'];
const page = 'notebook';

const setup = { ...defaultSetup, layers: [784, 2, 10] };
const model = Network.initialize(
  {
    inputs: 784,
    layers: [
      { units: 2, activation: 'relu' },
      { units: 10, activation: 'softmax' },
    ],
  },
  'he',
  random,
).toModel();
const record = { epoch: 1, loss: 2.3, accuracy: 0.1, validation: { loss: 2.2, accuracy: 0.2 } };
const point = { epoch: 0.5, loss: 2.3, accuracy: 0.1, images: 1024 };

/** All that a browser keeps in its small storage, by its keys without their beginning. */
const kept = {
  exercises: { 'layer/units': { given: 3, isRight: true, hints: 1, said: 'more', truth: 'less' } },
  recall: { softmax: { streak: 2, due: 20_000 } },
  visits: ['layer/'],
  theme: 'dark',
  'own-drawing': { strokes, label: 4 },
  [`cells/${page}`]: { 'first-1': 'show(1)' },
};

export const readers: readonly Reader[] = [
  {
    name: 'idx',
    valid: [idx.images, idx.labels],
    mayThrow: [DataError],
    read(input) {
      const given = { file: 'a', bytes: bytes(input) };
      const isLabels = given.bytes[3] === 1;
      if (isLabels) readIdxLabels(given.bytes, 'a');
      else readIdxImages(given.bytes, 'a');
      readIdxDataset(
        'a',
        isLabels ? { file: 'b', bytes: idx.images } : given,
        isLabels ? given : { file: 'b', bytes: idx.labels },
      );
    },
  },
  {
    name: 'csv',
    valid: [
      csv,
      `\uFEFF${csv.replaceAll(',', ';')}`,
      csv.split('\n').slice(1).join('\r\n'),
      utf16(csv),
      gzipSync(csv),
      zipSync({ 'digits.csv': bytes(csv) }),
    ],
    mayThrow: [DataError],
    read: (input) => readCsv(piecesOf(input), { name: 'a.csv', invert: false, turn: false }),
  },
  {
    name: 'csv, packed anew',
    valid: [csv],
    mayThrow: [DataError],
    async read(input) {
      await readCsv(piecesOf(gzipSync(text(input))), { name: 'a.csv.gz' });
      await readCsv(piecesOf(zipSync({ 'a.csv': bytes(input) })), { name: 'a.zip' });
    },
  },
  {
    name: 'shard and manifest',
    valid: [{ manifest: { version: 1, datasets: { train: [shard.entry] } }, bytes: shard.bytes }],
    mayThrow: [DataError],
    async read(input) {
      const { manifest, bytes: packed } = (input ?? {}) as { manifest: unknown; bytes: unknown };
      for (const entry of Object.values(readManifest(manifest).datasets).flat())
        await readShard(entry, bytes(packed));
    },
  },
  {
    name: 'safetensors',
    valid: [writeSafetensors(network), writeSafetensors(network, 'float16')],
    mayThrow: [NetworkFileError],
    read: (input) => openAndRun(bytes(input)),
  },
  {
    name: 'safetensors, header anew',
    valid: [partsOfSafetensors(writeSafetensors(network))],
    mayThrow: [NetworkFileError],
    read: (input) => openAndRun(safetensorsOf(input)),
  },
  {
    name: 'npz',
    valid: [writeNpz(network)],
    mayThrow: [NetworkFileError],
    read: (input) => openAndRun(bytes(input)),
  },
  {
    name: 'npz, packed anew',
    valid: [unzipSync(writeNpz(network))],
    mayThrow: [NetworkFileError],
    read: (input) => openAndRun(zipOf(input)),
  },
  {
    name: 'the original’s weights',
    valid: [originalWeights(small)],
    mayThrow: [NetworkFileError],
    read: (input) => openAndRun(bytes(input)),
  },
  {
    name: 'strokes',
    valid: [writeStrokes(written), JSON.parse(writeStrokes(written))],
    mayThrow: [StrokeFileError],
    read(input) {
      for (const digit of readStrokes(asText(input))) mnistStyle(Raster.of(digit.strokes));
    },
  },
  {
    name: 'notebook.ts',
    valid: [toTypeScript(codes)],
    mayThrow: [Unreadable],
    read: (input) => expectTexts(readNotebookFile('a.ts', asText(input))),
  },
  {
    name: 'notebook.ipynb',
    valid: [toIpynb(codes), JSON.parse(toIpynb(codes))],
    mayThrow: [Unreadable],
    read: (input) => expectTexts(readNotebookFile('a.ipynb', asText(input))),
  },
  {
    name: 'progress',
    valid: [{ site: 'backprop-by-hand', kept }, JSON.stringify({ site: 'backprop-by-hand', kept })],
    mayThrow: [Unreadable],
    read(input) {
      globalThis.localStorage = storage();
      try {
        readProgress(asText(input));
      } finally {
        useKept();
      }
    },
  },
  {
    name: 'what the small storage holds',
    valid: Object.entries(kept).map(([key, value]) => [key, JSON.stringify(value)]),
    mayThrow: [],
    read(input) {
      globalThis.localStorage = storage();
      const [key, value] = Array.isArray(input) ? input : [];
      localStorage.setItem(`backprop-by-hand/${asText(key)}`, asText(value));
      useKept();
    },
  },
  {
    name: 'a lab’s address',
    valid: [formatLabAddress({ ...setup, seed: 7, learningRate: 0.5 }), '#v=1&layers=784,32,10&epochs=3'],
    mayThrow: [],
    read(input) {
      const { setup: read } = readLabAddress(asText(input));
      formatSetup(read);
      formatLabAddress(read);
    },
  },
  {
    name: 'a stepper’s address',
    valid: ['#digit=4&network=original&step=6&cell=weight.2.3.17'],
    mayThrow: [],
    read: (input) => readPlace(asText(input)),
  },
  {
    name: 'a link with code',
    valid: [await codeHash({ codes, from: 'chapter 3' })],
    mayThrow: [Unreadable],
    read: async (input) => expectTexts((await readCodeHash(asText(input)))?.codes ?? []),
  },
  {
    name: 'a link with code, packed anew',
    valid: [{ codes, from: 'chapter 3' }],
    mayThrow: [Unreadable],
    async read(input) {
      const letters = deflateRawSync(asText(input)).toString('base64url');
      expectTexts((await readCodeHash(`#code=${letters}`))?.codes ?? []);
    },
  },
  {
    name: 'a kept run',
    valid: [
      {
        run: { setup: formatSetup(setup), epochs: [record], points: [point], last: { model, epochs: 1 } },
        snapshot: packSnapshot(1, model),
      },
    ],
    mayThrow: [Unreadable],
    async read(input) {
      const { run, snapshot } = (input ?? {}) as Record<string, unknown>;
      await inDatabase(['runs', 'snapshots'], 'readwrite', async (transaction) => {
        await transaction.objectStore('runs').put(run, 'id');
        await transaction.objectStore('snapshots').put(snapshot, ['id', 1]);
      });
      const found = await keptRun();
      if (!found) return;
      expectHistory(found);
      for (const { epoch } of found.snapshots) expectNumbers({ epoch });
    },
  },
  {
    name: 'the lab’s kept networks',
    valid: [
      {
        id: 1,
        name: 'one',
        file: { ...network, metadata: { loss: 'cross-entropy' } },
        points: [point],
        epochs: [record],
      },
    ],
    mayThrow: [],
    async read(input) {
      await inDatabase(['lab'], 'readwrite', (transaction) => transaction.objectStore('lab').put(input, 1));
      for (const run of await keptLabRuns()) {
        expectNumbers({ id: run.id });
        expectHistory(run);
      }
    },
  },
  {
    name: 'kept digits',
    valid: [
      ['own', { name: 'mine', values: dataset.values, labels: dataset.labels }],
      ['drawn', writeStrokes(written)],
    ],
    mayThrow: [],
    async read(input) {
      const [key, value] = Array.isArray(input) ? input : [];
      await inDatabase(['datasets'], 'readwrite', (transaction) =>
        transaction.objectStore('datasets').put(value, key === 'own' ? 'own' : 'drawn'),
      );
      await keptOwnDataset();
      await storedDrawnDigits();
    },
  },
];

/** What opens can be run: whatever the file, its network gives numbers. */
function openAndRun(file: Uint8Array): void {
  const { model, metadata } = openNetwork(file);
  const opened = Network.fromModel(model, { loss: metadata.loss });
  const image = {
    count: 1,
    width: opened.inputs,
    values: new Uint8Array(opened.inputs).fill(255),
    labels: Uint8Array.of(0),
  };
  if (!opened.predict(image).every(Number.isFinite))
    throw new Error('it opened, and its outputs are no numbers');
}

/** What pages do with all that the small storage holds. */
function useKept(): void {
  for (const name of ['layer/units', '__proto__', 'constructor']) keptAnswer(name);
  keptAnswersOf('layer');
  dueQuestions(5, keptStandings(), today(), 2);
  expectTexts(Object.values(keptCodes(page)));
  chosenTheme();
  findOwnDrawing();
  ownDrawingImage.value;
  writeProgress();
}

function expectTexts(texts: readonly unknown[]): void {
  if (texts.some((each) => typeof each !== 'string'))
    throw new Error('something that is no text was read as code');
}

/** Of these, curves are drawn. */
function expectHistory({ epochs, points }: History): void {
  for (const { epoch, loss, accuracy, validation } of epochs) {
    expectNumbers({ epoch, loss, accuracy });
    if (validation) expectNumbers({ loss: validation.loss, accuracy: validation.accuracy });
  }
  for (const { epoch, loss, accuracy, images } of points) expectNumbers({ epoch, loss, accuracy, images });
}

function expectNumbers(record: object): void {
  if (!Object.values(record).every((value) => typeof value === 'number'))
    throw new Error('something that is no number was read into a curve');
}
