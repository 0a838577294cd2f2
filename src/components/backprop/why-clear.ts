import { computed, signal } from '@preact/signals';
import { type LeftOver, leftOver } from '../../lib/experiments/left-over.ts';
import { createBlamedDigit } from '../../state/pass/blamed-digit.ts';
import { createDigitPick } from '../../state/digits/digit-pick.ts';

/** Two digits, one after the other, and one step of a learning rate for the second. */
export function createWhyClear(before: number, now: number) {
  const first = createDigitPick(before);
  const second = createBlamedDigit(now);
  const learningRate = signal(0.02);
  const found = computed((): LeftOver | undefined => {
    const [model, one, two] = [second.model.value, first.example.value, second.digitPick.example.value];
    return model && one && two ? leftOver(model, one, two, learningRate.value) : undefined;
  });
  return {
    first,
    second: second.digitPick,
    failure: second.failure,
    learningRate: computed(() => learningRate.value),
    found,
    /** The first-layer unit that both digits move most: there what is left of the first is to be seen in the second. */
    unit: computed(() => (found.value ? mostMovedByBoth(found.value) : 0)),
    async load(): Promise<void> {
      await Promise.all([first.load().catch(() => {}), second.load()]);
    },
    chooseRate(rate: number): void {
      learningRate.value = rate;
    },
  };
}

const INPUTS = 784;

function mostMovedByBoth({ first, second }: Pick<LeftOver, 'first' | 'second'>): number {
  const units = Array.from({ length: first.length / INPUTS }, (_, unit) =>
    Math.min(lengthOf(first, unit), lengthOf(second, unit)),
  );
  return units.indexOf(Math.max(...units));
}

function lengthOf(gradient: LeftOver['first'], unit: number): number {
  return Math.hypot(...gradient.slice(unit * INPUTS, (unit + 1) * INPUTS));
}
