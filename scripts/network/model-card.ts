import type { Dataset } from '../../src/lib/data/dataset.ts';
import type { NetworkFile, Refusal } from '../../src/lib/models/network-file.ts';
import { READING_FLAGS } from './folder.ts';
import { percent } from './report.ts';

/** What a card says beside what the file does. */
export interface CardFacts {
  /** The command line. */
  readonly args: readonly string[];
  readonly path: string;
  readonly bytes: number;
  readonly storage: string;
  readonly kernels: string;
  readonly note: string | undefined;
  /** The file that the training went on from, and the folder of the images, where they were given. */
  readonly from: string | undefined;
  readonly data: string | undefined;
  /** What was measured. */
  readonly train: Dataset;
  readonly test: Dataset;
  readonly pen: Dataset;
}

/** What is to be known of a trained network, as Markdown: what it is, how it was made, how good it is. */
export function modelCard({ model, metadata }: NetworkFile, facts: CardFacts): string {
  const { args, bytes, storage, kernels, note } = facts;
  const sizes = [model.layers[0].inputs, ...model.layers.map(({ units }) => units)].join('-');
  const activations = model.layers.map(({ activation }) => activation).join(', ');
  const parameters = model.layers.reduce((sum, { weights, bias }) => sum + weights.length + bias.length, 0);
  const metrics = metadata.metrics!;
  const command = args.map(quoted).join(' ');
  const measured = ({ name, count }: Dataset) => `${name}, ${count.toLocaleString('en')} images`;
  const goingOn = facts.from ? `going on from the weights of ${facts.from}, ` : '';
  const evaluate = [
    'npm run evaluate --',
    facts.path,
    ...readingArgs(args, facts.data),
    ...givenArgs(args, 'pen'),
  ].map((part, n) => (n === 0 ? part : quoted(part)));
  return `# ${metadata.title ?? 'A network'}

A multilayer perceptron that reads handwritten digits of 28 × 28 pixels: ${sizes} (${activations}),
${parameters.toLocaleString('en')} parameters, stored as ${storage} in ${bytes.toLocaleString('en')} bytes.

## How it was trained

On ${metadata.data}, ${goingOn}for ${metadata.epochs} epochs, in ${metrics['seconds']} seconds on one thread with the ${kernels}
kernels, by this command:

\`\`\`sh
npm run train -- ${command}
\`\`\`

## How good it is

| | accuracy | loss |
| --- | --- | --- |
| ${measured(facts.test)} | ${percent(metrics['testAccuracy'])} | ${metrics['testLoss'].toFixed(4)} |
| ${measured(facts.train)} | ${percent(metrics['trainAccuracy'])} | ${metrics['trainLoss'].toFixed(4)} |
| ${facts.pen.count.toLocaleString('en')} generated pen digits, not seen in training | ${percent(metrics['penAccuracy'])} | |

On those test images its answers are as sure as they are right to within ${percent(metrics['calibrationError'])}: the mean, over tenths of
sureness, of how far the two are apart (expected calibration error).

Measured on the file as it is stored. The first and the last line are printed again by

\`\`\`sh
${evaluate.join(' ')}
\`\`\`
${metadata.refusal ? refusalSection(metadata.refusal) : ''}${note ? `\n${note}\n` : ''}`;
}

/** What it makes of drawings that are no digit, and what that costs, as a table with a row for each threshold. */
function refusalSection({ threshold, prices }: Refusal): string {
  const names = Object.keys(prices[0].refused);
  const rows = prices.map(({ threshold: at, refused }) => {
    const mark = at === threshold ? '**' : '';
    return `| ${mark}${percent(at)}${mark} | ${names.map((name) => percent(refused[name])).join(' | ')} |`;
  });
  return `
## When it cannot tell

It was shown drawings that are no digit, with the target that no digit is likelier than another. Where its likeliest digit has less than
${percent(threshold)}, it is taken to say that it cannot tell. The share refused at this and at other thresholds:

| threshold | ${names.join(' | ')} |
| --- |${' --- |'.repeat(names.length)}
${rows.join('\n')}
`;
}

/** The flags by which evaluate is told of the same images. */
function readingArgs(args: readonly string[], data: string | undefined): string[] {
  if (!data) return [];
  return ['--data', data, ...READING_FLAGS.flatMap((flag) => givenArgs(args, flag))];
}

/** A flag as it was given, with its value; nothing where it was not. */
function givenArgs(args: readonly string[], flag: string): string[] {
  const at = args.findLastIndex((arg) => arg === `--${flag}` || arg.startsWith(`--${flag}=`));
  if (at < 0) return [];
  return args[at].includes('=') ? [args[at]] : args.slice(at, at + 2);
}

function quoted(arg: string): string {
  return /^[\w.,/-]+$/.test(arg) ? arg : `'${arg}'`;
}
