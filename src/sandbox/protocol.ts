import type { NetworkModel } from '../lib/nn/model.ts';

/*
 * What page and kernel say to each other through their port. All of it is data: nothing that comes from a cell is ever
 * code or markup to the page.
 */

/** A value, looked at: so much of it as can be read. */
export type Described =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly text: string; readonly length: number }
  /** Written as it is: true, null, a function's name. */
  | { readonly kind: 'word'; readonly text: string }
  | {
      readonly kind: 'list';
      readonly name: string;
      readonly length: number;
      readonly items: readonly Described[];
    }
  | {
      readonly kind: 'record';
      readonly name: string;
      readonly entries: readonly (readonly [string, Described])[];
      /** Entries that are not among these. */
      readonly more: number;
    };

/** An element of a drawing. */
export interface Mark {
  readonly tag: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: readonly (Mark | string)[];
}

/** Something that a cell shows. */
export type Shown =
  | { readonly kind: 'values'; readonly values: readonly Described[] }
  | {
      readonly kind: 'matrix';
      readonly name: string;
      /** Of the whole matrix. */
      readonly rows: number;
      readonly columns: number;
      /** Its upper left corner, row-major. */
      readonly shownRows: number;
      readonly shownColumns: number;
      readonly values: Float64Array;
      /** Of an answer, by its cells: 1 where it is wrong, and what each should be. */
      readonly wrong?: Uint8Array;
      readonly expected?: Float64Array;
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Described[])[];
      readonly more: number;
    }
  | {
      readonly kind: 'digits';
      /** (captions × 784), bytes */
      readonly images: Uint8Array;
      readonly captions: readonly string[];
      readonly more: number;
    }
  | {
      readonly kind: 'heat';
      readonly rows: number;
      readonly columns: number;
      readonly values: Float64Array;
      readonly scale: 'ink' | 'weight' | 'gradient';
      readonly caption: string;
    }
  | { readonly kind: 'drawing'; readonly root: Mark }
  /** Said once, where a cell shows more than can be looked at. */
  | { readonly kind: 'cut' };

/** Why a cell did not come to its end. */
export interface Failure {
  readonly message: string;
  /** In the cell's source, counted from 1. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The cell that the place is in, where it is another one. */
  readonly cell?: string | undefined;
  /** A name that nothing has made yet. */
  readonly missing?: string | undefined;
}

/** What is said of an exercise's answer. */
export interface CheckResult {
  readonly isRight: boolean;
  readonly text: string;
  /** Of a wrong one: what was given to it, what was expected, what came. */
  readonly seen: readonly (readonly [string, Described])[];
  /** The parts of it that are wrong. */
  readonly shown: readonly Shown[];
  /** Reasons why it is wrong, to choose from, and which is the right one. */
  readonly why?: { readonly reasons: readonly string[]; readonly right: number };
}

/** What a cell needs of the page. */
export type Need =
  | { readonly what: 'digits'; readonly name: string }
  | { readonly what: 'network'; readonly name: string }
  | { readonly what: 'kernels' }
  /** To be kept as the network that the reader's own code has trained. */
  | { readonly what: 'keep'; readonly model: NetworkModel }
  | { readonly what: 'plot' };

export type ToKernel =
  | { readonly kind: 'run'; readonly run: number; readonly cell: string; readonly code: string }
  /** The same, and then what it made is looked at as the answer to an exercise. */
  | {
      readonly kind: 'check';
      readonly run: number;
      readonly cell: string;
      readonly code: string;
      readonly exercise: string;
    }
  /** Asks what is running to end at its next pause. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'answer'; readonly ask: number; readonly result: unknown }
  | { readonly kind: 'refusal'; readonly ask: number; readonly message: string };

export type FromKernel =
  | { readonly kind: 'ready' }
  /** It is alive. */
  | { readonly kind: 'beat' }
  | { readonly kind: 'shown'; readonly run: number; readonly shown: Shown }
  | { readonly kind: 'progress'; readonly run: number; readonly share: number; readonly text: string }
  | {
      readonly kind: 'ended';
      readonly run: number;
      readonly milliseconds: number;
      /** What it made, for all cells. */
      readonly names: readonly string[];
      readonly failure?: Failure | undefined;
      readonly check?: CheckResult | undefined;
    }
  | { readonly kind: 'ask'; readonly ask: number; readonly need: Need };
