/** What one turn of a run came to. */
export interface Turn {
  /** Epochs done by its end, with a fraction. */
  readonly epoch: number;
  readonly images: number;
  /** Means over the images of the turn. */
  readonly loss: number;
  readonly accuracy: number;
}

/** Images of a turn, or the batch that goes beyond them: some milliseconds' worth. An epoch's end ends a turn. */
export const TURN = 1024;

/** Whose turn it is: the place of the smallest number, the first of several; nobody's where all are undefined. */
export function furthestBehind(done: readonly (number | undefined)[]): number | undefined {
  let found: number | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  done.forEach((each, n) => {
    if (each !== undefined && each < fewest) [found, fewest] = [n, each];
  });
  return found;
}
