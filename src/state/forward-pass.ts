import { computed, signal } from '@preact/signals';
import type { Dataset } from '../lib/data/dataset.ts';
import type { Cell } from '../lib/nn/origin.ts';
import { type Trace, type TraceStep, trace } from '../lib/nn/trace.ts';
import { loadDataset } from './datasets.ts';
import { type ShippedName, loadNetwork } from './networks.ts';
import { type PlaceInPass, readPlace, writePlace } from './place-in-pass.ts';

export type ForwardPass = ReturnType<typeof createForwardPass>;

/**
 * A forward pass to step through: a digit of the sample, a network, how far the pass has come, and which number is
 * opened. Everything shown is read from one trace of the real network.
 */
export function createForwardPass() {
  const digits = signal<Dataset | undefined>(undefined);
  const place = signal<PlaceInPass>({ digit: 0, network: 'original', step: 0 });
  const pass = signal<Trace | undefined>(undefined);
  const opened = signal<Cell | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);

  const steps = computed((): readonly TraceStep[] => {
    return pass.value?.steps.filter(({ direction }) => direction === 'forward') ?? [];
  });
  /** The step that was done last; none while there is nothing but the digit. */
  const current = computed(() => steps.value[place.value.step - 1]);

  async function run(): Promise<void> {
    const { network: name, digit } = place.peek();
    try {
      const [{ network }, dataset] = await Promise.all([loadNetwork(name), loadDataset('sample-test')]);
      if (place.peek().network !== name || place.peek().digit !== digit) return;
      const index = Math.min(digit, dataset.count - 1);
      digits.value = dataset;
      pass.value = trace(network, dataset, index);
      failure.value = undefined;
      moveTo({ digit: index, step: Math.min(place.peek().step, steps.peek().length) });
    } catch (error) {
      failure.value = `The pass cannot be shown: ${(error as Error).message}`;
    }
  }

  function moveTo(change: Partial<PlaceInPass>): void {
    place.value = { ...place.peek(), ...change };
    opened.value = undefined;
    if (pass.peek()) writePlace(place.peek());
  }

  return {
    digits,
    place,
    pass,
    steps,
    current,
    opened,
    failure,
    run,
    /** Begins where the page's address says. */
    begin(): void {
      place.value = { ...place.peek(), ...readPlace() };
      void run();
    },
    chooseDigit(digit: number): void {
      moveTo({ digit });
      void run();
    },
    chooseNetwork(network: ShippedName): void {
      moveTo({ network });
      void run();
    },
    goTo(step: number): void {
      moveTo({ step: Math.max(0, Math.min(steps.peek().length, step)) });
    },
    /** Whether a quantity has been computed by the step that is shown. */
    isKnown(quantity: Cell['quantity'], layer: number): boolean {
      if (layer === 0) return true;
      const at = steps.value.findIndex((entry) => entry.quantity === quantity && entry.layer === layer);
      return at >= 0 && at < place.value.step;
    },
  };
}
