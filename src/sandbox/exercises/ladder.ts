import { type FaultName, faultOf } from '../../lib/clinic/faults.ts';
import type { Exercise, FunctionTask, PageWorld, Slip } from './exercise.ts';
import {
  type RowGradient,
  type RowLayer,
  type RowPass,
  drawInput,
  drawLayers,
  faultyGradients,
  meanLoss,
  nudgedGradients,
  nudgedGradientsInTurns,
  outputBlame,
  passOf,
  rowLayers,
} from './row-network.ts';

/*
 * The rungs of the ladder on which a reader comes to write backward: lines to put in order, a blank, a line, a function, a batch,
 * the loss, the step. What is right is found by nudging every parameter; known faults are those of the clinic.
 */

type Numbers = readonly number[];

/**
 * All layers alike, so that what fits by its shape alone can be told from what is right; then shapes that differ. Seeds with
 * which each layer has open and closed units, and no output is sure of itself.
 */
const NETWORKS: readonly (readonly [sizes: Numbers, seed: number])[] = [
  [[3, 3, 3, 3], 7],
  [[4, 3, 2, 3], 1],
  [[3, 5, 3], 14],
];

const AT_THE_OUTPUT: readonly FaultName[] = ['wrong-sign', 'label-forgotten', 'softmax-again'];
const IN_THE_LAYERS: readonly FaultName[] = [
  'bias-forgotten',
  'not-transposed',
  'one-mask-forgotten',
  'masks-forgotten',
  'activation-for-mask',
  'other-mask',
  'stopped-at-output',
];
const ALL: readonly FaultName[] = [...AT_THE_OUTPUT, ...IN_THE_LAYERS];

function knownFault(name: FaultName): Omit<Slip, 'of'> {
  const { label, says } = faultOf(name);
  return { says: `The clinic knows this one: ${label}.`, because: says };
}

/** The right gradients with each matrix changed. */
const changed =
  (change: (gradient: RowGradient, l: number, layers: readonly RowLayer[]) => RowGradient) =>
  (layers: readonly RowLayer[], gradients: readonly RowGradient[]) =>
    gradients.map((gradient, l) => change(gradient, l, layers));

const turned = changed(({ dW, db }) => ({ dW: dW[0].map((_, k) => dW.map((row) => row[k])), db }));
const TURNED =
  'Rows and columns of dW have changed places: row j holds what belongs to unit j, so the blame comes first in the outer product.';
const withoutBias = changed(({ dW, db }) => ({ dW, db: db.map(() => 0) }));

/** What comes out of each layer where what goes in should stand. */
function withOutputs(pass: RowPass, gradients: readonly RowGradient[]): RowGradient[] {
  return gradients.map(({ db }, l) => ({ dW: db.map((blame) => pass.a[l + 1].map((a) => blame * a)), db }));
}
const WITH_OUTPUTS =
  'That is the blame times what came out of the layer. The weights never saw that: they multiplied what went in.';

/* ---- Rungs 2 to 4: two layers, line by line ---- */

interface TwoLayers {
  readonly W1: number[][];
  readonly b1: number[];
  readonly W2: number[][];
  readonly b2: number[];
}

interface TwoPass {
  readonly x: number[];
  readonly z1: number[];
  readonly a1: number[];
  readonly p: number[];
}

const layersOf = ({ W1, b1, W2, b2 }: TwoLayers): RowLayer[] => [
  { W: W1, b: b1 },
  { W: W2, b: b2 },
];

const byName = ([one, two]: readonly RowGradient[]) => ({
  dW1: one.dW,
  db1: one.db,
  dW2: two.dW,
  db2: two.db,
});

function twoLayerCase(sizes: Numbers, seed: number, label: number) {
  const layers = drawLayers(sizes, seed);
  const x = drawInput(sizes[0], seed + 100);
  const { a, z } = passOf(layers, x);
  const net: TwoLayers = { W1: layers[0].W, b1: layers[0].b, W2: layers[1].W, b2: layers[1].b };
  const pass: TwoPass = { x, z1: z[0], a1: a[1], p: a[2] };
  return [net, pass, pass.p.map((_, k) => (k === label ? 1 : 0))];
}

const rightOfTwo = (net: TwoLayers, { x }: TwoPass, y: Numbers) =>
  nudgedGradients(layersOf(net), [x], [y.indexOf(1)]);

const twoLayerTask: FunctionTask = {
  name: 'backwardTwo',
  parameters: ['net', 'pass', 'y'],
  get cases() {
    return [twoLayerCase([3, 3, 3], 7, 1), twoLayerCase([4, 3, 2], 5, 0)];
  },
  right: (net: TwoLayers, pass: TwoPass, y: Numbers) => byName(rightOfTwo(net, pass, y)),
  slips: [
    ...ALL.filter((name) => name !== 'one-mask-forgotten').map((name): Slip => ({
      of: (net: TwoLayers, { x }: TwoPass, y: Numbers) =>
        byName(faultyGradients(name, layersOf(net), [x], [y.indexOf(1)])),
      ...knownFault(name),
    })),
    {
      of: (net: TwoLayers, pass: TwoPass, y: Numbers) =>
        byName(turned(layersOf(net), rightOfTwo(net, pass, y))),
      says: TURNED,
    },
    {
      of: (net: TwoLayers, pass: TwoPass, y: Numbers) => {
        const gradients = rightOfTwo(net, pass, y);
        return { ...byName(gradients), dW2: byName(turned(layersOf(net), gradients)).dW2 };
      },
      says: TURNED,
    },
    {
      of: (net: TwoLayers, pass: TwoPass, y: Numbers) => {
        const { dW1, db1, db2 } = byName(rightOfTwo(net, pass, y));
        return { dW1, db1, dW2: db2.map((blame) => pass.x.map((value) => blame * value)), db2 };
      },
      says: 'Into the second layer goes what came out of the first, not the input of the network.',
    },
    {
      of: (net: TwoLayers, pass: TwoPass, y: Numbers) => {
        const { dW1, db1, db2 } = byName(rightOfTwo(net, pass, y));
        return { dW1, db1, dW2: db2.map((blame) => pass.z1.map((value) => blame * value)), db2 };
      },
      says: 'The second layer was given the outputs of the first, after ReLU, and not its sums.',
    },
    {
      of: (net: TwoLayers, pass: TwoPass, y: Numbers) => {
        const { dW1, db1, db2 } = byName(rightOfTwo(net, pass, y));
        return { dW1, db1, dW2: db2.map((blame) => pass.p.map((value) => blame * value)), db2 };
      },
      says: WITH_OUTPUTS,
    },
  ],
  hint: 'Go line by line: which of your gradients is the first, from the end, whose cells are marked?',
};

/** The lines of backward for two layers, in an order that works. */
export const rightLines = [
  'const delta2 = p.map((share, k) => share - y[k]);',
  'const dW2 = outer(delta2, a1);',
  'const dA1 = timesTransposed(net.W2, delta2);',
  'const delta1 = dA1.map((blame, j) => (z1[j] > 0 ? blame : 0));',
  'const dW1 = outer(delta1, x);',
] as const;

/** Lines that look as if they belonged there: three faults of the clinic. */
export const wrongLines = [
  'const delta2 = p.map((share, k) => y[k] - share);',
  'const dA1 = times(net.W2, delta2);',
  'const delta1 = dA1.map((blame, j) => blame * a1[j]);',
] as const;

/** The function that lines make. */
export function backwardOfLines(lines: readonly string[]): string {
  return [
    'function backwardTwo(net, { x, z1, a1, p }, y) {',
    ...lines.map((line) => `  ${line}`),
    '  return { dW1, db1: delta1, dW2, db2: delta2 };',
    '}',
  ].join('\n');
}

const withLine = (at: number, line: string) =>
  backwardOfLines(rightLines.map((right, n) => (n === at ? line : right)));

/* ---- Rungs 5 to 8: any number of layers ---- */

function oneExample(sizes: Numbers, seed: number) {
  const layers = drawLayers(sizes, seed);
  const pass = passOf(layers, drawInput(sizes[0], seed + 100));
  return { layers, pass, label: seed % sizes.at(-1)! };
}

/** The label of which p − y is the blame. */
const labelOf = (delta: Numbers) => delta.findIndex((value) => value < 0);

const rightOfOne = (layers: readonly RowLayer[], { a }: RowPass, delta: Numbers) =>
  nudgedGradients(layers, [a[0]], [labelOf(delta)]);

const backwardTask: FunctionTask = {
  name: 'backward',
  parameters: ['layers', 'pass', 'delta'],
  get cases() {
    return NETWORKS.map(([sizes, seed]) => {
      const { layers, pass, label } = oneExample(sizes, seed);
      return [layers, pass, outputBlame(pass, label)];
    });
  },
  realCase: async (page) => {
    const { layers, images, labels } = await realDigits(page, 1);
    const pass = passOf(layers, images[0]);
    return {
      given: [layers, pass, outputBlame(pass, labels[0])],
      expected: await nudgedGradientsInTurns(page.pause, layers, images, labels),
    };
  },
  right: rightOfOne,
  slips: [
    ...IN_THE_LAYERS.map((name): Slip => ({
      of: (layers: RowLayer[], { a }: RowPass, delta: Numbers) =>
        faultyGradients(name, layers, [a[0]], [labelOf(delta)]),
      ...knownFault(name),
    })),
    {
      of: (layers: RowLayer[], _pass: RowPass, _delta: Numbers, right: RowGradient[]) =>
        turned(layers, right),
      says: TURNED,
    },
    {
      of: (_: RowLayer[], pass: RowPass, _delta: Numbers, right: RowGradient[]) => withOutputs(pass, right),
      says: WITH_OUTPUTS,
    },
    {
      of: (_: RowLayer[], _pass: RowPass, _delta: Numbers, right: RowGradient[]) => right.toReversed(),
      says: 'All gradients are right, and in the wrong order: the first layer’s come first. Put each at its layer’s place, gradients[l].',
    },
  ],
  hint: 'What is marked is wrong. Begin with the last layer: its dW and db need only delta and what went into that layer.',
};

function batchOf(sizes: Numbers, seed: number, count: number) {
  const layers = drawLayers(sizes, seed);
  const images = Array.from({ length: count }, (_, n) => drawInput(sizes[0], seed + 200 + n));
  const labels = images.map((_, n) => (seed + n) % sizes.at(-1)!);
  return { layers, images, labels };
}

async function realDigits(page: PageWorld, count: number) {
  const [network, sample] = await Promise.all([page.network('original'), page.digits('sample-test')]);
  const images = Array.from({ length: count }, (_, n) =>
    Array.from(sample.values.subarray(n * sample.width, (n + 1) * sample.width), (byte) => byte / 255),
  );
  return {
    layers: rowLayers(network.toModel()),
    images,
    labels: Array.from(sample.labels.subarray(0, count)),
  };
}

/** As many as the batch has, where their mean should stand. */
const summed = (gradients: readonly RowGradient[], count: number) =>
  gradients.map(({ dW, db }) => ({
    dW: dW.map((row) => row.map((value) => value * count)),
    db: db.map((value) => value * count),
  }));

const NOT_DIVIDED = knownFault('not-divided');
const LAST_ALONE =
  'Only the last example is in it. The gradients of the others have to be added, not written over: += in place of =.';

type BatchArguments = [layers: RowLayer[], passes: RowPass[], deltas: number[][]];
const imagesOf = (passes: readonly RowPass[]) => passes.map(({ a }) => a[0]);

const batchTask: FunctionTask = {
  name: 'backwardBatch',
  parameters: ['layers', 'passes', 'deltas'],
  get cases() {
    return NETWORKS.map(([sizes, seed]) => {
      const { layers, images, labels } = batchOf(sizes, seed, 4);
      const passes = images.map((x) => passOf(layers, x));
      return [layers, passes, passes.map((pass, i) => outputBlame(pass, labels[i]))];
    });
  },
  right: (...[layers, passes, deltas]: BatchArguments) =>
    nudgedGradients(layers, imagesOf(passes), deltas.map(labelOf)),
  slips: [
    {
      of: (...[layers, passes, deltas]: BatchArguments) =>
        summed(nudgedGradients(layers, imagesOf(passes), deltas.map(labelOf)), passes.length),
      ...NOT_DIVIDED,
    },
    {
      of: (...[layers, passes, deltas]: BatchArguments) => rightOfOne(layers, passes.at(-1)!, deltas.at(-1)!),
      says: LAST_ALONE,
    },
    {
      of: (...[layers, passes, deltas]: BatchArguments) => rightOfOne(layers, passes[0], deltas[0]),
      says: 'Only the first example is in it.',
    },
    {
      of: (...[layers, passes, deltas]: BatchArguments) =>
        withoutBias(layers, nudgedGradients(layers, imagesOf(passes), deltas.map(labelOf))),
      ...knownFault('bias-forgotten'),
    },
  ],
  hint: 'For one example it is right as it stands in rung 5. Here the gradients of all examples are added up, and divided by how many there are.',
};

type LearnArguments = [layers: RowLayer[], images: number[][], labels: number[]];

type LossAndGradients = ReturnType<typeof rightOfAll>;

const rightOfAll = (...[layers, images, labels]: LearnArguments) => ({
  loss: meanLoss(layers, images, labels),
  gradients: nudgedGradients(layers, images, labels),
});

const lossTask: FunctionTask = {
  name: 'lossAndGradients',
  parameters: ['layers', 'images', 'labels'],
  get cases() {
    return NETWORKS.map(([sizes, seed]) => {
      const { layers, images, labels } = batchOf(sizes, seed, 3);
      return [layers, images, labels];
    });
  },
  realCase: async (page) => {
    const { layers, images, labels } = await realDigits(page, 2);
    return {
      given: [layers, images, labels],
      expected: {
        loss: meanLoss(layers, images, labels),
        gradients: await nudgedGradientsInTurns(page.pause, layers, images, labels),
      },
    };
  },
  right: rightOfAll,
  slips: [
    ...ALL.map((name): Slip => ({
      of: (...[layers, images, labels]: LearnArguments) => ({
        loss: meanLoss(layers, images, labels),
        gradients: faultyGradients(name, layers, images, labels),
      }),
      ...knownFault(name),
    })),
    {
      of: (...[, images, , { loss, gradients }]: [...LearnArguments, LossAndGradients]) => {
        return { loss: loss * images.length, gradients };
      },
      says: 'The gradients are right. The loss is the sum over the examples where their mean should stand.',
    },
    {
      of: (...[, , , { loss, gradients }]: [...LearnArguments, LossAndGradients]) => {
        return { loss: -loss, gradients };
      },
      says: 'The gradients are right. The sign of the loss is turned: a logarithm of a share is negative, and the loss is minus that.',
    },
    {
      of: (...[, images, , { loss, gradients }]: [...LearnArguments, LossAndGradients]) => {
        return { loss, gradients: summed(gradients, images.length) };
      },
      ...NOT_DIVIDED,
    },
  ],
  hint: 'For each image: forward, its share of the loss, −ln of the share of the right digit, and its blame, p − y. The rest is rung 6.',
};

const stepped = (layers: readonly RowLayer[], gradients: readonly RowGradient[], factor: number) =>
  layers.map(({ W, b }, l) => ({
    W: W.map((row, j) => row.map((w, k) => w + factor * gradients[l].dW[j][k])),
    b: b.map((value, j) => value + factor * gradients[l].db[j]),
  }));

type UpdateArguments = [layers: RowLayer[], gradients: RowGradient[], learningRate: number];

const updateTask: FunctionTask = {
  name: 'update',
  parameters: ['layers', 'gradients', 'learningRate'],
  get cases() {
    return NETWORKS.slice(1).map(([sizes, seed]) => {
      const { layers, images, labels } = batchOf(sizes, seed, 1);
      return [layers, nudgedGradients(layers, images, labels), 0.1];
    });
  },
  right: (...[layers, gradients, rate]: UpdateArguments) => stepped(layers, gradients, -rate),
  slips: [
    {
      of: (...[layers, gradients, rate]: UpdateArguments) => stepped(layers, gradients, rate),
      says: 'That step goes uphill: the gradient points to where the loss grows, so it is subtracted.',
    },
    {
      of: (...[layers, gradients]: UpdateArguments) => stepped(layers, gradients, -1),
      says: 'The step has the right direction and is far too long: the learning rate is missing.',
    },
    { of: (layers: RowLayer[]) => layers, says: 'Nothing has moved.' },
    {
      of: (...[layers, gradients, rate]: UpdateArguments) =>
        stepped(layers, gradients, -rate).map(({ W }, l) => ({ W, b: layers[l].b })),
      says: 'The weights have moved, and the biases have not.',
    },
  ],
  hint: 'From every weight and every bias take its own gradient, times the learning rate.',
  inPlace: true,
};

type EpochArguments = [
  layers: RowLayer[],
  images: number[][],
  labels: number[],
  batchSize: number,
  rate: number,
];

/** One step a batch, each from where the one before has left the network. */
function trained(...[layers, images, labels, batchSize, rate]: EpochArguments): RowLayer[] {
  let now = layers;
  for (let from = 0; from < images.length; from += batchSize) {
    const end = from + batchSize;
    now = stepped(now, nudgedGradients(now, images.slice(from, end), labels.slice(from, end)), -rate);
  }
  return now;
}

const epochTask: FunctionTask = {
  name: 'epoch',
  parameters: ['layers', 'images', 'labels', 'batchSize', 'learningRate'],
  get cases() {
    const { layers, images, labels } = batchOf(...NETWORKS[1], 5);
    return [[layers, images, labels, 2, 0.1]];
  },
  right: trained,
  slips: [
    {
      of: (...[layers, images, labels, , rate]: EpochArguments) =>
        trained(layers, images, labels, images.length, rate),
      says: 'That is one step with all images at once: take a batch, step, and take the next.',
    },
    {
      of: (...[layers, images, labels, batchSize, rate]: EpochArguments) =>
        trained(layers, images.slice(0, batchSize), labels.slice(0, batchSize), batchSize, rate),
      says: 'It stops after the first batch.',
    },
    {
      of: (...[layers, images, labels, batchSize, rate]: EpochArguments) => {
        const whole = images.length - (images.length % batchSize);
        return trained(layers, images.slice(0, whole), labels.slice(0, whole), batchSize, rate);
      },
      says: 'The images after the last whole batch are left out. They make a smaller batch of their own.',
    },
    {
      of: (...[layers, images, labels, , rate]: EpochArguments) => trained(layers, images, labels, 1, rate),
      says: 'That is one step for each image: a step comes after a batch of them.',
    },
    { of: (layers: RowLayer[]) => layers, says: 'Nothing has moved.' },
  ],
  hint: 'For each batch: lossAndGradients of its images and labels, then update. Both change what the next batch begins with.',
  inPlace: true,
};

/** In the order of the rungs. */
export const ladder = {
  'lines-in-order': {
    starter: 'function backwardTwo() {}',
    solution: backwardOfLines(rightLines),
    functions: [twoLayerTask],
  },
  'one-operand': {
    starter: withLine(1, 'const dW2 = outer(delta2, ____);'),
    solution: backwardOfLines(rightLines),
    hints: [
      'dW2 belongs to the weights of the second layer. What did they multiply, on the way forward?',
      'It is what came out of the first layer, after ReLU: one of the names in the first line.',
    ],
    functions: [twoLayerTask],
  },
  'one-line': {
    starter: withLine(3, 'const delta1 = ____;'),
    solution: backwardOfLines(rightLines),
    hints: [
      'dA1 is the blame of the outputs of the first layer. Between an output and its sum stands ReLU.',
      'Where the sum was positive ReLU hands the blame on as it is; elsewhere nothing comes through.',
      'The sums are z1: go through dA1 with map, and look at z1[j].',
    ],
    functions: [twoLayerTask],
  },
  'backward-by-hand': {
    starter: `/** The gradients of every layer, for one example. delta is the blame of the last sums, p − y. */
function backward(layers: Layer[], pass: Pass, delta: number[]): Gradient[] {
  const gradients: Gradient[] = [];

  return gradients;
}`,
    solution: `function backward(layers: Layer[], pass: Pass, delta: number[]): Gradient[] {
  const gradients: Gradient[] = [];
  for (let l = layers.length - 1; l >= 0; l--) {
    gradients[l] = { dW: outer(delta, pass.a[l]), db: delta };
    if (l === 0) break;
    const dA = timesTransposed(layers[l].W, delta);
    delta = dA.map((blame, j) => (pass.z[l - 1][j] > 0 ? blame : 0));
  }
  return gradients;
}`,
    hints: [
      'A loop from the last layer to the first: for (let l = layers.length - 1; l >= 0; l--).',
      'At each layer two lines as before: dW is an outer product, db is delta itself. What goes into layer l is pass.a[l].',
      'Then delta becomes that of the layer below: through the weights of layer l, turned round, and past the ReLU of layer l − 1.',
    ],
    functions: [backwardTask],
  },
  'a-batch-by-hand': {
    starter: `/** The mean of the gradients of several examples: a pass and a delta for each. */
function backwardBatch(layers: Layer[], passes: Pass[], deltas: number[][]): Gradient[] {
  const means = layers.map(({ W, b }) => ({ dW: W.map((row) => row.map(() => 0)), db: b.map(() => 0) }));

  return means;
}`,
    solution: `function backwardBatch(layers: Layer[], passes: Pass[], deltas: number[][]): Gradient[] {
  const means = layers.map(({ W, b }) => ({ dW: W.map((row) => row.map(() => 0)), db: b.map(() => 0) }));
  const share = 1 / passes.length;
  for (let i = 0; i < passes.length; i++) {
    const gradients = backward(layers, passes[i], deltas[i]);
    for (let l = 0; l < layers.length; l++) {
      const [{ dW, db }, mean] = [gradients[l], means[l]];
      for (let j = 0; j < db.length; j++) {
        mean.db[j] += share * db[j];
        for (let k = 0; k < dW[j].length; k++) mean.dW[j][k] += share * dW[j][k];
      }
    }
  }
  return means;
}`,
    hints: [
      'Your backward of rung 5 does each example. Call it for each pass with its delta.',
      'Add every number of what it gives to the number at the same place in means, divided by how many examples there are.',
    ],
    functions: [batchTask],
  },
  'the-loss-by-hand': {
    starter: `/** The mean loss of a batch, and the gradients of every layer. forward stands above. */
function lossAndGradients(layers: Layer[], images: number[][], labels: number[]) {
  const passes = images.map((x) => forward(layers, x));
  const loss = 0;
  const gradients: Gradient[] = [];
  return { loss, gradients };
}`,
    solution: `function lossAndGradients(layers: Layer[], images: number[][], labels: number[]) {
  const passes = images.map((x) => forward(layers, x));
  const shares = passes.map(({ a }) => a[layers.length]);
  const loss = shares.reduce((sum, p, i) => sum - Math.log(p[labels[i]]), 0) / images.length;
  const deltas = shares.map((p, i) => p.map((share, k) => share - (k === labels[i] ? 1 : 0)));
  return { loss, gradients: backwardBatch(layers, passes, deltas) };
}`,
    hints: [
      'The last outputs of a pass, pass.a[layers.length], are p: a softmax of the last sums. forward has made it already.',
      'The loss of one image is −ln of the share that its label got: -Math.log(p[label]).',
      'The blame of the last sums is p, with 1 taken off at the label.',
    ],
    functions: [lossTask],
  },
  'the-step-by-hand': {
    starter: `/** Moves every weight and bias a step against its gradient. */
function update(layers: Layer[], gradients: Gradient[], learningRate: number): void {
}

/** Goes once through the images, one step for each batch. */
function epoch(layers: Layer[], images: number[][], labels: number[], batchSize: number, learningRate: number): void {
}`,
    solution: `function update(layers: Layer[], gradients: Gradient[], learningRate: number): void {
  for (let l = 0; l < layers.length; l++) {
    const [{ W, b }, { dW, db }] = [layers[l], gradients[l]];
    for (let j = 0; j < b.length; j++) {
      b[j] -= learningRate * db[j];
      for (let k = 0; k < W[j].length; k++) W[j][k] -= learningRate * dW[j][k];
    }
  }
}

function epoch(layers: Layer[], images: number[][], labels: number[], batchSize: number, learningRate: number): void {
  for (let from = 0; from < images.length; from += batchSize) {
    const end = from + batchSize;
    const { gradients } = lossAndGradients(layers, images.slice(from, end), labels.slice(from, end));
    update(layers, gradients, learningRate);
  }
}`,
    hints: [
      'update changes the numbers where they stand: W[j][k] -= learningRate * dW[j][k], and the same for b.',
      'epoch cuts a batch out of images and labels with slice, asks lossAndGradients, and calls update.',
      'slice(from, from + batchSize) takes what is left where fewer are left: the last batch may be smaller.',
    ],
    functions: [updateTask, epochTask],
  },
} as const satisfies Record<string, Exercise>;
