import { type Setup, defaultSetup } from '../../lib/training/setup.ts';

export interface Preset {
  readonly name: string;
  readonly story: string;
  readonly setup: Setup;
}

/** Set-ups with a story: what happens to them is worth seeing. */
export const presets: readonly Preset[] = [
  {
    name: "The original's",
    story:
      'The recipe of the project that this site re-implements: batches of 128, learning rate 0.01, λ = 0.1. It asks for a thousand epochs; here are the first 100.',
    setup: { ...defaultSetup, learningRate: 0.01, l2: 0.1, epochs: 100, validation: 5000 },
  },
  {
    name: 'The fastest to 97\u00a0%',
    story:
      'One wide layer and Adam: a look or two at the digits is enough. Small batches, so that many steps are taken in one epoch.',
    setup: {
      ...defaultSetup,
      layers: [784, 128, 10],
      optimizer: 'adam',
      learningRate: 0.002,
      batchSize: 64,
      epochs: 3,
      validation: 5000,
    },
  },
  {
    name: 'Wide',
    story:
      'A thousand units, thirty times the parameters. It learns the training digits almost by heart, and of the others not much more than the small ones do.',
    setup: { ...defaultSetup, layers: [784, 1000, 10], learningRate: 0.2, epochs: 10, validation: 5000 },
  },
  {
    name: 'Deep with sigmoid',
    story:
      'Seven layers of sigmoids. Each multiplies the blame by at most a quarter on its way back, and the first layers hear nothing of it. It does not learn.',
    setup: {
      ...defaultSetup,
      layers: [784, 32, 32, 32, 32, 32, 32, 32, 10],
      activation: ['sigmoid'],
      initializer: 'xavier',
      epochs: 5,
      validation: 5000,
    },
  },
  {
    name: 'Overfit on 500',
    story:
      'Only 500 digits to learn from, and many looks at each. They are soon all read right; the ones held back are not.',
    setup: {
      ...defaultSetup,
      layers: [784, 128, 10],
      examples: 500,
      batchSize: 32,
      epochs: 100,
      validation: 5000,
    },
  },
  {
    name: 'Linear only',
    story:
      'Three layers without a bend between them are one layer in disguise. However long it learns, it stays near what a single layer can do.',
    setup: {
      ...defaultSetup,
      activation: ['linear'],
      initializer: 'xavier',
      learningRate: 0.05,
      epochs: 10,
      validation: 5000,
    },
  },
];
