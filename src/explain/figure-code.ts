import type { AugmentationOptions } from '../lib/data/augmentation.ts';
import { PIXELS } from '../lib/data/dataset.ts';
import type { ElementwiseName } from '../lib/nn/activations.ts';
import { type Setup, formatSetup } from '../lib/training/setup.ts';

/*
 * Figures as code: cells of a notebook that do what the figure does, on the same library and data, for a reader to go on from.
 */

/** A digit that is looked at: one of a set, or the reader's own drawing. */
export type CodedDigit =
  | { readonly set: 'sample-test' | 'test'; readonly index: number }
  | { readonly image: Uint8Array; readonly label: number };

/** One digit's way through a network and, where it is asked for, the blame back. */
export function passCode(digit: CodedDigit, network: string, isBackward: boolean): string[] {
  const forward = `${digitCode(digit)}
show(digit);

const net = await network('${network}');
net.forwardWithLoss(digit, Uint32Array.of(0));
net.layers.forEach((layer, l) => {
  show(\`z\${l + 1}\`, layer.read('preActivation'), \`a\${l + 1}\`, layer.read('activation'));
});`;
  const backward = `net.backward();
net.layers.forEach((layer, l) => {
  const { units: rows, inputs: columns } = layer;
  show(\`δ\${l + 1}\`, layer.read('delta'));
  show.heat({ rows, columns, values: layer.read('weightGradient') }, 'gradient', \`∂W\${l + 1}\`);
});`;
  return isBackward ? [forward, backward] : [forward];
}

/**
 * A run of training, from its first weights on.
 *
 * @param digits what cells call the data
 */
export function runCode(setup: Setup, digits: 'train' | 'yours'): string[] {
  return [
    `import { parseSetup } from 'lib/training/setup.ts';
import { Trainer } from 'lib/training/trainer.ts';

// What is not said here is as usual.
const setup = ${setupCode(setup)};
const trainer = new Trainer(setup, await digits('${digits}'), { kernels: await fastKernels() });
for (;;) {
  const { epoch, finished, ended } = trainer.advance({ milliseconds: 100 });
  if (ended) show(\`after epoch \${ended.epoch}: loss\`, ended.loss, 'read right', ended.accuracy);
  progress(epoch / setup.epochs, \`epoch \${epoch} of \${setup.epochs}\`);
  if (finished) break;
  await pause();
}`,
    `const [first] = trainer.network.layers;
show.heat({ rows: first.units, columns: first.inputs, values: first.read('weights') }, 'weight', 'W1, a row for each unit');`,
  ];
}

/** One of several runs that are compared. */
export interface CodedRun {
  readonly name: string;
  readonly setup: Setup;
  /** What it learns from: so many of the training images, drawn by the seed; all of the sample when left out. */
  readonly images?: number;
}

/** Runs to compare, one after the other, each to its end. */
export function runsCode(runs: readonly CodedRun[]): string[] {
  const all = runs.map(
    ({ name, setup, images }) =>
      `  { name: '${name}', images: ${images ?? 'train.count'}, setup: ${setupCode(setup, '  ')} },\n`,
  );
  const train = runs.every(({ images }) => images === undefined) ? 'sample' : 'train';
  return [
    `import { ExaminedRun } from 'lib/training/examined-runs.ts';
import { parseSetup } from 'lib/training/setup.ts';

const train = await digits('${train}');
const data = { train, test: await digits('test'), kernels: await fastKernels() };
// What is not said of a run is as usual.
const runs = [\n${all.join('')}];
const rows = [];
for (const { name, images, setup } of runs) {
  const run = new ExaminedRun({ setup, images, looks: [] }, data);
  for (;;) {
    const { epoch, end } = run.advance(100);
    progress(epoch / setup.epochs, \`\${name}: epoch \${Math.floor(epoch)} of \${setup.epochs}\`);
    if (end) rows.push({ run: name, learnt: end.last.training, test: end.last.test });
    if (end) break;
    await pause();
  }
}
show.table(rows);`,
  ];
}

/** What a network makes of the test images: how many it reads, what it takes for what, and how sure it is of that. */
export function evaluationCode(network: string): string[] {
  return [
    `import { classMetrics } from 'lib/nn/metrics.ts';

const net = await network('${network}');
const test = await digits('test');
const { accuracy, loss, confusion } = net.evaluate(test);
show({ accuracy, loss });
show.matrix({ rows: 10, columns: 10, values: confusion }, 'labels down, readings across');
show.table(classMetrics(confusion, 10));`,
    `import { subset } from 'lib/data/dataset.ts';
import { predictedClass } from 'lib/nn/losses.ts';

const outputs = net.predict(test);
const readings = Array.from(test.labels, (_, row) => predictedClass(outputs, 10, row));
const wrong = [...test.labels.keys()].filter((row) => readings[row] !== test.labels[row]);
const first = wrong.slice(0, 40);
show.digits(subset(test, first).values, first.map((row) => \`\${test.labels[row]} read as \${readings[row]}\`));`,
    `import { reliability } from 'lib/experiments/calibration.ts';

const { confidence, error, bins } = reliability(outputs, test.labels, 10);
show({ confidence, error });
show.table(bins);`,
  ];
}

/** An activation's curve and its slope. */
export function activationCode(name: ElementwiseName): string[] {
  return [
    `import { activations } from 'lib/nn/activations.ts';

const { value, derivative } = activations['${name}'];
const points = Array.from({ length: 121 }, (_, n) => n / 10 - 6).map((z) => {
  const a = value(z);
  return { z, a, slope: derivative(z, a) };
});
Plot.plot({
  grid: true,
  marks: [Plot.lineY(points, { x: 'z', y: 'a' }), Plot.lineY(points, { x: 'z', y: 'slope', strokeDasharray: '4 4' })],
});`,
  ];
}

/** Ten scores and what softmax makes of them, in the library's code and in a line of one's own. */
export function softmaxCode(scores: readonly number[]): string[] {
  return [
    `import { softmax } from 'lib/nn/kernels/reference.ts';
import { Matrix } from 'lib/nn/matrix.ts';

const scores = [${scores.join(', ')}];
const z = new Matrix('float64', 1, scores.length);
z.values.set(scores);
const p = new Matrix('float64', 1, scores.length);
softmax(z, p);
const exponentials = scores.map(Math.exp);
const sum = exponentials.reduce((a, b) => a + b, 0);
show.table(scores.map((score, digit) => ({ digit, score, p: p.values[digit], naive: exponentials[digit] / sum })));`,
  ];
}

/** A digit as training shows it: each time a little different. */
export function distortionCode(digit: CodedDigit, options: AugmentationOptions, seed: number): string[] {
  const all = Object.entries(options).map(([name, most]) => `${name}: ${most}`);
  return [
    `import { Augmenter } from 'lib/data/augmentation.ts';
${digitCode(digit)}
const augmenter = new Augmenter({ ${all.join(', ')} });
const draws = augmenter.batch(digit, new Uint32Array(12), random(${seed}));
show.digits(draws.values);`,
  ];
}

/** Every gradient by two forward passes, beside those of backward. */
export function nudgesCode(digit: CodedDigit, network: string): string[] {
  return [
    `import { nudgeEveryParameter, passesFor } from 'lib/experiments/nudges.ts';
${digitCode(digit)}
const net = await network('${network}');
net.forwardWithLoss(digit, Uint32Array.of(0));
net.backward();
const total = passesFor(net.toModel());
let [done, largest] = [0, 0];
for (const { layer, parameter, index, numeric } of nudgeEveryParameter(net.toModel(), digit, 0)) {
  const exact = net.layers[layer].read(parameter === 'weights' ? 'weightGradient' : 'biasGradient')[index];
  largest = Math.max(largest, Math.abs(numeric - exact));
  done += 2;
  if (done % 500 === 0) {
    progress(done / total, \`\${done} of \${total} passes\`);
    await pause();
  }
}
show('largest difference between a nudge and backward', largest);`,
  ];
}

/** What each pixel of a digit adds to the score that a network gives most. */
export function votesCode(digit: CodedDigit, network: string): string[] {
  return [
    ...passCode(digit, network, false),
    `import { pixelVotes } from 'lib/experiments/pixel-votes.ts';
import { trace } from 'lib/nn/trace.ts';

const { votes, pro, contra, rest, score } = pixelVotes(trace(net, digit, 0), digit.labels[0]);
show.heat({ rows: 28, columns: 28, values: votes }, 'weight', \`for and against a \${digit.labels[0]}\`);
show({ pro, contra, rest, score });`,
  ];
}

/** @param indent of the line that it begins in */
function setupCode(setup: Setup, indent = ''): string {
  const options = Object.entries(formatSetup(setup)).map(
    ([name, text]) => `${indent}  ${name}: '${text}',\n`,
  );
  return `parseSetup({\n${options.join('')}${indent}})`;
}

function digitCode(digit: CodedDigit): string {
  if ('set' in digit) {
    return `import { subset } from 'lib/data/dataset.ts';

const digit = subset(await digits('${digit.set}'), [${digit.index}]);`;
  }
  const side = Math.sqrt(PIXELS);
  const rows = Array.from({ length: side }, (_, row) =>
    digit.image.subarray(row * side, (row + 1) * side).join(', '),
  );
  return `import { createDataset } from 'lib/data/dataset.ts';

const image = Uint8Array.of(\n${rows.map((row) => `  ${row},`).join('\n')}\n);
const digit = createDataset('your drawing', image, Uint8Array.of(${digit.label}));`;
}
