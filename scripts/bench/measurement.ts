/** Images of an epoch. */
export const IMAGES = 60_000;

/** Medians of one peer's rounds at one set-up. */
export interface Measurement {
  readonly setup: string;
  readonly peer: string;
  /** Milliseconds per epoch, and of each round. */
  readonly epoch: number;
  readonly rounds: readonly number[];
  /** Milliseconds to read one image, where the peer has such a thing. */
  readonly prediction: number | undefined;
}
