import type { Trace } from '../../lib/nn/trace.ts';
import { productPictures } from '../../explain/contributions.ts';
import { labelOf } from '../../explain/equations.ts';
import { formatNumber } from '../../explain/numbers.ts';

/** What the reader thinks of ten outputs, and what δ says. */
export function judgeDirections(
  pass: Trace,
  shouldRise: readonly boolean[],
): { isRight: boolean; text: string } {
  const delta = pass.values('delta', pass.depth);
  const wrong = shouldRise.flatMap((rises, k) => (rises === delta[k] < 0 ? [] : [k]));
  const reason = reasonOf(pass);
  if (wrong.length === 0) return { isRight: true, text: reason };
  const which = wrong.length === 1 ? `Output ${wrong[0]}` : `Outputs ${wrong.join(', ')}`;
  return { isRight: false, text: `${which} the other way round. ${reason}` };
}

/** The outputs whose sums ought to rise. */
export function risingOutputs(pass: Trace): number[] {
  return Array.from(pass.values('delta', pass.depth)).flatMap((value, k) => (value < 0 ? [k] : []));
}

function reasonOf(pass: Trace): string {
  const { label } = labelOf(pass);
  const delta = formatNumber(pass.values('delta', pass.depth)[label]);
  const { kind } = pass.origin({ quantity: 'delta', layer: pass.depth, row: label, column: 0 });
  if (kind === 'difference') {
    return `Only output ${label} has a target of 1: p − 1 = ${delta} is negative, so its sum ought to rise. All others have the target 0, and p − 0 is never negative.`;
  }
  const rising = risingOutputs(pass);
  return `δ is negative for ${rising.length === 0 ? 'none' : rising.join(', ')}: a larger sum there makes the loss smaller. Of the label, ${label}, it is ${delta}.`;
}

/** One of four pictures that a unit's gradient might be. */
export interface GradientOption {
  /** (784) */
  readonly values: Float64Array;
  readonly isRight: boolean;
  readonly says: string;
}

/**
 * For the first-layer unit that is to blame most: its gradient, and three pictures that one might take for it, in an order that
 * changes with the digit.
 */
export function gradientOptions(pass: Trace): { unit: number; options: GradientOption[] } {
  const delta = pass.values('delta', 1);
  const sizes = Array.from(delta, Math.abs);
  const unit = sizes.indexOf(Math.max(...sizes));
  const { weights, products, pixels } = productPictures(pass, unit);
  const inputs = pixels.length;
  const gradient = Float64Array.from(
    pass.values('weightGradient', 1).slice(unit * inputs, (unit + 1) * inputs),
  );
  const blame = formatNumber(delta[unit]);
  const options: GradientOption[] = [
    {
      values: gradient,
      isRight: true,
      says: `Unit ${unit} has the blame ${blame}, and each of its weights gets that times its pixel: the digit itself, in the colour of the blame's sign.`,
    },
    {
      values: gradient.map((value) => -value),
      isRight: false,
      says: `The shape is right and the sign is not: the blame of unit ${unit} is ${blame}, and pixels are never negative.`,
    },
    {
      values: Float64Array.from(weights),
      isRight: false,
      says: 'Those are the weights themselves. The gradient of a product by one factor is the other factor: the pixel, not the weight.',
    },
    {
      values: Float64Array.from(products),
      isRight: false,
      says: 'Those are weight times pixel, the forward products. In the derivative by the weight, the weight has gone.',
    },
  ];
  const turn = Math.round(sizes.reduce((sum, size) => sum + size * 1e3, 0)) % options.length;
  return { unit, options: [...options.slice(turn), ...options.slice(0, turn)] };
}
