import { type Clock, createBreath } from './breath.ts';
import { type Edited, offsetOf, placeOf } from './edits.ts';
import { CellError } from './erase-types.ts';
import { checkExercise } from './exercises/exercises.ts';
import type { CheckResult, Failure, FromKernel, Need, Shown, ToKernel } from './protocol.ts';
import { HOOKS, readCell } from './read-cell.ts';
import { createScope } from './scope.ts';
import { SmallDocument } from './small-document.ts';

/** What the kernel needs of its worker, taken before any cell runs. */
export interface World extends Clock {
  readonly post: (message: FromKernel) => void;
  /** Calls a task again and again; gives what ends that. */
  readonly every: (milliseconds: number, task: () => void) => () => void;
  /** An address of a module with this code. */
  readonly addressOf: (code: string) => string;
  readonly importFrom: (address: string) => Promise<unknown>;
  /** A module of the library. */
  readonly libraryModule: (name: string) => unknown;
}

/** Milliseconds between two signs of life, and between two words of progress. */
const BEAT = 200;
const PROGRESS = 50;

/** What stands in an exercise's code for what the reader is to write. */
const BLANK = '____';

/** What one run may show; then it is cut. */
const MOST_SHOWN = 100;

/** A cell that is being run. */
interface Own {
  readonly cell: string;
  readonly code: string;
}

/** What is known of the run that is on. */
function begun(run: number): { run: number; shown: number; toldAt: number; names: readonly string[] } {
  return { run, shown: 0, toldAt: -Infinity, names: [] };
}

/** A module made of a cell, to find the place of an error in it. */
interface Made {
  readonly cell: string;
  readonly source: string;
  readonly edited: Edited;
}

/**
 * Runs cells, one after the other, in the global scope of its worker.
 */
export function createKernel(world: World) {
  const { post, now } = world;
  const breath = createBreath(world);
  const globals = globalThis as unknown as Record<string, unknown>;
  /** By address. */
  const made = new Map<string, Made>();
  const asked = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let asks = 0;
  let current = begun(0);
  let value: unknown;
  let queue: Promise<void> = Promise.resolve();

  function send(shown: Shown): void {
    current.shown++;
    if (current.shown <= MOST_SHOWN) post({ kind: 'shown', run: current.run, shown });
    else if (current.shown === MOST_SHOWN + 1)
      post({ kind: 'shown', run: current.run, shown: { kind: 'cut' } });
  }

  function tellProgress(share: number, text: string): void {
    if (share < 1 && now() - current.toldAt < PROGRESS) return;
    current.toldAt = now();
    post({ kind: 'progress', run: current.run, share, text: text.slice(0, 200) });
  }

  function ask(need: Need): Promise<unknown> {
    return new Promise((resolve, reject) => {
      asked.set(++asks, { resolve, reject });
      post({ kind: 'ask', ask: asks, need });
    });
  }

  const scope = createScope({ send, tellProgress, ask, pause: breath.pause });
  const console = Object.fromEntries(
    ['log', 'info', 'warn', 'error', 'debug', 'table'].map((name) => [name, scope.show]),
  );
  Object.assign(globals, scope, { console });
  for (const [name, hook] of Object.entries({
    [HOOKS.guard]: breath.guard,
    [HOOKS.value]: (last: unknown) => {
      value = last;
    },
    [HOOKS.import]: importModule,
  })) {
    Object.defineProperty(globals, name, { value: hook, configurable: true });
  }

  async function importModule(name: string): Promise<unknown> {
    if (name !== '@observablehq/plot') return world.libraryModule(name);
    await fetchPlot();
    return globals['Plot'];
  }

  /** Fetched when it is first named. It looks for a document where a `window` is. */
  async function fetchPlot(): Promise<void> {
    if (globals['Plot']) return;
    Object.defineProperty(globals, 'window', {
      value: { document: new SmallDocument() },
      configurable: true,
    });
    await world.importFrom(world.addressOf(String(await ask({ what: 'plot' }))));
  }

  async function runCell({ cell, code: source }: Own): Promise<undefined> {
    const read = readCell(source);
    const fresh = read.names.filter((name) => !(name in globals));
    // A module may write to a shared name only where there is one.
    for (const name of fresh) globals[name] = undefined;
    if (/\bPlot\b/.test(source)) await fetchPlot();
    const address = world.addressOf(read.code);
    made.set(address, { cell, source, edited: read });
    try {
      await world.importFrom(address);
    } catch (error) {
      // What it had not come to make is not there.
      for (const name of fresh) if (globals[name] === undefined) delete globals[name];
      throw error;
    }
    const shown = await value;
    if (shown !== undefined) scope.show(shown);
    current.names = read.names;
  }

  async function checkCell({ exercise, ...own }: Own & { readonly exercise: string }): Promise<CheckResult> {
    if (own.code.includes(BLANK)) {
      return { isRight: false, text: `There is still a blank to fill in: ${BLANK}.`, seen: [], shown: [] };
    }
    await runCell(own);
    return checkExercise(exercise, globals, scope);
  }

  async function work(run: number, task: () => Promise<CheckResult | undefined>, own?: Own): Promise<void> {
    current = begun(run);
    value = undefined;
    breath.begin();
    const start = now();
    const stopBeating = world.every(BEAT, () => {
      breath.turn();
      post({ kind: 'beat' });
    });
    let failure: Failure | undefined;
    const check = await task().catch((error: unknown) => {
      failure = failureOf(error, own);
      return undefined;
    });
    stopBeating();
    const { names } = current;
    post({ kind: 'ended', run, milliseconds: now() - start, names, failure, check });
  }

  function failureOf(error: unknown, own: Own | undefined): Failure {
    if (!(error instanceof Error))
      return { message: `something was thrown that is no error: ${String(error)}` };
    const message =
      error instanceof CellError || error.name === 'Error'
        ? error.message
        : `${error.name}: ${error.message}`;
    const missing = /^(?:Can't find variable: )?([\p{ID_Start}$_][\p{ID_Continue}$]*) is not defined$/u.exec(
      error.message,
    )?.[1];
    return { message: message.slice(0, 1000), missing, ...placeIn(error, own) };
  }

  /** Where in a cell an error comes from: the first of its frames that lies in one. */
  function placeIn(error: Error, own: Own | undefined): Partial<Failure> {
    if (error instanceof CellError && own) return placeOf(own.code, error.offset);
    for (const { 1: address, 2: line, 3: column } of (error.stack ?? '').matchAll(
      /((?:blob|data):[^\s)]*?):(\d+):(\d+)/g,
    )) {
      const module = made.get(address);
      if (!module) continue;
      const { source, edited } = module;
      const offset = edited.sourceOffset(
        offsetOf(edited.code, { line: Number(line), column: Number(column) }),
      );
      // V8 points at the dot before a property.
      const named = source[offset] === '.' ? offset + 1 : offset;
      return { ...placeOf(source, named), cell: module.cell === own?.cell ? undefined : module.cell };
    }
    return {};
  }

  return {
    hear(message: ToKernel): void {
      switch (message.kind) {
        case 'run':
          queue = queue.then(() => work(message.run, () => runCell(message), message));
          break;
        case 'check':
          queue = queue.then(() => work(message.run, () => checkCell(message), message));
          break;
        case 'stop':
          breath.stop();
          break;
        case 'answer':
          asked.get(message.ask)?.resolve(message.result);
          asked.delete(message.ask);
          break;
        case 'refusal':
          asked.get(message.ask)?.reject(new Error(message.message));
          asked.delete(message.ask);
          break;
      }
    },
    /** Shows an error that has come from nowhere in particular. */
    complain(error: unknown): void {
      scope.show(error);
    },
    /** Settled when all that was asked to run has ended. */
    idle: () => queue,
  };
}
