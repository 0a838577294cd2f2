/** How one output comes to its blame where softmax is followed by cross-entropy. */
export interface OutputBlame {
  readonly p: number;
  readonly y: number;
  /** ∂p_y/∂z of this output: p_y (1 − p_y) at the label itself, −p_y p elsewhere. */
  readonly softmaxSlope: number;
  /** ∂ℒ/∂p_y · ∂p_y/∂z: what is left is p − y. */
  readonly blame: number;
}

/**
 * The blame of each output, by the chain rule through the one probability that the loss looks at, p of the label: the slope of
 * −log p_y is −1/p_y, and p_y has a slope along the sum z of every output.
 *
 * @param p (classes), the probabilities
 * @throws RangeError when the label is not among them
 */
export function outputBlame(
  p: ArrayLike<number>,
  label: number,
): { readonly lossSlope: number; readonly outputs: readonly OutputBlame[] } {
  if (!(label >= 0 && label < p.length)) {
    throw new RangeError(`label ${label} is not among the ${p.length} outputs`);
  }
  const own = p[label];
  const lossSlope = -1 / own;
  const outputs = Array.from(p, (each, k): OutputBlame => {
    const softmaxSlope = k === label ? own * (1 - own) : -own * each;
    return { p: each, y: k === label ? 1 : 0, softmaxSlope, blame: lossSlope * softmaxSlope };
  });
  return { lossSlope, outputs };
}
