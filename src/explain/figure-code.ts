import { PIXELS } from '../lib/data/dataset.ts';
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
  const options = Object.entries(formatSetup(setup)).map(([name, text]) => `  ${name}: '${text}',\n`);
  return [
    `import { parseSetup } from 'lib/training/setup.ts';
import { Trainer } from 'lib/training/trainer.ts';

// What is not said here is as usual.
const setup = parseSetup({\n${options.join('')}});
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
