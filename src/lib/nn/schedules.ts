import { cosine } from './elementary.ts';

export const scheduleNames = ['constant', 'step', 'cosine'] as const;
export type ScheduleName = (typeof scheduleNames)[number];

/** How the learning rate changes over a run. */
export interface ScheduleOptions {
  readonly schedule: ScheduleName;
  /** Epochs over which the rate rises from 0 to its full value. */
  readonly warmup: number;
  /** step: the rate is multiplied by `stepFactor` every `stepEpochs` epochs. */
  readonly stepEpochs: number;
  readonly stepFactor: number;
}

export const defaultSchedule: ScheduleOptions = {
  schedule: 'constant',
  warmup: 0,
  stepEpochs: 10,
  stepFactor: 0.5,
};

/**
 * The learning rate after `epochs` epochs (a fraction within one) of `totalEpochs`.
 *
 * Cosine: from the full rate to 0 along half a cosine (Loshchilov and Hutter 2017), after the warm-up.
 */
export function scheduledRate(
  options: ScheduleOptions,
  fullRate: number,
  epochs: number,
  totalEpochs: number,
): number {
  const { schedule, warmup, stepEpochs, stepFactor } = options;
  if (epochs < warmup) return (fullRate * epochs) / warmup;
  switch (schedule) {
    case 'constant':
      return fullRate;
    case 'step': {
      let rate = fullRate;
      for (let passed = stepEpochs; passed <= epochs; passed += stepEpochs) rate *= stepFactor;
      return rate;
    }
    case 'cosine': {
      const progress = Math.min(1, (epochs - warmup) / Math.max(totalEpochs - warmup, Number.MIN_VALUE));
      return (fullRate * (1 + cosine(Math.PI * progress))) / 2;
    }
  }
}
