import type { NetworkFile } from '../src/lib/models/network-file.ts';
import { percent } from './report.ts';

/** What is to be known of a trained network, as Markdown: what it is, how it was made, how good it is. */
export function modelCard(
  { model, metadata }: NetworkFile,
  args: readonly string[],
  bytes: number,
  storage: string,
  kernels: string,
  note: string | undefined,
): string {
  const sizes = [model.layers[0]!.inputs, ...model.layers.map(({ units }) => units)].join('-');
  const activations = model.layers.map(({ activation }) => activation).join(', ');
  const parameters = model.layers.reduce((sum, { weights, bias }) => sum + weights.length + bias.length, 0);
  const metrics = metadata.metrics!;
  const command = args.map((arg) => (/^[\w.,/-]+$/.test(arg) ? arg : `'${arg}'`)).join(' ');
  return `# ${metadata.title ?? 'A network'}

A multilayer perceptron that reads handwritten digits of 28 × 28 pixels: ${sizes} (${activations}),
${parameters.toLocaleString('en')} parameters, stored as ${storage} in ${bytes.toLocaleString('en')} bytes.

## How it was trained

On ${metadata.data}, for ${metadata.epochs} epochs, in ${metrics['seconds']} seconds on one thread with the ${kernels}
kernels, by this command:

\`\`\`sh
npm run train -- ${command}
\`\`\`

## How good it is

| | accuracy | loss |
| --- | --- | --- |
| MNIST's 10,000 test images | ${percent(metrics['testAccuracy']!)} | ${metrics['testLoss']!.toFixed(4)} |
| MNIST's 60,000 training images | ${percent(metrics['trainAccuracy']!)} | ${metrics['trainLoss']!.toFixed(4)} |
| 5,000 generated pen digits, not seen in training | ${percent(metrics['penAccuracy']!)} | |

Measured on the file as it is stored; \`npm run evaluate\` prints the same.
${note ? `\n${note}\n` : ''}`;
}
