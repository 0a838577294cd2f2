import { computed, signal } from '@preact/signals';
import type { ElementwiseName } from '../../lib/nn/activations.ts';
import { Random } from '../../lib/nn/random.ts';
import {
  type ArrangementName,
  EPOCHS,
  REACH,
  type PlanePoint,
  type PlaneSetup,
  arrange,
  arrangementNames,
  planeExamples,
  planeNetwork,
  trainOnPlane,
} from '../../lib/experiments/plane.ts';
import { formatDecimals, formatShare } from '../../explain/numbers.ts';
import { type PlanePicture, placeOf, planePicture } from '../../lib/experiments/plane-picture.ts';

/** The points that are there, or a plane left empty for the reader's own. */
export type PointsName = ArrangementName | 'own';

export const POINTS_LABELS: Record<PointsName, string> = {
  heaps: 'heaps',
  ring: 'ring',
  checker: 'checker',
  own: 'own',
};

/** The two kinds, by the look of their points. */
export const KINDS = ['round', 'square'] as const;

/** Places in a row of the picture: odd, so that there is a middle. */
export const SIDE = 49;
/** Epochs between two pictures: sixty of them are about a second. */
const SLICE = EPOCHS / 60;
/** Where nothing is drawn between: short enough that the page stays alive. */
const LONG_SLICE = 5 * SLICE;
const POINTS_SEED = 1;
/** Read right by a network that has told two kinds apart. */
const TOLD_APART = 0.98;

const START: PlaneSetup = { activation: 'linear', units: 4, seed: 1 };

/** Two kinds of points in a plane, and a small network that learns to tell them apart. */
export function createWhyBend(nextFrame: () => Promise<void>) {
  const pointsName = signal<PointsName>('ring');
  const points = signal<readonly PlanePoint[]>(arrange('ring', new Random(POINTS_SEED)));
  const setup = signal(START);
  const kind = signal<0 | 1>(0);
  const place = signal<number | undefined>(undefined);
  /** Epochs of the network that is shown. */
  const epochs = signal(0);
  const isTraining = signal(false);
  const network = signal(planeNetwork(START));
  const picture = computed(() => {
    // The network is one and the same while it learns: its epochs say that it is another by now.
    void epochs.value;
    return planePicture(network.value, points.value, SIDE);
  });
  let run = 0;

  function begin(next: PlaneSetup): void {
    run++;
    isTraining.value = false;
    setup.value = next;
    epochs.value = 0;
    network.value = planeNetwork(next);
  }

  async function train(seed: number): Promise<void> {
    begin({ ...setup.peek(), seed });
    const own = run;
    isTraining.value = true;
    for (const done of trainOnPlane(network.peek(), points.peek(), seed)) {
      if (done % SLICE !== 0) continue;
      epochs.value = done;
      await nextFrame();
      if (run !== own) return;
    }
    isTraining.value = false;
  }

  return {
    pointsName,
    points,
    setup,
    kind,
    place,
    epochs,
    isTraining,
    picture,
    canTrain: computed(() => !isTraining.value && points.value.length > 0),
    said: computed(() =>
      isTraining.value
        ? 'It learns…'
        : describePlane(setup.value, epochs.value, picture.value, points.value.length),
    ),
    choosePoints(name: PointsName): void {
      pointsName.value = name;
      points.value = name === 'own' ? [] : arrange(name, new Random(POINTS_SEED));
      begin(setup.peek());
    },
    chooseActivation(activation: ElementwiseName): void {
      begin({ ...setup.peek(), activation });
    },
    chooseUnits(units: number): void {
      begin({ ...setup.peek(), units });
    },
    chooseKind(next: 0 | 1): void {
      kind.value = next;
    },
    /** At one of the picture's places, or at none. */
    point(index: number | undefined): void {
      place.value = index;
    },
    /** A point of the chosen kind at a place. A run under way is given up: it learns from other points. */
    add(index: number): void {
      run++;
      isTraining.value = false;
      points.value = [...points.peek(), { ...placeOf(index, SIDE), kind: kind.peek() }];
    },
    /** From the same first weights as before: the same points give the same network. */
    train: () => train(setup.peek().seed),
    trainFromAnotherSeed: () => train(setup.peek().seed + 1),
  };
}

const BENDS: Partial<Record<ElementwiseName, string>> = { relu: 'with ReLU', tanh: 'with tanh' };

/** What the network of the picture makes of its points, in a sentence or two. */
function describePlane(
  { activation, units }: PlaneSetup,
  epochs: number,
  { right, folds, agreement }: PlanePicture,
  count: number,
): string {
  if (count === 0)
    return 'No points yet: click into the plane, or move there with the arrow keys and press Enter.';
  const who = `${units} ${units === 1 ? 'unit' : 'units'} ${BENDS[activation] ?? 'without a bend'}`;
  const share = `${formatShare(right.filter(Boolean).length / count, 0)} of the ${count} points right`;
  if (epochs === 0) return `${who}, untrained: ${share}, by luck. Train it.`;
  const single = 'A single layer, made from three of its answers, names the same kind on';
  if (activation === 'linear')
    return `${who}: ${share}, with one straight border. ${single} ${formatShare(agreement, 0)} of the plane.`;
  const within = folds.filter((fold) => fold !== undefined).length;
  return `${who}: ${share}. ${within} of ${units} ${within === 1 ? 'folds' : 'fold'} the plane within the picture. ${single} only ${formatShare(agreement, 0)} of it.`;
}

/** What it says at one place. */
export function describePlace(
  index: number,
  { surface }: PlanePicture,
  points: readonly PlanePoint[],
): string {
  const { x, y } = placeOf(index, SIDE);
  const share = (1 + Math.abs(surface[index])) / 2;
  const name = surface[index] < 0 ? KINDS[0] : KINDS[1];
  const here = points.filter(
    (point) => Math.max(Math.abs(point.x - x), Math.abs(point.y - y)) < REACH / SIDE,
  );
  return `At (${formatDecimals(x, 2)}, ${formatDecimals(y, 2)}) it says ${name}, with ${formatShare(share, 0)}.${describePoints(here)}`;
}

/** The points of one place, for those who do not see them; who adds one there hears that it has come. */
function describePoints(here: readonly PlanePoint[]): string {
  if (here.length === 0) return '';
  return here.length === 1 ? ` A ${KINDS[here[0].kind]} point is here.` : ` ${here.length} points are here.`;
}

export interface StraightShare {
  readonly name: ArrangementName;
  /** Of its points, read right by a trained network without a bend. */
  readonly share: number;
  readonly isToldApart: boolean;
}

/** How a network without a bend fares with each arrangement, once it is trained. */
export async function straightShares(nextFrame: () => Promise<void>): Promise<StraightShare[]> {
  const shares: StraightShare[] = [];
  for (const name of arrangementNames) {
    const points = arrange(name, new Random(POINTS_SEED));
    const network = planeNetwork(START);
    for (const done of trainOnPlane(network, points, START.seed))
      if (done % LONG_SLICE === 0) await nextFrame();
    const share = network.evaluate(planeExamples(points)).accuracy;
    shares.push({ name, share, isToldApart: share >= TOLD_APART });
  }
  return shares;
}

export function describeStraight(shares: readonly StraightShare[]): string {
  const said = shares.map(({ name, share }) => `${POINTS_LABELS[name]} ${formatShare(share, 0)}`);
  const told = shares.filter(({ isToldApart }) => isToldApart).map(({ name }) => POINTS_LABELS[name]);
  return `${told.length === 0 ? 'None' : `Only ${told.join(' and ')}`} are told apart without a bend. Of its points a trained network reads right: ${said.join(', ')}.`;
}
