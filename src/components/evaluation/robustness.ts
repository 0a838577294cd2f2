import { formatDecimals, formatShare } from '../../explain/numbers.ts';
import type { DisturbanceName } from '../../lib/data/disturbance.ts';
import type { NetworkName } from '../../state/site/networks.ts';
import { describeAccuracy } from './accuracy.ts';
import { candidate, reviewerWith } from './examination.ts';

export type Trouble = DisturbanceName | 'push';

/** What images are made worse by, how strongly, and how a strength is said. */
export const troubles: Readonly<
  Record<
    Trouble,
    {
      label: string;
      unit: string;
      strengths: readonly number[];
      /** Which of them is asked about, and read first. */
      asked: number;
      say: (s: number) => string;
    }
  >
> = {
  rotation: {
    label: 'rotation',
    unit: 'degrees',
    strengths: [0, 10, 20, 30, 40, 50, 60],
    asked: 4,
    say: (s) => `turned by ${s}°`,
  },
  shift: {
    label: 'shift',
    unit: 'pixels',
    strengths: [0, 1, 2, 3, 4, 5, 6],
    asked: 4,
    say: (s) => `shifted by ${s} pixels`,
  },
  thickness: {
    label: 'thickness',
    unit: 'pixels thicker on each side, or thinner',
    strengths: [-1, -0.75, -0.5, -0.25, 0, 0.5, 1, 1.5, 2],
    asked: 8,
    say: (s) =>
      s === 0
        ? 'as thick as they are'
        : `${s < 0 ? 'thinned' : 'thickened'} by ${formatDecimals(Math.abs(s), 2)} pixels on each side`,
  },
  noise: {
    label: 'noise',
    unit: 'deviation, of full ink',
    strengths: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
    asked: 4,
    say: (s) => `under noise of deviation ${formatDecimals(s, 1)}`,
  },
  blur: {
    label: 'blur',
    unit: 'deviation, in pixels',
    strengths: [0, 0.5, 1, 1.5, 2, 2.5, 3],
    asked: 4,
    say: (s) => `blurred by ${formatDecimals(s, 1)} pixels`,
  },
  push: {
    label: 'a push of every pixel',
    unit: 'of full ink',
    strengths: [0, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1],
    asked: 4,
    say: (s) => `pushed by ${formatShare(s, 0)} of full ink at every pixel`,
  },
};

export const IMAGES = 2000;
const SEED = 1;

export interface RobustCurve {
  readonly label: string;
  /** Images read right at each strength. */
  readonly right: readonly number[];
}

export interface Robust {
  readonly trouble: Trouble;
  readonly curves: readonly RobustCurve[];
}

export interface RobustAsked {
  readonly trouble: Trouble;
  readonly networks: readonly { readonly name: NetworkName; readonly label: string }[];
}

/** How each network fares as images get worse; under a push, beside noise of the same size. */
export async function measureRobust(
  { trouble, networks }: RobustAsked,
  said: (share: number) => void,
  isWanted: () => boolean,
): Promise<Robust> {
  const review = await reviewerWith(['test'], (share) => said(share / 4));
  const { strengths } = troubles[trouble];
  const curves: RobustCurve[] = [];
  let done = 0;
  for (const { name, label } of networks) {
    const asked = { ...(await candidate(name)), dataset: 'test', images: IMAGES, seed: SEED };
    const right: number[] = [];
    const noisy: number[] = [];
    for (const strength of strengths) {
      if (!isWanted()) break;
      if (trouble === 'push') {
        const left = await review.rightPushed({ ...asked, size: strength });
        right.push(left.pushed);
        noisy.push(left.noisy);
      } else {
        right.push(await review.rightDisturbed({ ...asked, disturbance: trouble, strength }));
      }
      said(0.25 + (0.75 * ++done) / (networks.length * strengths.length));
    }
    curves.push({ label: trouble === 'push' ? `${label}, pushed` : label, right });
    if (trouble === 'push') curves.push({ label: `${label}, noise of that size`, right: noisy });
  }
  return { trouble, curves };
}

/** Every curve at one strength. */
export function describeRobust({ trouble, curves }: Robust, at: number): string {
  const { say, strengths } = troubles[trouble];
  const each = curves.map(({ label, right }) => `${label}: ${describeAccuracy(right[at], IMAGES)}`);
  return `With the images ${say(strengths[at])}: ${each.join('. ')}.`;
}
