import { activations } from '../nn/activations.ts';
import type { Trace } from '../nn/trace.ts';

/** What one of a network's scores is made of, pixel by pixel. */
export interface PixelVotes {
  /** (inputs): what each pixel adds to the score; 0 where there is no ink */
  readonly votes: Float64Array;
  /** What all of them add that speak for it, and against it. */
  readonly pro: number;
  readonly contra: number;
  /** What would be added with no pixel at all: the biases, along the same path. */
  readonly rest: number;
  /** The sum before softmax: `pro + contra + rest`, but for rounding. */
  readonly score: number;
}

/**
 * Takes one score apart into what each pixel added to it.
 *
 * Where every ReLU is either open or shut, a network is a sum of weighted pixels: what came through the open units alone, each
 * weighted by the product of the weights on its way. So the parts add up to the score exactly. Of an activation with another
 * curve its tangent is taken, and where that meets z = 0 goes to the rest: the parts still add up, but are true only near here.
 *
 * @param output which of the scores
 * @throws RangeError when there is no such score, or a hidden layer does not act unit by unit
 */
export function pixelVotes(pass: Trace, output: number): PixelVotes {
  const { depth } = pass;
  const [classes] = pass.shape('preActivation', depth);
  if (!(Number.isInteger(output) && output >= 0 && output < classes)) {
    throw new RangeError(`there is no score ${output} among ${classes}`);
  }
  let units = pass.shape('weight', depth)[1];
  // ∂score/∂a of the layer before the one at hand.
  let slopes = Float64Array.from(pass.values('weight', depth).subarray(output * units, (output + 1) * units));
  let rest = pass.values('bias', depth)[output];
  for (let layer = depth - 1; layer > 0; layer--) {
    const [z, a] = [pass.values('preActivation', layer), pass.values('activation', layer)];
    const [weights, bias] = [pass.values('weight', layer), pass.values('bias', layer)];
    const derivative = derivativeOf(pass, layer);
    const inputs = pass.shape('weight', layer)[1];
    const before = new Float64Array(inputs);
    for (let unit = 0; unit < units; unit++) {
      const open = derivative(z[unit], a[unit]);
      rest += slopes[unit] * (a[unit] - open * z[unit] + open * bias[unit]);
      const slope = slopes[unit] * open;
      if (slope === 0) continue;
      const row = unit * inputs;
      for (let input = 0; input < inputs; input++) before[input] += slope * weights[row + input];
    }
    slopes = before;
    units = inputs;
  }
  const pixels = pass.values('activation', 0);
  const votes = slopes.map((slope, pixel) => slope * pixels[pixel]);
  let [pro, contra] = [0, 0];
  for (const vote of votes) {
    if (vote > 0) pro += vote;
    else contra += vote;
  }
  return { votes, pro, contra, rest, score: pass.values('preActivation', depth)[output] };
}

function derivativeOf(pass: Trace, layer: number): (z: number, a: number) => number {
  const origin = pass.origin({ quantity: 'activation', layer, row: 0, column: 0 });
  if (origin.kind !== 'activation') throw new RangeError(`layer ${layer} does not act unit by unit`);
  return activations[origin.name].derivative;
}
