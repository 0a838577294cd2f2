import type { NetworkModel } from './model.ts';

/** The mean of several models of one shape, number by number, summed in float64. */
export class WeightAverage {
  #count = 0;
  #last: NetworkModel | undefined;
  readonly #sums: { weights: Float64Array; bias: Float64Array }[] = [];

  add(model: NetworkModel): void {
    model.layers.forEach(({ weights, bias }, l) => {
      this.#sums[l] ??= {
        weights: new Float64Array(weights.length),
        bias: new Float64Array(bias.length),
      };
      addTo(this.#sums[l].weights, weights);
      addTo(this.#sums[l].bias, bias);
    });
    this.#last = model;
    this.#count++;
  }

  /** @throws Error when no model was added */
  mean(): NetworkModel {
    if (!this.#last) throw new Error('there is no model to average');
    const layers = this.#last.layers.map((layer, l) => {
      const { weights, bias } = this.#sums[l];
      return {
        ...layer,
        weights: weights.map((sum) => sum / this.#count),
        bias: bias.map((sum) => sum / this.#count),
      };
    });
    return { layers };
  }
}

function addTo(sums: Float64Array, values: ArrayLike<number>): void {
  for (let n = 0; n < sums.length; n++) sums[n] += values[n];
}
