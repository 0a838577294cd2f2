import { nextTask } from '../remote/next-task.ts';
import { computed, signal } from '@preact/signals';
import { type Answer, type Meter, TaughtNetwork } from '../../lib/experiments/taught-network.ts';
import type { Examples } from '../../lib/nn/examples.ts';
import type { Kernels } from '../../lib/nn/kernels/kernels.ts';
import type { LossName } from '../../lib/nn/losses.ts';
import type { NetworkModel } from '../../lib/nn/model.ts';

/** What teaching one digit has done so far. */
export interface Lesson extends Answer, Meter {
  readonly steps: number;
}

/** A lesson that is over: kept, so that cheap teaching can be told from dear. */
export interface PastLesson extends Lesson {
  /** Which digit was taught, and how. */
  readonly digit: string;
  readonly isLearnt: boolean;
  readonly learningRate: number;
}

/** Lessons remembered, and presses of a button that can be taken back. */
const MOST_PAST = 8;
const MOST_UNDONE = 12;

/** One network taught one digit, with a meter over the digits that it was not about. */
export function createTeaching() {
  const lesson = signal<Lesson | undefined>(undefined);
  const past = signal<readonly PastLesson[]>([]);
  const isBusy = signal(false);
  /** The network before each press of the button, and how many steps it had behind it. */
  const undone = signal<readonly { readonly model: NetworkModel; readonly steps: number }[]>([]);
  let taught: TaughtNetwork | undefined;
  let first: NetworkModel | undefined;

  /** One thing after the other: what is asked while the digits are being read waits until they are. */
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  function inTurn(work: () => Promise<void>): Promise<void> {
    waiting++;
    isBusy.value = true;
    const own = last.then(work).finally(() => {
      waiting--;
      isBusy.value = waiting > 0;
    });
    last = own.catch(() => undefined);
    return own;
  }

  async function measure(one: Examples, steps: number): Promise<void> {
    if (!taught) return;
    const meter = await taught.measure(nextTask);
    lesson.value = { ...taught.ask(one), ...meter, steps };
  }

  function restore(model: NetworkModel | undefined): void {
    if (model) taught?.network.restore(model);
  }

  return {
    lesson: computed(() => lesson.value),
    past: computed(() => past.value),
    isBusy: computed(() => isBusy.value),
    canUndo: computed(() => undone.value.length > 0),
    /** The network as it is by now; nothing before `begin`. */
    network: () => taught?.network,
    /** Takes a copy of a network, and reads the others by it as it is. */
    begin(
      network: { readonly model: NetworkModel; readonly loss: LossName; readonly kernels: Kernels },
      others: Examples,
      one: Examples,
    ): Promise<void> {
      const { model, ...options } = network;
      return inTurn(async () => {
        taught = new TaughtNetwork(model, others, options);
        first = model;
        undone.value = [];
        await measure(one, 0);
      });
    },
    /**
     * Steps down the loss of examples, as many as are asked for at most.
     *
     * @param examples what each step learns from
     * @param one the digit that it is about, alone
     * @param isEnough whether the steps may end: asked after each
     */
    teach(
      examples: () => Examples,
      one: Examples,
      learningRate: number,
      { most, isEnough }: { readonly most: number; readonly isEnough: (answer: Answer) => boolean },
    ): Promise<void> {
      return inTurn(async () => {
        const before = lesson.peek();
        if (!taught || !before) return;
        const model = taught.network.toModel();
        undone.value = [...undone.peek(), { model, steps: before.steps }].slice(-MOST_UNDONE);
        let steps = 0;
        do {
          taught.step(examples(), learningRate);
          steps++;
        } while (steps < most && !isEnough(taught.ask(one)));
        await measure(one, before.steps + steps);
      });
    },
    /** Takes the last press back. */
    undo(one: Examples): Promise<void> {
      return inTurn(async () => {
        const last = undone.peek().at(-1);
        if (!last) return;
        undone.value = undone.peek().slice(0, -1);
        restore(last.model);
        await measure(one, last.steps);
      });
    },
    /** The network as it was; what has been tried is noted. */
    again(one: Examples, tried?: Pick<PastLesson, 'digit' | 'isLearnt' | 'learningRate'>): Promise<void> {
      return inTurn(async () => {
        const before = lesson.peek();
        if (before && before.steps > 0 && tried) {
          past.value = [{ ...before, ...tried }, ...past.peek()].slice(0, MOST_PAST);
        }
        undone.value = [];
        restore(first);
        await measure(one, 0);
      });
    },
  };
}
