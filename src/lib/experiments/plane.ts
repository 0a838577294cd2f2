import type { ElementwiseName } from '../nn/activations.ts';
import type { Examples } from '../nn/examples.ts';
import { fit } from '../nn/fit.ts';
import { referenceKernels } from '../nn/kernels/reference-kernels.ts';
import { Network } from '../nn/network.ts';
import { Random } from '../nn/random.ts';

/** The plane reaches from −REACH to REACH, both ways. */
export const REACH = 2;

export const arrangementNames = ['heaps', 'ring', 'checker'] as const;
export type ArrangementName = (typeof arrangementNames)[number];

/** A point of the plane, and which of the two kinds it is. */
export interface PlanePoint {
  readonly x: number;
  readonly y: number;
  readonly kind: 0 | 1;
}

/** Points of each arrangement: enough to see its shape, few enough to train in a moment. */
const POINTS = 120;

/** Two kinds of points, half of each: two heaps, a heap inside a ring, or the four fields of a checkerboard. */
export function arrange(name: ArrangementName, random: Random): PlanePoint[] {
  return Array.from({ length: POINTS }, (_, n) => PLACES[name]((n % 2) as 0 | 1, random));
}

const PLACES: Record<ArrangementName, (kind: 0 | 1, random: Random) => PlanePoint> = {
  heaps(kind, random) {
    const middle = kind === 0 ? -0.9 : 0.9;
    const [x, y] = [middle + 0.35 * random.normal(), middle + 0.35 * random.normal()];
    return { x: within(x), y: within(y), kind };
  },
  ring(kind, random) {
    // Drawn until it lies in the annulus: sines would have to be the library's own to be the same everywhere.
    const [least, most] = kind === 0 ? [0, 0.75] : [1.25, 1.85];
    for (;;) {
      const [x, y] = [random.between(-most, most), random.between(-most, most)];
      const distance = Math.sqrt(x * x + y * y);
      if (distance >= least && distance <= most) return { x, y, kind };
    }
  },
  checker(kind, random) {
    const [x, size] = [side(random), random.between(0.2, 1.8)];
    // One kind where both signs agree, the other where they differ: no line has each on its own side.
    return { x, y: (kind === 0 ? 1 : -1) * Math.sign(x) * size, kind };
  },
};

function side(random: Random): number {
  const size = random.between(0.2, 1.8);
  return random.uniform() < 0.5 ? -size : size;
}

function within(value: number): number {
  return Math.max(-REACH, Math.min(REACH, value));
}

/** The small network that bends the plane. */
export interface PlaneSetup {
  /** What bends the hidden units' sums; `linear` does not. */
  readonly activation: ElementwiseName;
  /** Hidden units. */
  readonly units: number;
  /** Decides the first weights and the order of the points. */
  readonly seed: number;
}

/** A network of two inputs, some hidden units and one softmax output for each kind, as it is before it learns. */
export function planeNetwork({ activation, units, seed }: PlaneSetup): Network {
  return Network.initialize(
    {
      inputs: 2,
      layers: [
        { units, activation },
        { units: 2, activation: 'softmax' },
      ],
    },
    'he',
    new Random(seed),
    { kernels: referenceKernels('float64') },
  );
}

/** Enough that the loss hardly falls any more, and that it takes about a second. */
export const EPOCHS = 300;
const BATCH = 20;
const LEARNING_RATE = 0.02;

/**
 * Trains a network on some points with Adam, and yields after each epoch how many are done.
 *
 * @throws RangeError when there are no points
 */
export function* trainOnPlane(
  network: Network,
  points: readonly PlanePoint[],
  seed: number,
): Generator<number, void> {
  const examples = planeExamples(points);
  const options = {
    epochs: EPOCHS,
    batchSize: Math.min(BATCH, points.length),
    learningRate: LEARNING_RATE,
    optimizer: { optimizer: 'adam' },
    seed,
  } as const;
  for (const event of fit(network, examples, options)) if (event.kind === 'epoch') yield event.epoch + 1;
}

/** The points as a network takes them: (points × 2), and their kinds as labels. */
export function planeExamples(points: readonly PlanePoint[]): Examples {
  return {
    count: points.length,
    width: 2,
    values: Float64Array.from(points.flatMap(({ x, y }) => [x, y])),
    labels: Uint8Array.from(points, ({ kind }) => kind),
  };
}
