/** A test image whose label is in doubt. */
export interface DoubtfulLabel {
  /** Its place in MNIST's test set, from 0. */
  readonly row: number;
  readonly label: number;
  /** What the network that found it took it for. */
  readonly guessed: number;
  /** Of the five people who were asked: how many saw the label in it, how many the guess, how many neither. */
  readonly votes: { readonly label: number; readonly guessed: number; readonly neither: number };
}

const doubtful = (row: number, label: number, guessed: number, ...votes: [number, number, number]) => ({
  row,
  label,
  guessed,
  votes: { label: votes[0], guessed: votes[1], neither: votes[2] },
});

/**
 * MNIST's wrong labels, as far as anybody has had them looked at: of the test images that a network doubted, those in which most
 * of five people did not see the label. The people were shown the label and the network's guess.
 *
 * From C. Northcutt, A. Athalye and J. Mueller, “Pervasive Label Errors in Test Sets Destabilize Machine Learning Benchmarks” (2021),
 * labelerrors.com; their file mturk/mnist_mturk.json.
 */
export const doubtfulLabels: readonly DoubtfulLabel[] = [
  doubtful(947, 8, 9, 0, 5, 0),
  doubtful(1621, 0, 6, 2, 3, 0),
  doubtful(1901, 9, 4, 2, 3, 0),
  doubtful(2130, 4, 9, 2, 2, 1),
  doubtful(2462, 2, 0, 0, 4, 1),
  doubtful(2597, 5, 3, 0, 4, 1),
  doubtful(2654, 6, 1, 0, 2, 3),
  doubtful(3520, 6, 4, 2, 0, 3),
  doubtful(3558, 5, 0, 1, 4, 0),
  doubtful(5937, 5, 3, 1, 3, 1),
  doubtful(6651, 0, 6, 0, 5, 0),
  doubtful(6783, 1, 6, 2, 3, 0),
  doubtful(8527, 4, 9, 2, 2, 1),
  doubtful(9679, 6, 3, 2, 0, 3),
  doubtful(9729, 5, 6, 2, 3, 0),
];
