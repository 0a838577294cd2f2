import { computed, signal } from '@preact/signals';
import { Network } from '../../lib/nn/network.ts';
import type { Cell, Quantity } from '../../lib/nn/origin.ts';
import type { Penalty } from '../../lib/nn/regularizers.ts';
import { type Trace, type TraceStep, trace } from '../../lib/nn/trace.ts';
import { trainedWith } from '../../lib/training/setup.ts';
import { createDigitPick } from '../digits/digit-pick.ts';
import { type NetworkName, type OpenedNetwork, loadNetwork } from '../site/networks.ts';
import { type PlaceInPass, readPlace, writePlace } from './place-in-pass.ts';

export type PassStepper = ReturnType<typeof createPassStepper>;

/**
 * A pass through a network to step through: a digit, a network, how far the pass has come, and which number is looked
 * at. Everything shown is read from one trace of the real network.
 *
 * @param first which of the sample's test images it begins with
 * @param directions the steps to go through, one after the other; those before them in the trace are done already
 * @param firstPenalty what the weights are charged, in steps of their own; nothing where it is left out, and then it is said what training
 *   charged them
 */
export function createPassStepper(
  directions: readonly TraceStep['direction'][],
  first = 0,
  firstPenalty?: Penalty,
) {
  const pick = createDigitPick(first);
  const learningRate = signal(0.1);
  const penalty = signal(firstPenalty);
  const beginning: PlaceInPass = { digit: first, network: 'original', step: 0, cell: undefined };
  const place = signal(beginning);
  const pass = signal<Trace | undefined>(undefined);
  /** The number under the pointer or the focus. */
  const pointed = signal<Cell | undefined>(undefined);
  /** Numbers opened one from another: the last is the one that is shown, the others lead back. */
  const trail = signal<readonly Cell[]>([]);
  const failure = signal<string | undefined>(undefined);
  /** Whether the last move was one step on. */
  const wentOn = signal(false);

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
      const [opened] = await Promise.all([loadNetwork(name), pick.load()]);
      if (place.peek().network !== name || place.peek().digit !== digit) return;
      const rate = takesStep ? learningRate.peek() : undefined;
      const charged = penalty.peek();
      const whole = asTrained(opened);
      if (charged) whole.penalty = charged;
      pass.value = trace(whole, pick.example.peek()!, 0, rate, charged !== undefined);
      failure.value = undefined;
      const step = Math.min(place.peek().step, steps.peek().length);
      moveTo({ digit: pick.index.peek(), step, cell: knownCell(place.peek().cell, step) });
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
    pick,
    learningRate,
    penalty: computed(() => penalty.value),
    takesStep,
    place,
    pass,
    /** Whether it goes from the loss back, after the way forward. */
    goesBack: directions.some((direction) => direction !== 'forward'),
    steps,
    current,
    pointed,
    trail,
    opened,
    shown,
    failure,
    wentOn,
    run,
    /** Begins where the page's address says, and goes where it says from then on. */
    begin(): void {
      place.value = { ...place.peek(), ...readPlace() };
      pick.choose(place.peek().digit);
      void run();
      // What was asked for: the address itself may be that of a pass by now which came at the same moment.
      window.addEventListener('hashchange', ({ newURL }) => {
        const asked = readPlace(new URL(newURL).hash);
        // Another figure's place, or none.
        if (Object.keys(asked).length === 0) return;
        place.value = { ...beginning, ...asked };
        pick.choose(place.peek().digit);
        void run();
      });
    },
    /** Takes up the digit that has been picked. */
    takeDigit(): void {
      moveTo({ digit: pick.index.peek() });
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
    /** Other prices of the weights; not for a pass that charges none. */
    choosePenalty(change: Partial<Penalty>): void {
      if (penalty.peek()) penalty.value = { ...penalty.peek()!, ...change };
      void run();
    },
    goTo(step: number): void {
      wentOn.value = step === place.peek().step + 1;
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

/** The network with the dropout and the penalty of its training: a pass leaves both out, and can say so. */
function asTrained({ network, metadata }: OpenedNetwork): Network {
  const { loss, kernels } = network;
  return Network.fromModel(network.toModel(), { loss, kernels, ...trainedWith(metadata.training) });
}
