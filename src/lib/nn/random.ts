import { cosine, logarithm } from './elementary.ts';

/**
 * The one source of chance: xoshiro128** (Blackman and Vigna 2018), seeded through SplitMix32.
 *
 * Only 32-bit integer operations and correctly rounded arithmetic are used, so that a seed gives the same
 * numbers in every browser and on every machine.
 */
export class Random {
  readonly #state = new Uint32Array(4);

  /** @param seed an integer in [0, 2³²) */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`seed must be an integer from 0 to 4294967295, not ${seed}`);
    }
    let x = seed;
    for (let i = 0; i < 4; i++) {
      x = (x + 0x9e3779b9) >>> 0;
      let z = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      this.#state[i] = z ^ (z >>> 15);
    }
  }

  /** The next 32 random bits, as an integer in [0, 2³²). */
  bits(): number {
    const s = this.#state;
    const product = Math.imul(s[1], 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** Uniform in [0, 1), a multiple of 2⁻³². */
  uniform(): number {
    return this.bits() / 4294967296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** An integer in [0, count), without the bias of a plain remainder. */
  below(count: number): number {
    const limit = 4294967296 - (4294967296 % count);
    let bits = this.bits();
    while (bits >= limit) bits = this.bits();
    return bits % count;
  }

  /** Normal with mean 0 and standard deviation 1 (Box and Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * logarithm(1 - this.uniform()));
    return radius * cosine(2 * Math.PI * this.uniform());
  }

  /** Puts the elements into a random order, in place (Fisher–Yates). */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = items[i];
      items[i] = items[j];
      items[j] = kept;
    }
    return items;
  }

  /** A generator of its own for one purpose, so that one purpose drawing more does not change another. */
  fork(): Random {
    return new Random(this.bits());
  }

  /** The four words of the state: enough to go on later from exactly here. */
  get state(): [number, number, number, number] {
    return [...this.#state] as [number, number, number, number];
  }

  static fromState(state: readonly number[]): Random {
    const random = new Random(0);
    random.#state.set(state);
    return random;
  }
}
