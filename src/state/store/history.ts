import type { EpochRecord } from '../../lib/training/trainer.ts';
import type { CurvePoint } from '../../explain/run-curves.ts';

/** What a run has behind it. */
export interface History {
  readonly epochs: readonly EpochRecord[];
  readonly points: readonly CurvePoint[];
}

/** Whether curves can be drawn of what was kept. */
export function isHistory({ epochs, points }: History): boolean {
  return (
    Array.isArray(epochs) &&
    epochs.every(isEpochRecord) &&
    Array.isArray(points) &&
    points.every(isCurvePoint)
  );
}

/** A loss that has grown past every number is kept as such. */
const areNumbers = (...values: readonly unknown[]) => values.every((value) => typeof value === 'number');

function isEpochRecord({ epoch, loss, accuracy, validation }: EpochRecord): boolean {
  return (
    areNumbers(epoch, loss, accuracy) &&
    (validation === undefined || areNumbers(validation.loss, validation.accuracy))
  );
}

function isCurvePoint({ epoch, loss, accuracy, images }: CurvePoint): boolean {
  return areNumbers(epoch, loss, accuracy, images);
}
