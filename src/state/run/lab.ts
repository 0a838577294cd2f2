import { computed, effect, signal } from '@preact/signals';
import { type Dataset, mixedIn } from '../../lib/data/dataset.ts';
import type { ActivationChoice } from '../../lib/models/activation-choice.ts';
import type { NetworkFile } from '../../lib/models/network-file.ts';
import type { NetworkModel } from '../../lib/nn/model.ts';
import {
  type Setup,
  type SetupName,
  formatSetup,
  setupNames,
  setupOptions,
} from '../../lib/training/setup.ts';
import type { Loading } from '../remote/session.ts';
import { datasetFor } from '../site/datasets.ts';
import { formatLabAddress, readLabAddress } from './lab-address.ts';
import { type LabRun, forgetLabRun, keepLabRun, keptLabRuns } from '../store/lab-store.ts';
import { nowhere } from '../store/page-store.ts';
import { createMachineSpeed } from './machine-speed.ts';
import { drawnDataset, findDrawnDigits } from '../digits/drawn-digits.ts';
import { findOwnDataset, ownDataset } from '../digits/own-dataset.ts';
import { pageReviews } from './review.ts';
import { createRun, pageWorld } from './run.ts';

/** What a run of the lab learns from. */
export type LabData = 'mnist' | 'own' | 'drawn' | 'mnist-and-drawn';

const DATA_NAMES: Readonly<Record<LabData, string>> = {
  mnist: 'MNIST',
  own: 'own digits',
  drawn: 'own handwriting',
  'mnist-and-drawn': 'MNIST and own handwriting',
};

/** A network of the table of which something was assumed. */
export interface AssumedNetwork {
  readonly id: number;
  readonly from: File;
  /** As it was opened at first, with all that was assumed. */
  readonly file: NetworkFile;
  /** What the reader has said since. */
  readonly choice: ActivationChoice;
}

export type Lab = ReturnType<typeof createLab>;

/** The lab: one run under way, a table of those that were made, networks opened and saved, all of it with an address. */
export function createLab() {
  const data = signal<LabData>('mnist');
  const runs = signal<readonly LabRun[]>([]);
  /** The runs whose curves are laid over each other, by id. */
  const compared = signal<readonly number[]>([]);
  const notice = signal<string | undefined>(undefined);
  /** The run that came into the table last, in words: who does not see the table hears of it. */
  const news = signal('');
  const addressProblem = signal<string | undefined>(undefined);
  const problem = signal<string | undefined>(undefined);
  const assumed = signal<AssumedNetwork | undefined>(undefined);

  const load = async (loading: Loading): Promise<Dataset> => {
    const from = data.peek();
    if (from === 'mnist') return datasetFor('train')(loading);
    if (from === 'own') {
      const own = ownDataset.peek();
      if (!own) throw new Error('there is no file of your own in this browser: chapter 1 opens a CSV file');
      return own;
    }
    const drawn = drawnDataset.peek();
    if (!drawn) throw new Error('there are no drawn digits in this browser: draw some, and keep them');
    return from === 'drawn' ? drawn : mixedIn(await datasetFor('train')(loading), drawn);
  };
  // The table is what the lab keeps; the run of chapter 5 stays what it was.
  const run = createRun({ ...pageWorld, load, store: nowhere });

  function add(name: string, file: NetworkFile, history: Pick<LabRun, 'points' | 'epochs'>): LabRun {
    const newest = runs.peek().at(-1)?.id ?? 0;
    const added: LabRun = { id: Math.max(Date.now(), newest + 1), name, file, ...history };
    runs.value = [...runs.peek(), added];
    compared.value = [...compared.peek(), added.id];
    news.value = `${name} stands in the table now, in row ${runs.peek().length}.`;
    void keep(added);
    void test(added);
    return added;
  }

  async function keep(changed: LabRun): Promise<void> {
    try {
      await keepLabRun(changed);
    } catch (error) {
      notice.value = `The table is not kept in this browser: ${(error as Error).message}. It lasts as long as this page is open.`;
    }
  }

  function change(id: number, next: (run: LabRun) => LabRun): void {
    runs.value = runs.peek().map((each) => (each.id === id ? next(each) : each));
    const changed = runs.peek().find((each) => each.id === id);
    if (changed) void keep(changed);
  }

  /** Measures a network on the test images, and puts the figure to it. */
  async function test({ id, name, file }: LabRun): Promise<void> {
    try {
      const review = await pageReviews.of('test');
      const { accuracy, loss } = await review.evaluate({
        dataset: 'test',
        model: file.model,
        loss: file.metadata.loss,
      });
      change(id, (before) => ({
        ...before,
        file: withMetrics(before.file, { testAccuracy: accuracy, testLoss: loss }),
      }));
    } catch (error) {
      notice.value = `${name} could not be tested: ${pageReviews.failure(error)}`;
    }
  }

  function remove(id: number): void {
    runs.value = runs.peek().filter((each) => each.id !== id);
    compared.value = compared.peek().filter((each) => each !== id);
    news.value = '';
    if (assumed.peek()?.id === id) assumed.value = undefined;
    forgetLabRun(id).catch((error: Error) => {
      notice.value = `It could not be taken out of this browser's store: ${error.message}.`;
    });
  }

  /** @param first the file as it was opened at first: it says what can be chosen */
  async function openFile(file: File, choice: ActivationChoice, first?: NetworkFile): Promise<boolean> {
    problem.value = undefined;
    try {
      // Fetched with the first file that is opened.
      const { openNetwork } = await import('../../lib/models/open-network.ts');
      const opened = openNetwork(new Uint8Array(await file.arrayBuffer()), choice);
      const [input, last] = [opened.model.layers[0], opened.model.layers.at(-1)!];
      if (input.inputs !== 784 || last.units !== 10) {
        throw new Error(
          `it reads ${input.inputs} numbers and has ${last.units} outputs; digits here are 784 pixels in 10 classes`,
        );
      }
      const { id } = add(opened.metadata.title ?? file.name, opened, { points: [], epochs: [] });
      const said = first ?? opened;
      assumed.value = said.assumptions ? { id, from: file, file: said, choice } : undefined;
      return true;
    } catch (error) {
      problem.value = `${file.name} was not opened: ${(error as Error).message}`;
      return false;
    }
  }

  /** Puts the run under way into the table, as far as it has come. */
  function keepRun(): void {
    const [setup, model] = [run.setup.peek(), run.model.peek()];
    // Of a run that has come apart, the last network that was whole.
    const done = run.snapshots.peek().at(-1)?.epoch ?? 0;
    if (!model || done === 0) return;
    const epochs = run.epochs.peek().filter(({ epoch }) => epoch <= done);
    const file = fileOf(setup, model, done, data.peek());
    add(nameOf(setup), file, { points: run.points.peek(), epochs });
  }

  /** Takes the set-up of an address. */
  function followAddress(hash: string): void {
    const asked = readLabAddress(hash);
    run.choose(asked.setup);
    addressProblem.value = asked.problem;
  }

  return {
    run,
    runs,
    compared,
    data,
    notice,
    news,
    addressProblem,
    problem,
    ownDataset,
    drawnDataset,
    speed: createMachineSpeed(),
    /** The options in which the compared runs differ. */
    differing: computed((): ReadonlySet<SetupName> => {
      const chosen = runs.value.filter(({ id }) => compared.value.includes(id));
      const texts = chosen.map(({ file }) => file.metadata.training ?? {});
      return new Set(setupNames.filter((name) => new Set(texts.map((each) => each[name])).size > 1));
    }),
    /** Takes up what an earlier visit has left, and the set-up of the page's address. */
    begin(): void {
      followAddress(location.hash);
      window.addEventListener('hashchange', ({ oldURL, newURL }) => {
        // A place in the page is no set-up; nor is having none, unless one was there before.
        const [before, asked] = [new URL(oldURL).hash, new URL(newURL).hash];
        if (!isPlaceInPage(asked) && (asked !== '' || !isPlaceInPage(before))) followAddress(asked);
      });
      void findOwnDataset();
      void findDrawnDigits();
      keptLabRuns().then(
        (kept) => {
          const there = new Set(runs.peek().map(({ id }) => id));
          runs.value = [...kept.filter(({ id }) => !there.has(id)), ...runs.peek()];
        },
        (error: Error) => {
          notice.value = `The table of earlier visits could not be read: ${error.message}.`;
        },
      );
      let wasFinished = false;
      effect(() => {
        const isFinished = run.status.value === 'finished';
        if (isFinished && !wasFinished) keepRun();
        wasFinished = isFinished;
      });
    },
    /** Begins anew with a set-up, and writes it into the address. */
    choose(setup: Setup): void {
      run.choose(setup);
      addressProblem.value = undefined;
      history.replaceState(null, '', formatLabAddress(setup));
    },
    chooseData(next: LabData): void {
      data.value = next;
      run.choose(run.setup.peek());
    },
    keepRun,
    rename: (id: number, name: string) => change(id, (before) => ({ ...before, name })),
    compare(id: number, isCompared: boolean): void {
      compared.value = isCompared ? [...compared.peek(), id] : compared.peek().filter((each) => each !== id);
    },
    remove,
    /** The network that was opened last, while something was assumed of it: with it the reader can say otherwise. */
    assumed,
    /** Opens a network's file, and measures it. */
    open: (file: File) => openFile(file, {}),
    /** Opens the same file again, with what the reader says of its activations, in place of what was assumed. */
    async openOtherwise(choice: ActivationChoice): Promise<void> {
      const before = assumed.peek();
      if (!before) return;
      const wasOpened = await openFile(before.from, choice, before.file);
      if (wasOpened) remove(before.id);
    },
  };
}

/** Whether the part of an address after the # names an element, as the link that skips to the text does. */
function isPlaceInPage(hash: string): boolean {
  return document.getElementById(hash.slice(1)) !== null;
}

/** Everything of the table that can be said in text: one row a run. */
export function runsAsCsv(runs: readonly LabRun[]): string {
  const header = ['name', 'layers', 'data', 'epochs', 'test accuracy', 'test loss', ...setupNames];
  const rows = runs.map(({ name, file }) => {
    const { metadata, model } = file;
    const training = metadata.training ?? {};
    const options = setupNames.map((each) => training[each] ?? '');
    const { testAccuracy, testLoss } = metadata.metrics ?? {};
    return [name, sizesOf(model), metadata.data, metadata.epochs, testAccuracy, testLoss, ...options];
  });
  return [header, ...rows].map((row) => row.map(quoted).join(',')).join('\n');
}

/** The table with all curves, without the weights: those go into files of their own. */
export function runsAsJson(runs: readonly LabRun[]): string {
  const plain = runs.map(({ name, file, points, epochs }) => ({
    name,
    ...file.metadata,
    layers: sizesOf(file.model),
    epochs,
    points,
  }));
  return JSON.stringify(
    plain,
    (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as Uint32Array) : value),
    1,
  );
}

/** A network of the table as a file; what writes it is fetched with the first that is saved. */
export async function networkFile(
  { name, file }: LabRun,
  format: 'safetensors' | 'npz',
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  const titled = { ...file, metadata: { ...file.metadata, title: name } };
  const bytes =
    format === 'npz'
      ? (await import('../../lib/models/npz.ts')).writeNpz(titled)
      : (await import('../../lib/models/safetensors.ts')).writeSafetensors(titled);
  return {
    name: `${name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'network'}.${format}`,
    bytes,
  };
}

export function sizesOf({ layers }: NetworkModel): string {
  return [layers[0].inputs, ...layers.map(({ units }) => units)].join('-');
}

function fileOf(setup: Setup, model: NetworkModel, epochs: number, data: LabData): NetworkFile {
  const training = formatSetup(setup) as Record<string, string>;
  return {
    model,
    metadata: { loss: setup.loss, training, epochs, data: DATA_NAMES[data] },
  };
}

function withMetrics(file: NetworkFile, metrics: Readonly<Record<string, number>>): NetworkFile {
  return { ...file, metadata: { ...file.metadata, metrics: { ...file.metadata.metrics, ...metrics } } };
}

/** A run's first name: what is not as usual about it. */
function nameOf(setup: Setup): string {
  const texts = formatSetup(setup);
  const parts = (Object.keys(texts) as SetupName[])
    .filter((name) => name !== 'epochs' && name !== 'validation')
    .map((name) =>
      name === 'layers' ? setup.layers.join('-') : `${setupOptions[name].label.toLowerCase()} ${texts[name]}`,
    );
  return parts.slice(0, 4).join(', ') || 'as usual';
}

function quoted(value: unknown): string {
  const text = String(value ?? '');
  // A sheet would take a text that begins like this for a formula.
  const safe = /^[=+\-@]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
