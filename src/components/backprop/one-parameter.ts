import { computed, signal } from '@preact/signals';
import type { ParameterAddress } from '../../lib/nn/gradient-check.ts';
import { compareEpsilons, epsilonsDown, lossAlong } from '../../lib/experiments/one-parameter.ts';
import { createBlamedDigit } from '../../state/pass/blamed-digit.ts';
import { nextTask } from '../../state/remote/next-task.ts';
import { mostBlamed } from './path-explorer.ts';

/** Sizes of nudges for each power of ten. */
const PER_DECADE = 4;
/** Points of the loss along a parameter, and how far it is walked to both sides, in parameter units. */
const POINTS = 61;

/** Any weight or bias of the original network: its gradient checked, and the loss along it. */
export function createOneParameter(firstDigit: number) {
  const blamed = createBlamedDigit(firstDigit);
  const picked = signal<{ layer: number; unit: number; input: number | undefined } | undefined>(undefined);
  const learningRate = signal(0.5);
  const reach = signal(1);
  /** How many of the two charts have had their turn: at the beginning each is a piece of work of its own. */
  const charts = signal(0);

  const place = computed(() => {
    const pass = blamed.pass.value;
    if (!pass) return undefined;
    if (picked.value) return picked.value;
    const { unit, pixel } = mostBlamed(pass);
    return { layer: 1, unit, input: pixel as number | undefined };
  });
  const address = computed((): ParameterAddress | undefined => {
    const [pass, at] = [blamed.pass.value, place.value];
    if (!pass || !at) return undefined;
    const inputs = pass.shape('weight', at.layer)[1];
    return at.input === undefined
      ? { layer: at.layer - 1, parameter: 'bias', index: at.unit }
      : { layer: at.layer - 1, parameter: 'weights', index: at.unit * inputs + at.input };
  });

  return {
    ...blamed,
    place,
    learningRate,
    reach,
    /** Units and inputs of the layer. */
    shape: computed(() => blamed.pass.value?.shape('weight', place.value?.layer ?? 1)),
    checks: computed(() => {
      const [model, digits, at] = [blamed.model.value, blamed.digitPick.example.value, address.value];
      if (!model || !digits || !at || charts.value < 2) return undefined;
      return compareEpsilons(model, digits, 0, at, epsilonsDown(PER_DECADE));
    }),
    walk: computed(() => {
      const [model, digits, at] = [blamed.model.value, blamed.digitPick.example.value, address.value];
      if (!model || !digits || !at || charts.value < 1) return undefined;
      const offsets = Array.from({ length: POINTS }, (_, n) => reach.value * ((2 * n) / (POINTS - 1) - 1));
      const rate = learningRate.value;
      const along = lossAlong(model, digits, 0, at, (gradient) => [...offsets, -rate * gradient]);
      return {
        ...along,
        offsets,
        losses: along.losses.slice(0, POINTS),
        step: -rate * along.gradient,
        after: along.losses[POINTS],
      };
    }),
    async load(): Promise<void> {
      await blamed.load();
      for (const chart of [1, 2]) {
        await nextTask();
        charts.value = Math.max(chart, charts.peek());
      }
    },
    setLearningRate(rate: number): void {
      learningRate.value = rate;
    },
    setReach(distance: number): void {
      reach.value = distance;
    },
    pick(layer: number, unit: number, input: number | undefined): void {
      const pass = blamed.pass.peek();
      if (!pass) return;
      const [units, inputs] = pass.shape('weight', layer);
      picked.value = {
        layer,
        unit: Math.min(unit, units - 1),
        input: input === undefined ? undefined : Math.min(input, inputs - 1),
      };
    },
  };
}
