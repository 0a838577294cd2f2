import type { Random } from '../lib/nn/random.ts';
import type { Trace } from '../lib/nn/trace.ts';
import { formatExact, rounded } from './numbers.ts';

/*
 * Questions about what earlier chapters taught, a few seconds each, with numbers out of a pass of a real network: new ones each time.
 * They are rounded before they are reckoned with, so that the answer is that of the numbers that are shown.
 */

export interface RecallQuestion {
  readonly text: string;
  readonly answer: number;
  /** How far off still counts as right. */
  readonly tolerance: number;
  readonly slips: readonly { readonly given: number; readonly says: string }[];
  /** Said once the answer is there, and of any other wrong one. */
  readonly why: string;
}

/** What a question is made from: a pass of a labelled digit, there and back. */
export interface RecallSource {
  readonly pass: Trace;
  readonly label: number;
  /** (784) bytes */
  readonly image: Uint8Array;
}

interface Maker {
  /** The chapter after which it can be asked. */
  readonly chapter: number;
  readonly make: (source: RecallSource, random: Random) => RecallQuestion;
}

const text = formatExact;

/** A share in hundredths, neither nothing nor all. */
const share = (p: number) => Math.min(99, Math.max(1, Math.round(100 * p))) / 100;

/** One of the numbers, as far as it is worth reckoning with: not 0, and not so small that it has an exponent. */
function pick(values: ArrayLike<number>, random: Random, most = Infinity): number {
  const worth = Array.from(values).filter((value) => Math.abs(value) >= 0.01 && Math.abs(value) <= most);
  return worth.length > 0 ? rounded(worth[random.below(worth.length)], 1) : 0.3;
}

const makers = {
  scale: {
    chapter: 1,
    make({ image }, random) {
      const grey = Array.from(image).filter((byte) => byte > 20 && byte < 255);
      const byte = grey.length > 0 ? grey[random.below(grey.length)] : 204;
      return {
        text: `A pixel is the byte ${byte}. Which number of it goes into the network?`,
        answer: byte / 255,
        tolerance: 0.01,
        slips: [{ given: byte, says: 'That is the byte. A network is given numbers from 0 to 1.' }],
        why: `A byte goes from 0 to 255, and is divided by 255: ${byte} / 255.`,
      };
    },
  },
  relu: {
    chapter: 2,
    make({ pass }, random) {
      const z = pick(pass.values('preActivation', 1), random);
      return {
        text: `The sum of a hidden unit is ${text(z)}. What does its ReLU make of it?`,
        answer: Math.max(0, z),
        tolerance: 0.001,
        slips: [
          { given: z, says: 'ReLU lets nothing below 0 through.' },
          { given: Math.abs(z), says: 'It does not turn the sign: it makes 0 of what is negative.' },
        ],
        why: 'ReLU hands on what is above 0 as it is, and makes 0 of all else.',
      };
    },
  },
  sum: {
    chapter: 2,
    make({ pass }, random) {
      const weights = pass.values('weight', 2);
      const [w1, w2] = [pick(weights, random), pick(weights, random)];
      const a = pick(pass.values('activation', 1), random, 10);
      const b = pick(pass.values('bias', 2), random);
      const answer = w1 * a + w2 + b;
      return {
        text: `A unit has the weights ${text(w1)} and ${text(w2)} and the bias ${text(b)}. Into it come ${text(a)} and 1. What is its sum?`,
        answer,
        tolerance: 0.011,
        slips: [{ given: answer - b, says: 'The bias is missing: it is added at the end.' }],
        why: `Each input times its weight, all added up, and the bias: ${text(w1)} · ${text(a)} + ${text(w2)} · 1 + ${text(b)}.`,
      };
    },
  },
  shares: {
    chapter: 3,
    make({ pass, label }) {
      const p = share(pass.values('activation', pass.depth)[label]);
      return {
        text: `Softmax has given the right digit a share of ${text(p)}. What do the nine others have together?`,
        answer: 1 - p,
        tolerance: 0.001,
        slips: [{ given: (1 - p) / 9, says: 'That is what each of them would have on average.' }],
        why: 'The ten shares make 1.',
      };
    },
  },
  'output-blame': {
    chapter: 4,
    make({ pass, label }, random) {
      const p = pass.values('activation', pass.depth);
      const isLabel = random.uniform() < 0.5;
      const k = isLabel ? label : (label + 1 + random.below(9)) % 10;
      const said = share(p[k]);
      const answer = said - (isLabel ? 1 : 0);
      return {
        text: `A digit is labelled ${label}. The output ${k} says ${text(said)}. What is its blame, δ?`,
        answer,
        tolerance: 0.001,
        slips: [
          {
            given: -answer,
            says: 'That is y − p. The blame is what was said minus what should have been said.',
          },
          {
            given: isLabel ? said : said - 1,
            says: `y is 1 for the label alone, and the label is ${label}.`,
          },
        ],
        why: `δ = p − y = ${text(said)} − ${isLabel ? 1 : 0}.`,
      };
    },
  },
  'weight-gradient': {
    chapter: 4,
    make({ pass }, random) {
      const delta = pick(pass.values('delta', pass.depth), random);
      const a = pick(pass.values('activation', pass.depth - 1), random, 10);
      return {
        text: `A weight leads into a unit with the blame ${text(delta)}. Through it came ${text(a)}. What is the weight’s gradient?`,
        answer: delta * a,
        tolerance: Math.abs(delta * a) * 0.05,
        slips: [{ given: delta, says: 'That would be the gradient of the bias: through it comes 1.' }],
        why: `The blame at its upper end times what came in at its lower end: ${text(delta)} · ${text(a)}.`,
      };
    },
  },
  'hidden-blame': {
    chapter: 4,
    make({ pass }, random) {
      const { depth } = pass;
      const [w1, w2] = [
        pick(pass.values('weight', depth), random),
        pick(pass.values('weight', depth), random),
      ];
      const [d1, d2] = [pick(pass.values('delta', depth), random), pick(pass.values('delta', depth), random)];
      const z = pick(pass.values('preActivation', depth - 1), random);
      const passed = w1 * d1 + w2 * d2;
      const answer = z > 0 ? passed : 0;
      return {
        text: `A hidden unit feeds two units: with the weight ${text(w1)} one that has the blame ${text(d1)}, with ${text(w2)} one that has ${text(d2)}. Its own sum was ${text(z)}, before ReLU. What is its blame?`,
        answer,
        tolerance: Math.max(0.002, Math.abs(passed) * 0.05),
        slips: [
          { given: passed, says: 'Its sum was negative, so ReLU made 0 of it: no blame comes through.' },
          { given: d1 + d2, says: 'Each blame comes back through its weight: times it.' },
        ],
        why:
          z > 0
            ? `Back through each outgoing weight, added up, and past an open ReLU: ${text(w1)} · ${text(d1)} + ${text(w2)} · ${text(d2)}.`
            : 'Its ReLU was closed: whatever comes back through the weights, nothing passes.',
      };
    },
  },
  mean: {
    chapter: 4,
    make({ pass }, random) {
      const gradient = pick(pass.values('weightGradient', pass.depth), random);
      const batch = [10, 20, 50][random.below(3)];
      const sum = rounded(gradient * batch, 2);
      return {
        text: `The gradients of one weight over a batch of ${batch} digits add up to ${text(sum)}. Which gradient does the step use?`,
        answer: sum / batch,
        tolerance: Math.abs(sum / batch) * 0.03,
        slips: [{ given: sum, says: 'The clinic knows this one: the sum is not divided by the batch size.' }],
        why: `Their mean: ${text(sum)} / ${batch}.`,
      };
    },
  },
  step: {
    chapter: 5,
    make({ pass }, random) {
      const w = pick(pass.values('weight', pass.depth), random);
      const gradient = pick(pass.values('weightGradient', pass.depth), random);
      return {
        text: `A weight is ${text(w)}, its gradient ${text(gradient)}, the learning rate 0.1. What is the weight after the step?`,
        answer: w - 0.1 * gradient,
        tolerance: Math.abs(gradient) * 0.02,
        slips: [
          { given: w + 0.1 * gradient, says: 'That goes uphill: the gradient is subtracted.' },
          { given: w - gradient, says: 'The learning rate is missing.' },
        ],
        why: `w − η · ∂w = ${text(w)} − 0.1 · ${text(gradient)}.`,
      };
    },
  },
  dropout: {
    chapter: 6,
    make({ pass }, random) {
      const a = pick(pass.values('activation', 1), random);
      return {
        text: `Half of the units are dropped while a network trains. One that is kept says ${text(a)}. What is handed on?`,
        answer: 2 * a,
        tolerance: Math.abs(a) * 0.02,
        slips: [{ given: a, says: 'Then the next layer would get half as much as when nothing is dropped.' }],
        why: 'It is divided by the share that is kept, ½, so that the mean stays what it is without dropout.',
      };
    },
  },
  precision: {
    chapter: 7,
    make({ label }, random) {
      const called = 20 + 10 * random.below(4);
      const right = called - 1 - random.below(Math.floor(called / 4));
      return {
        text: `${called} images were called a ${label}, and ${right} of them are one. What is the precision, as a share?`,
        answer: right / called,
        tolerance: 0.006,
        slips: [{ given: (100 * right) / called, says: 'As a share, from 0 to 1.' }],
        why: `Of those that were called so, how many are: ${right} / ${called}.`,
      };
    },
  },
} as const satisfies Record<string, Maker>;

export type RecallName = keyof typeof makers;

export const recallNames = Object.keys(makers) as RecallName[];

/** The chapter after which a question can be asked. */
export const recallChapter = (name: RecallName): number => makers[name].chapter;

export function recallQuestion(name: RecallName, source: RecallSource, random: Random): RecallQuestion {
  return makers[name].make(source, random);
}
