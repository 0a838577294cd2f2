import type { Exercise } from './exercise.ts';

type Numbers = readonly number[];

function counted(
  labels: Numbers,
  read: Numbers,
  classes: number,
  where: (label: number, read: number) => [number, number] | undefined,
) {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  labels.forEach((label, n) => {
    const place = where(label, read[n]);
    if (place) counts[place[0]][place[1]]++;
  });
  return counts;
}

/** Chapter 7: what is taken for what. */
export const confusionMatrixExercise: Exercise = {
  starter: `/** counts[label][read]: how often digits with this label were read as that. */
function confusionMatrix(labels: number[], read: number[], classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array(classes).fill(0));
  return counts;
}`,
  solution: `function confusionMatrix(labels: number[], read: number[], classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array(classes).fill(0));
  for (let n = 0; n < labels.length; n++) counts[labels[n]][read[n]]++;
  return counts;
}`,
  functions: [
    {
      name: 'confusionMatrix',
      parameters: ['labels', 'read', 'classes'],
      cases: [
        [[0, 1, 2, 2, 2], [0, 2, 2, 0, 0], 3],
        [[1, 1], [0, 0], 2],
      ],
      right: (labels: Numbers, read: Numbers, classes: number) =>
        counted(labels, read, classes, (label, got) => [label, got]),
      slips: [
        {
          of: (labels: Numbers, read: Numbers, classes: number) =>
            counted(labels, read, classes, () => undefined),
          says: 'Nothing has been counted yet.',
        },
        {
          of: (labels: Numbers, read: Numbers, classes: number) =>
            counted(labels, read, classes, (label, got) => [got, label]),
          says: 'Rows and columns have changed places: the row is the label, the column what was read.',
        },
        {
          of: (labels: Numbers, read: Numbers, classes: number) =>
            counted(labels, read, classes, (label, got) => (label === got ? [label, got] : undefined)),
          says: 'Only what was read right is counted. The mistakes are what this table is for.',
        },
      ],
      hint: 'Go through the digits one by one: each adds 1 in the row of its label, in the column of what it was read as.',
    },
  ],
};
