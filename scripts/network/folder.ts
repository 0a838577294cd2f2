import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Appearance, DataQuestion, withAppearance } from '../../src/lib/data/appearance.ts';
import { type LabelChoice, NoLabelsError } from '../../src/lib/data/csv-layout.ts';
import { readCsv } from '../../src/lib/data/csv.ts';
import { DataError, type Dataset, subset } from '../../src/lib/data/dataset.ts';
import { readIdxDataset } from '../../src/lib/data/idx.ts';
import { stratifiedSplit } from '../../src/lib/data/splits.ts';
import { Random } from '../../src/lib/nn/random.ts';
import type { TrainAndTest } from './mnist.ts';
import { UsageError } from './options.ts';
import { explain, readWhole } from './system-errors.ts';

/** How the reader says that files are to be read. */
export interface ReadingOptions extends Appearance {
  readonly label?: LabelChoice | undefined;
}

/** The flags by which a command is told it. */
export const READING_FLAGS = ['label', 'invert', 'turn'];

export const READING_USAGE = `  --label COLUMN     the column of the label in CSV: first, last, its name, or its number from 1
  --invert yes|no    whether pictures are black ink on white paper, and to be inverted
  --turn yes|no      whether pictures lie on their side, as EMNIST's, and are to be turned over`;

/** @throws UsageError */
export function readingOptions(texts: Readonly<Record<string, string | undefined>>): ReadingOptions {
  const decided = (flag: string) => {
    const text = texts[flag];
    if (text !== undefined && text !== 'yes' && text !== 'no')
      throw new UsageError(`--${flag} is yes or no, not ${text}`);
    return text === undefined ? undefined : text === 'yes';
  };
  return { label: texts['label'], invert: decided('invert'), turn: decided('turn') };
}

/** Of training images, one in so many is held back where the test images have no labels. */
const HELD_BACK = { oneIn: 6, seed: 1 };
/** A packed file may unpack to so many times its size, and to so many bytes in any case. */
const MOST_UNPACKED = { times: 200, bytes: 64_000_000 };

type Role = 'train' | 'test';
/** What the names of files say of their role: MNIST's, and those that `npm run data` writes, before all others. */
const ROLES: Record<Role, { words: RegExp; idx: string; said: string }> = {
  train: { words: /(^|[^a-z])train(ing)?([^a-z]|$)/, idx: 'train', said: 'training' },
  test: { words: /(^|[^a-z])(test(ing)?|t10k)([^a-z0-9]|$)/, idx: 't10k', said: 'test' },
};

/**
 * Training and test images from a folder of IDX files (as MNIST names them, `.gz` or not) or of CSV files whose names
 * hold the words `train` and `test`; exact names first. Where the test images have no labels, as in Kaggle's folder, a
 * share of the training images is held back in their place.
 *
 * @returns with `notes`: what was chosen where the names left it open
 * @throws DataError that says what the folder lacks, what it leaves in doubt, or where a file is wrong
 */
export async function loadFolder(folder: string, options: ReadingOptions = {}): Promise<TrainAndTest> {
  const search = new Search(folder, await filesOf(folder));
  const train = await load(search, 'train', options);
  let test: Dataset | undefined;
  let withoutLabels: NoLabelsError | undefined;
  try {
    test = await load(search, 'test', options);
  } catch (error) {
    if (!(error instanceof NoLabelsError)) throw error;
    withoutLabels = error;
  }
  if (!train || (!test && !withoutLabels)) {
    const missing = ROLES[train ? 'test' : 'train'].said;
    throw new DataError(
      `${folder} has no ${missing} images: neither IDX files named as MNIST's nor a CSV file with "${train ? 'test' : 'train'}" as a word of its name`,
    );
  }
  if (test) return { train, test, notes: search.notes };
  const share = Math.max(1, Math.round(train.count / HELD_BACK.oneIn));
  const { picked, rest } = stratifiedSplit(train, share, new Random(HELD_BACK.seed));
  return {
    train: subset(train, rest, `${train.name} without those held back`),
    test: subset(train, picked, `held back from ${train.name}`),
    notes: [
      ...search.notes,
      `${withoutLabels!.message}. In their place ${share} images of ${train.name} are held back from the training and measured.`,
    ],
  };
}

/** A data set from one CSV file; a bad row is an error here, since there is nobody to ask whether to go on. */
export async function loadCsvFile(path: string, options: ReadingOptions = {}): Promise<Dataset> {
  try {
    const { size } = await stat(path);
    const { dataset, badRows, badRowCount } = await readCsv(createReadStream(path), {
      ...options,
      name: basename(path),
      bytes: size,
    });
    const [first] = badRows;
    if (first)
      throw new DataError(`${path}: row ${first.row} ${first.reason} (${badRowCount} bad rows in all)`);
    return dataset;
  } catch (error) {
    throw askable(error) ?? (error instanceof DataError ? error : new DataError(explain(error, path)));
  }
}

/** A question of the library, with the flag that answers it. */
function askable(error: unknown): DataError | undefined {
  if (!(error instanceof DataQuestion)) return undefined;
  const answers = { label: 'first, last, NAME or NUMBER', invert: 'yes or no', turn: 'yes or no' };
  return new DataError(`${error.message} (--${error.about} ${answers[error.about]})`);
}

async function load(search: Search, role: Role, options: ReadingOptions): Promise<Dataset | undefined> {
  const { idx, said } = ROLES[role];
  const images = search.choose(
    role,
    `${said} images`,
    [new RegExp(`^${idx}.images.idx3.ubyte(\\.gz)?$`)],
    /images.*idx3/,
  );
  const labels = search.choose(
    role,
    `labels of the ${said} images`,
    [new RegExp(`^${idx}.labels.idx1.ubyte(\\.gz)?$`)],
    /labels.*idx1/,
  );
  if (images && labels) {
    const dataset = readIdxDataset(
      basename(images),
      { file: images, bytes: await readUnpacked(search.path(images)) },
      { file: labels, bytes: await readUnpacked(search.path(labels)) },
    );
    try {
      return withAppearance(dataset, options);
    } catch (error) {
      throw askable(error) ?? error;
    }
  }
  const csv = search.choose(
    role,
    `${said} images`,
    [
      new RegExp(`^${role}\\.csv$`),
      new RegExp(`^mnist_${role}\\.csv$`),
      new RegExp(`^(mnist_)?${role}\\.csv\\.(gz|zip)$`),
    ],
    /\.(csv|tsv)(\.gz|\.zip)?$/,
  );
  if (csv) return loadCsvFile(search.path(csv), options);
  if (images || labels)
    throw new DataError(
      `${search.path((images ?? labels)!)} is there, and not the ${images ? 'labels' : 'images'} that go with it`,
    );
  return undefined;
}

/** Finds files by their names, and notes what the names left open. */
class Search {
  readonly notes: string[] = [];
  readonly #folder: string;
  /** Paths inside the folder by the name that says what they are. */
  readonly #files: ReadonlyMap<string, string>;

  constructor(folder: string, files: ReadonlyMap<string, string>) {
    this.#folder = folder;
    this.#files = files;
  }

  path(name: string): string {
    return join(this.#folder, this.#files.get(name)!);
  }

  /**
   * @param exact names that are meant for this, best first
   * @param kind what other names must look like, beside holding a word of the role
   * @throws DataError when no name is exact, and more than one could be meant
   */
  choose(role: Role, what: string, exact: readonly RegExp[], kind: RegExp): string | undefined {
    const names = [...this.#files.keys()].toSorted();
    const known = exact.flatMap((pattern) => names.filter((name) => pattern.test(name.toLowerCase())));
    if (known.length > 0) {
      if (known.length > 1)
        this.notes.push(`${what}: ${known[0]} is taken, not ${known.slice(1).join(', ')}.`);
      return known[0];
    }
    const possible = names.filter((name) => {
      const words = name.replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
      return ROLES[role].words.test(words) && kind.test(words);
    });
    if (possible.length > 1) {
      throw new DataError(
        `${this.#folder}: ${possible.join(' and ')} could all be the ${what}: rename the one that is meant ${role}.csv, or as MNIST's`,
      );
    }
    if (possible[0]) this.notes.push(`${what}: ${possible[0]}, by its name.`);
    return possible[0];
  }
}

/**
 * The files of a folder: name → path inside it. A folder that is named like a file and holds that file, as some archives
 * unpack, stands for it where the file itself is not there.
 */
async function filesOf(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new DataError(code === 'ENOENT' ? `there is no folder ${folder}` : explain(error, folder));
  });
  const kindOf = async (path: string) => {
    const found = await stat(join(folder, path)).catch(() => undefined);
    return found?.isFile() ? 'file' : found?.isDirectory() ? 'folder' : 'nothing';
  };
  const files = new Map<string, string>();
  const folders: string[] = [];
  for (const name of names) {
    const kind = await kindOf(name);
    if (kind === 'file') files.set(name, name);
    else if (kind === 'folder') folders.push(name);
  }
  for (const name of folders) {
    if (!files.has(name) && (await kindOf(join(name, name))) === 'file') files.set(name, join(name, name));
  }
  return files;
}

/** A file's bytes, unpacked where it is packed: what it is called says nothing about that. */
async function readUnpacked(path: string): Promise<Uint8Array> {
  const bytes = await readWhole(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const most = Math.max(MOST_UNPACKED.bytes, MOST_UNPACKED.times * bytes.length);
  try {
    const { buffer, byteOffset, byteLength } = gunzipSync(bytes, { maxOutputLength: most });
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    const isTooMuch = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new DataError(
      `${path} ${isTooMuch ? 'unpacks to far more than images do' : 'is packed as gzip, and damaged or cut off: fetch it again'}`,
    );
  }
}
