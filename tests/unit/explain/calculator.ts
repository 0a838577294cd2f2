import { LEAK } from '../../../src/lib/nn/activations.ts';

/** How a page writes a number: signs, commas and exponents as they are printed. */
const NUMBER = '−?(?:\\d[\\d,]*\\.?\\d*)(?:e−?\\d+)?';

/** All the numbers of a text, in its order. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(new RegExp(`(?<![\\w.])${NUMBER}`, 'g'))].map(([number]) => read(number));
}

export function read(text: string): number {
  return Number(text.replaceAll('−', '-').replaceAll(',', '').replace(/\.$/, ''));
}

/** Half a unit of the last digit that is printed, and what a float64 adds to it. */
export function rounding(printed: string): number {
  const [, , decimals = '', exponent = '0'] = /^−?(\d+)(?:\.(\d+))?(?:e(−?\d+))?$/.exec(
    printed.replaceAll(',', ''),
  )!;
  return (0.5 + 1e-9) * 10 ** (read(exponent) - decimals.length);
}

const functions: Readonly<Record<string, (z: number) => number>> = {
  relu: (z) => Math.max(0, z),
  leakyRelu: (z) => (z > 0 ? z : LEAK * z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  ln: Math.log,
  sign: Math.sign,
  slopeOfRelu: (z) => (z > 0 ? 1 : 0),
  slopeOfLeakyRelu: (z) => (z > 0 ? 1 : LEAK),
};

/** What somebody with a calculator makes of a printed task: nothing of the site's own arithmetic is used. */
export function calculate(task: string): number {
  const softmax = /^e to the (\S+), over the sum of e to each of (.+)$/.exec(task);
  if (softmax) {
    const all = softmax[2]!.split(', ').map(read);
    return Math.exp(read(softmax[1]!)) / all.reduce((sum, z) => sum + Math.exp(z), 0);
  }
  const expression = task
    .replace(/\(the other \d+ together\)/g, '')
    .replace(/, the mean/, '')
    // What a step would carry past 0 stops there.
    .replace(/^.*, stopped at 0$/, '0')
    .replace(/the sign of (\(−[^)]+\)|[^\s)]+)/g, 'sign($1)')
    .replace(/, wherever it is$/, '')
    .replace(/the slope of leaky ReLU at (\S+)$/, 'slopeOfLeakyRelu($1)')
    .replace(/the slope of ReLU at (\S+)$/, 'slopeOfRelu($1)')
    .replace(/leaky ReLU \(/g, 'leakyRelu(')
    .replace(/ReLU \(/g, 'relu(')
    .replace(/\bln (\S+)/g, 'ln($1)')
    .replaceAll('−', '-')
    .replaceAll('·', '*')
    .replaceAll('²', '**2')
    .replaceAll(',', '');
  return new Function(...Object.keys(functions), `return ${expression};`)(
    ...Object.values(functions),
  ) as number;
}
