import { type Signal, batch, computed, signal } from '@preact/signals';
import type { CheckResult, Failure, FromKernel, Need, Shown } from '../../sandbox/protocol.ts';
import { newId } from '../store/new-id.ts';
import type { KernelLink } from './kernel-link.ts';
import { type Death, watchKernel } from './watched-kernel.ts';

/** What a run of a cell has brought so far. */
export interface CellRun {
  readonly status: 'waiting' | 'running' | 'ended';
  /** Of this run among all of the kernel's, from 1; 0 while it waits. */
  readonly count: number;
  /** The kernel that it ran in, the code that ran. */
  readonly kernel: number;
  readonly code: string;
  readonly shown: readonly Shown[];
  readonly progress?: { readonly share: number; readonly text: string } | undefined;
  readonly failure?: Failure | undefined;
  readonly check?: CheckResult | undefined;
  readonly milliseconds?: number | undefined;
}

export interface NotebookCell {
  readonly id: string;
  /** As its author wrote it; empty where the reader made it. */
  readonly authored: string;
  /** Its place among the page's: a number between those of its neighbours. */
  readonly place: number;
  readonly code: Signal<string>;
  readonly run: Signal<CellRun | undefined>;
}

export type KernelStatus = 'asleep' | 'starting' | 'idle' | 'running';

/** What a notebook needs from outside: in a page the frame and the browser's storage, in a test its own. */
export interface NotebookParts {
  readonly start: (heard: (message: FromKernel) => void) => Promise<KernelLink>;
  readonly answer: (need: Need) => Promise<unknown>;
  /** The reader's code of cells, by their ids. */
  readonly kept: () => Readonly<Record<string, string>>;
  readonly keep: (codes: Readonly<Record<string, string>>) => void;
}

/** Milliseconds that a cell has to end by itself, when it is asked to. */
const GRACE = 400;

const DEATHS: Readonly<Record<Death | 'stop', string>> = {
  silence:
    'It has not paused for a second and a half, so it was ended, and the cells’ names with it: run the cells above again. A long computation has to let go now and then: await pause()',
  flood: 'It sent more than anybody can look at, so it was ended, and the cells’ names with it.',
  stop: 'It did not pause, so it was ended, and the cells’ names with it: run the cells above again.',
};

/** A page's cells, which share one kernel: run one after the other, in the order in which they were asked to. */
export function createNotebook({ start, answer, kept, keep }: NotebookParts) {
  const cells = signal<readonly NotebookCell[]>([]);
  const status = signal<KernelStatus>('asleep');
  /** Why there is no kernel. */
  const trouble = signal<string | undefined>(undefined);
  /** The kernel's number: a new one has none of the names of the last. */
  const kernelNumber = signal(1);
  /** What the cells have made in it so far. */
  const names = signal<ReadonlySet<string>>(new Set());
  let kernel: Promise<KernelLink> | undefined;
  let queue: { cell: NotebookCell; exercise: string | undefined }[] = [];
  let running: { cell: NotebookCell; run: number } | undefined;
  let runs = 0;
  let count = 0;

  function update(cell: NotebookCell, change: Partial<CellRun>): void {
    const before = cell.run.peek();
    if (before) cell.run.value = { ...before, ...change };
  }

  function heard(message: FromKernel): void {
    if (message.kind === 'ask') return void reply(message.ask, message.need);
    if (!('run' in message) || !running || message.run !== running.run) return;
    const { cell } = running;
    if (message.kind === 'shown') update(cell, { shown: [...cell.run.peek()!.shown, message.shown] });
    if (message.kind === 'progress') update(cell, { progress: { share: message.share, text: message.text } });
    if (message.kind !== 'ended') return;
    const { milliseconds, failure, check } = message;
    end(cell, { milliseconds, failure, check });
    if (message.names.some((name) => !names.peek().has(name)))
      names.value = new Set([...names.peek(), ...message.names]);
    // Those that wait for this one's names would fail as well.
    if (failure) forget(queue, `The cell “${cell.id}” above has failed, and this one needs it.`);
    void goOn();
  }

  async function reply(ask: number, need: Need): Promise<void> {
    const asking = kernel;
    const answered = await answer(need).then(
      (result) => ({ kind: 'answer', ask, result }) as const,
      (error: Error) => ({ kind: 'refusal', ask, message: error.message }) as const,
    );
    if (asking && asking === kernel) (await asking).post(answered);
  }

  function end(cell: NotebookCell, change: Partial<CellRun>): void {
    running = undefined;
    update(cell, { ...change, status: 'ended', progress: undefined });
  }

  /** Those that were to run do not; an answer that was to be looked at says why. */
  function forget(waiting: typeof queue, why?: string): void {
    for (const { cell, exercise } of waiting) {
      if (why === undefined || exercise === undefined) cell.run.value = undefined;
      else
        update(cell, {
          status: 'ended',
          kernel: kernelNumber.peek(),
          code: cell.code.peek(),
          failure: { message: why },
        });
    }
    queue = [];
  }

  function died(reason: Death | 'stop'): void {
    batch(() => {
      if (running) end(running.cell, { failure: { message: DEATHS[reason] } });
      lose();
    });
  }

  /** There is no kernel any more; the next cell that runs gets a new one. */
  function lose(): void {
    forget(queue);
    kernel = undefined;
    count = 0;
    kernelNumber.value++;
    names.value = new Set();
    status.value = 'asleep';
  }

  async function open(): Promise<KernelLink> {
    status.value = 'starting';
    trouble.value = undefined;
    const opening = watchKernel(start, heard, died);
    kernel = opening;
    return opening;
  }

  async function goOn(): Promise<void> {
    const next = queue.shift();
    if (!next) {
      if (kernel) status.value = 'idle';
      return;
    }
    const { cell, exercise } = next;
    running = { cell, run: ++runs };
    const own = running;
    const code = cell.code.peek();
    const opening = kernel ?? open();
    try {
      const opened = await opening;
      if (running !== own) return;
      status.value = 'running';
      update(cell, { status: 'running', count: ++count, kernel: kernelNumber.peek(), code });
      if (exercise === undefined) opened.post({ kind: 'run', run: own.run, cell: cell.id, code });
      else opened.post({ kind: 'check', run: own.run, cell: cell.id, code, exercise });
    } catch (error) {
      if (running !== own) return;
      running = undefined;
      cell.run.value = undefined;
      trouble.value = (error as Error).message;
      lose();
    }
  }

  function ask(wanted: readonly NotebookCell[], exercise?: string): void {
    batch(() => {
      for (const cell of wanted) {
        if (running?.cell === cell || queue.some((each) => each.cell === cell)) continue;
        queue.push({ cell, exercise });
        cell.run.value = { status: 'waiting', count: 0, kernel: 0, code: '', shown: [] };
      }
    });
    if (!running) void goOn();
  }

  /** @param removed a cell that is there no more */
  function keepAll(removed?: NotebookCell): void {
    const here = new Set([...cells.peek(), removed].map((cell) => cell?.id));
    const elsewhere = Object.entries(kept()).filter(([id]) => !here.has(id));
    const changed = cells.peek().filter(({ code, authored }) => code.peek() !== authored);
    keep(Object.fromEntries([...elsewhere, ...changed.map(({ id, code }) => [id, code.peek()] as const)]));
  }

  /** Whether what a cell makes as it stands is there. */
  function isDone({ run, code }: NotebookCell): boolean {
    const last = run.peek();
    return (
      last?.status === 'ended' &&
      !last.failure &&
      last.kernel === kernelNumber.peek() &&
      last.code === code.peek()
    );
  }

  function put(cell: NotebookCell): void {
    cells.value = [...cells.peek(), cell].sort((a, b) => a.place - b.place);
  }

  async function endKernel(): Promise<void> {
    const ending = kernel;
    lose();
    (await ending?.catch(() => undefined))?.end();
  }

  return {
    cells: computed(() => cells.value),
    status: computed(() => status.value),
    trouble: computed(() => trouble.value),
    names: computed(() => names.value),

    /** A cell of a chapter, with the reader's code where some was kept; `put` adds it to the page's. */
    make(id: string, authored: string, place: number): NotebookCell {
      return { id, authored, place, code: signal(kept()[id] ?? authored), run: signal(undefined) };
    },
    put,
    /** Makes a cell of the reader's own, after another or at the end. */
    insert(text: string, after = cells.peek().at(-1)): NotebookCell {
      const before = after ? cells.peek()[cells.peek().indexOf(after) + 1] : cells.peek()[0];
      const from = after?.place ?? 0;
      const place = before ? (from + before.place) / 2 : from + 1;
      const cell: NotebookCell = {
        id: newId(),
        authored: '',
        place,
        code: signal(text),
        run: signal(undefined),
      };
      put(cell);
      keepAll();
      return cell;
    },
    remove(cell: NotebookCell): void {
      cells.value = cells.peek().filter((each) => each !== cell);
      keepAll(cell);
    },
    edit(cell: NotebookCell, code: string): void {
      cell.code.value = code;
      keepAll();
    },
    /** Back to what the author wrote. */
    reset(cell: NotebookCell): void {
      cell.code.value = cell.authored;
      keepAll();
    },
    run: (cell: NotebookCell) => ask([cell]),
    /**
     * Runs a cell and looks at what it made, as an exercise's answer.
     *
     * @param needs ids of cells that are run before, unless they have been
     */
    check(cell: NotebookCell, exercise: string, needs: readonly string[] = []): void {
      ask(cells.peek().filter((each) => needs.includes(each.id) && !isDone(each)));
      ask([cell], exercise);
    },
    runAll: () => ask(cells.peek()),
    /** Runs all cells down to this one, and this one. */
    runTo: (cell: NotebookCell) => ask(cells.peek().slice(0, cells.peek().indexOf(cell) + 1)),
    /** Asks what runs to end; where it does not hear, it is ended. */
    async stop(): Promise<void> {
      const stopped = running;
      forget(queue);
      if (!stopped || !kernel) return;
      const asked = kernel;
      (await asked).post({ kind: 'stop' });
      await new Promise((resolve) => setTimeout(resolve, GRACE));
      if (running !== stopped || kernel !== asked) return;
      died('stop');
      (await asked).end();
    },
    /** Ends the kernel, and with it all names; the next cell that runs gets a new one. */
    async restart(): Promise<void> {
      await batch(() => {
        if (running) end(running.cell, { failure: { message: 'The kernel was restarted.' } });
        return endKernel();
      });
    },
    /**
     * Why what a cell shows may not be so any more: it was changed since, a cell above it was, or the names that it made are
     * gone.
     */
    staleness(cell: NotebookCell): 'changed' | 'above' | 'gone' | undefined {
      const run = cell.run.value;
      if (run?.status !== 'ended' || run.count === 0) return undefined;
      if (run.code !== cell.code.value) return 'changed';
      if (run.kernel !== kernelNumber.value) return 'gone';
      const above = cells.value.slice(0, cells.value.indexOf(cell));
      const isOlder = above.some((each) => {
        const other = each.run.value;
        return other?.status === 'ended' && (other.count > run.count || other.code !== each.code.value);
      });
      return isOlder ? 'above' : undefined;
    },
  };
}

export type Notebook = ReturnType<typeof createNotebook>;
