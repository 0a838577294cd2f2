import { type ElementwiseName, activations } from '../../lib/nn/activations.ts';
import { formatShare } from '../../explain/numbers.ts';

/** An activation and its slope at some places, for its curve. */
export function activationCurve(
  name: ElementwiseName,
  places: readonly number[],
): { z: number; a: number; slope: number }[] {
  const { value, derivative } = activations[name];
  return places.map((z) => {
    const a = value(z);
    return { z, a, slope: derivative(z, a) };
  });
}

/** What is to be said of an activation at a place. */
export function describeSlope(name: ElementwiseName, slope: number): string {
  if (slope === 0) return 'The slope is 0: whatever comes back through here is stopped.';
  if (slope === 1) return 'The slope is 1: whatever comes back through here passes as it is.';
  const share = formatShare(slope, slope >= 0.1 ? 0 : 2);
  const far =
    slope < 0.1 && name !== 'leaky-relu'
      ? ' Ten such layers, one after the other, let next to nothing through.'
      : '';
  return `Of what comes back through here, ${share} passes.${far}`;
}
