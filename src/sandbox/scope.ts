import { type Dataset, createDataset } from '../lib/data/dataset.ts';
import type { Kernels } from '../lib/nn/kernels/kernels.ts';
import { type KernelBytes, chooseKernels } from '../lib/nn/kernels/wasm.ts';
import type { LossName } from '../lib/nn/losses.ts';
import type { NetworkModel } from '../lib/nn/model.ts';
import { Network } from '../lib/nn/network.ts';
import { Random } from '../lib/nn/random.ts';
import { type Grid, digits as digitPictures, heat, inspect, matrix, table } from './inspect.ts';
import { describe } from './describe.ts';
import { type RowLayer, modelOf } from './exercises/row-network.ts';
import type { Need, Shown } from './protocol.ts';

/** What the names in a cell's scope are made from. */
export interface ScopeParts {
  readonly send: (shown: Shown) => void;
  readonly tellProgress: (share: number, text: string) => void;
  readonly ask: (need: Need) => Promise<unknown>;
  readonly pause: () => Promise<void>;
}

/** A network as the page hands it over. */
export interface HandedNetwork {
  readonly model: NetworkModel;
  readonly loss: LossName;
}

/**
 * The names that every cell finds, beside what it imports. Their documentation on the page is cut out of here.
 */
export function createScope({ send, tellProgress, ask, pause }: ScopeParts) {
  /** Shows values under the cell, each in the form that says most: a matrix, digits, a table, a chart, or itself. */
  function show(...values: unknown[]): void {
    const all = values.map(inspect);
    if (all.every((each) => each.kind === 'values')) {
      send({ kind: 'values', values: values.map((value) => describe(value)) });
    } else {
      for (const each of all) send(each);
    }
  }
  /** Shows numbers in rows and columns: `show.matrix({ rows, columns, values })`. */
  show.matrix = (grid: Grid, name?: string): void => send(matrix(grid, name));
  /** Shows numbers as a picture, in the colours of 'ink', 'weight' or 'gradient'. */
  show.heat = (grid: Grid, scale?: string, caption?: string): void => send(heat(grid, scale, caption));
  /** Shows pictures of 28 × 28 pixels, one or a stack: bytes, or numbers from 0 to 1. */
  show.digits = (pixels: ArrayLike<number>, captions?: readonly string[]): void =>
    send(digitPictures(pixels, captions));
  /** Shows objects as the rows of a table. */
  show.table = (rows: readonly Record<string, unknown>[]): void => send(table(rows));

  /** Shows how far something is: a share from 0 to 1, and a few words. */
  function progress(share: number, text = ''): void {
    tellProgress(Number(share), String(text));
  }

  /** MNIST digits: 'sample' (a few thousand), 'sample-test', all of 'train' or 'test', or 'yours'. */
  async function digits(name = 'sample'): Promise<Dataset> {
    const given = (await ask({ what: 'digits', name })) as Dataset;
    return createDataset(given.name, given.values, given.labels);
  }

  /** A network: 'original' is that of these chapters, 'shipped' the best we trained, 'yours' your own. */
  async function network(name = 'original', options: { kernels?: Kernels } = {}): Promise<Network> {
    const { model, loss } = (await ask({ what: 'network', name })) as HandedNetwork;
    return Network.fromModel(model, { loss, ...options });
  }

  /** The fastest kernels that this browser can run, to make a network with: `{ kernels: await fastKernels() }`. */
  async function fastKernels(): Promise<Kernels> {
    return chooseKernels((await ask({ what: 'kernels' })) as KernelBytes);
  }

  /** Keeps a network for the drawing pad as “your own code’s”: layers of W, a row for each unit, and b; ReLU, softmax at the end. */
  async function toThePad(layers: readonly RowLayer[]): Promise<void> {
    await ask({ what: 'keep', model: modelOf(layers) });
    send({
      kind: 'values',
      values: [describe('It waits at the drawing pad of chapter 8, as your own code’s.')],
    });
  }

  /** A generator of chance: the same seed, the same numbers. */
  function random(seed = 1): Random {
    return new Random(seed);
  }

  return { show, progress, digits, network, fastKernels, random, pause, toThePad };
}
