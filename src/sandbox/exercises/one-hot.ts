import type { Exercise } from './exercise.ts';

const scaled = (by: number) => (bytes: readonly number[]) => bytes.map((byte) => byte / by);
const hot = (at: (label: number) => number, length: number) => (label: number) =>
  Array.from({ length }, (_, k) => (k === at(label) ? 1 : 0));

/** Chapter 1: what is done to a picture and its label on their way in. */
export const oneHotExercise: Exercise = {
  starter: `/** Bytes from 0 to 255 as numbers from 0 to 1. */
function scale(bytes: number[]): number[] {
  return bytes;
}

/** Ten numbers: a 1 at the label's place, 0 everywhere else. */
function oneHot(label: number): number[] {
  return [label];
}`,
  solution: `function scale(bytes: number[]): number[] {
  return bytes.map((byte) => byte / 255);
}

function oneHot(label: number): number[] {
  return Array.from({ length: 10 }, (_, k) => (k === label ? 1 : 0));
}`,
  functions: [
    {
      name: 'scale',
      parameters: ['bytes'],
      cases: [[[0, 51, 255]]],
      right: scaled(255),
      slips: [
        {
          of: scaled(256),
          says: 'There are 256 bytes, and the largest is 255: that is what has to become 1.',
        },
        { of: scaled(1), says: 'The bytes come out as they went in.' },
      ],
      hint: 'The largest byte, 255, has to become 1, and all others as much smaller.',
    },
    {
      name: 'oneHot',
      parameters: ['label'],
      cases: [[7], [0]],
      right: hot((label) => label, 10),
      slips: [
        {
          of: hot((label) => label - 1, 10),
          says: 'The 1 is one place too early: places are counted from 0, as digits are.',
        },
        {
          of: hot((label) => label + 1, 10),
          says: 'The 1 is one place too late: places are counted from 0, as digits are.',
        },
        { of: hot((label) => label, 9), says: 'Nine places are one too few: the digits are 0 to 9.' },
        {
          of: (label: number) => new Array<number>(10).fill(label),
          says: 'Every place holds the label now: only one of them should hold a 1.',
        },
      ],
      hint: 'Ten numbers, and nine of them are 0. The 1 stands at the place that the label names.',
    },
  ],
};
