import { computed, signal } from '@preact/signals';
import type { Dataset } from '../lib/data/dataset.ts';
import { createDataset } from '../lib/data/dataset.ts';
import type { Cell, Quantity } from '../lib/nn/origin.ts';
import { type Trace, type TraceStep, trace } from '../lib/nn/trace.ts';
import { loadDataset } from './datasets.ts';
import { type NetworkName, loadNetwork } from './networks.ts';
import { type PlaceInPass, readPlace, writePlace } from './place-in-pass.ts';

export type PassStepper = ReturnType<typeof createPassStepper>;

/** A drawing of the reader's own, with the digit that they say it is. */
export interface OwnDigit {
  readonly image: Uint8Array;
  readonly label: number;
}

/**
 * A pass through a network to step through: a digit, a network, how far the pass has come, and which number is looked
 * at. Everything shown is read from one trace of the real network.
 *
 * @param directions the steps to go through, one after the other; those before them in the trace are done already
 */
export function createPassStepper(directions: readonly TraceStep['direction'][]) {
  const digits = signal<Dataset | undefined>(undefined);
  const own = signal<OwnDigit | undefined>(undefined);
  const learningRate = signal(0.1);
  const place = signal<PlaceInPass>({ digit: 0, network: 'original', step: 0, cell: undefined });
  const pass = signal<Trace | undefined>(undefined);
  /** The number under the pointer or the focus. */
  const pointed = signal<Cell | undefined>(undefined);
  /** Numbers opened one from another: the last is the one that is shown, the others lead back. */
  const trail = signal<readonly Cell[]>([]);
  const failure = signal<string | undefined>(undefined);

  const takesStep = directions.includes('update');
  const allSteps = computed((): readonly TraceStep[] => pass.value?.steps ?? []);
  const steps = computed(() => allSteps.value.filter(({ direction }) => directions.includes(direction)));
  /** Steps of the trace before the first of ours. */
  const before = computed(() => allSteps.value.findIndex(({ direction }) => direction === directions[0]));
  /** The step that was done last; none while there is nothing but what was there before. */
  const current = computed(() => steps.value[place.value.step - 1]);
  const opened = computed(() => trail.value.at(-1));
  /** The number that is explained: the one opened, or else the one pointed at. */
  const shown = computed(() => opened.value ?? pointed.value);

  async function run(): Promise<void> {
    const { network: name, digit } = place.peek();
    try {
      const [{ network }, dataset] = await Promise.all([loadNetwork(name), loadDataset('sample-test')]);
      if (place.peek().network !== name || place.peek().digit !== digit) return;
      digits.value = dataset;
      const index = Math.min(digit, dataset.count - 1);
      const drawn = own.peek();
      const examples = drawn
        ? createDataset('your drawing', drawn.image, Uint8Array.of(drawn.label))
        : dataset;
      pass.value = trace(network, examples, drawn ? 0 : index, takesStep ? learningRate.peek() : undefined);
      failure.value = undefined;
      const step = Math.min(place.peek().step, steps.peek().length);
      moveTo({ digit: index, step, cell: knownCell(place.peek().cell, step) });
    } catch (error) {
      failure.value = `The pass cannot be shown: ${(error as Error).message}`;
    }
  }

  function moveTo(change: Partial<PlaceInPass>): void {
    place.value = { ...place.peek(), cell: undefined, ...change };
    const { cell } = place.peek();
    trail.value = cell ? [cell] : [];
    if (pass.peek()) writePlace(place.peek());
  }

  function follow(next: readonly Cell[]): void {
    trail.value = next;
    place.value = { ...place.peek(), cell: next.at(-1) };
    writePlace(place.peek());
  }

  /** Whether a quantity has been computed by so many of the steps; what is given always is. */
  function isKnownAt(quantity: Quantity, layer: number, step: number): boolean {
    const at = allSteps.peek().findIndex((entry) => entry.quantity === quantity && entry.layer === layer);
    return at < before.peek() + step;
  }

  /** A cell of the page's address, where this trace has it and the steps have come to it. */
  function knownCell(cell: Cell | undefined, step: number): Cell | undefined {
    const trace = pass.peek();
    if (!cell || !trace || cell.layer > trace.depth || !isKnownAt(cell.quantity, cell.layer, step))
      return undefined;
    try {
      const [rows, columns] = trace.shape(cell.quantity, cell.layer);
      trace.values(cell.quantity, cell.layer);
      return cell.row < rows && cell.column < columns ? cell : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    digits,
    own,
    learningRate,
    takesStep,
    place,
    pass,
    steps,
    current,
    pointed,
    trail,
    opened,
    shown,
    failure,
    run,
    /** Begins where the page's address says. */
    begin(): void {
      place.value = { ...place.peek(), ...readPlace() };
      void run();
    },
    chooseDigit(digit: number): void {
      own.value = undefined;
      moveTo({ digit });
      void run();
    },
    /** Puts the reader's drawing in the digit's place. */
    takeOwn(digit: OwnDigit): void {
      own.value = digit;
      moveTo({});
      void run();
    },
    chooseNetwork(network: NetworkName): void {
      moveTo({ network });
      void run();
    },
    chooseLearningRate(rate: number): void {
      learningRate.value = rate;
      void run();
    },
    goTo(step: number): void {
      moveTo({ step: Math.max(0, Math.min(steps.peek().length, step)) });
    },
    point(cell: Cell | undefined): void {
      pointed.value = cell;
    },
    /** Opens a number and keeps it open. */
    open(cell: Cell): void {
      follow([cell]);
    },
    /** From the number that is open on to one of its factors, or to one that it feeds. */
    follow(cell: Cell): void {
      follow([...trail.peek(), cell]);
    },
    /** Back along the trail, to the number at a place of it. */
    returnTo(index: number): void {
      follow(trail.peek().slice(0, index + 1));
    },
    close(): void {
      follow([]);
    },
    /** Whether a quantity has been computed by the step that is shown. */
    isKnown(quantity: Quantity, layer: number): boolean {
      allSteps.value;
      return isKnownAt(quantity, layer, place.value.step);
    },
  };
}
