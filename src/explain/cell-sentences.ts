import { type Cell, type RuleKind, type RuleOf, combine } from '../lib/nn/origin.ts';
import type { Trace } from '../lib/nn/trace.ts';
import { activationWords } from './activation-words.ts';
import { capital, nameCell } from './names.ts';
import { equationOf, labelOf } from './equations.ts';
import { formatNumber, printEquation } from './numbers.ts';

/** How a cell's number came about, with the values in place; worked out as they are printed, it is true. */
export function describeOrigin(pass: Trace, cell: Cell): string {
  const origin = pass.origin(cell);
  if (origin.kind === 'given')
    return `${capital(nameCell(cell))} is ${formatNumber(pass.value(cell))}. It is given.`;
  return describeRule(pass, cell, origin);
}

function describeRule<K extends RuleKind>(pass: Trace, cell: Cell, rule: RuleOf<K>): string {
  const { parts, result, isExact } = equationOf(pass, cell, rule, 0);
  const numbers = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.text]));
  return sentences[rule.kind as K]({
    pass,
    cell,
    rule,
    name: capital(nameCell(cell)),
    numbers,
    is: `is ${isExact ? '' : 'about '}${result}`,
  });
}

interface Told<K extends RuleKind> {
  readonly pass: Trace;
  readonly cell: Cell;
  readonly rule: RuleOf<K>;
  readonly name: string;
  /** Those of the rule's equation, as they are printed. */
  readonly numbers: readonly string[];
  /** "is 0.5", or "is about 0.5". */
  readonly is: string;
}

/** Every rule as it is told of one number. */
const sentences: { readonly [K in RuleKind]: (told: Told<K>) => string } = {
  'sum-of-products': (told) => describeSum(told),
  difference: ({ name, numbers: [said, wanted], is }) =>
    `${name}: ${said}, what it said, minus ${wanted}, what it should have said, ${is}.`,
  activation: ({ name, rule, numbers: [z], is }) =>
    rule.name === 'linear'
      ? `${name} is its sum, ${z}, as it is: nothing bends it.`
      : `${name}: ${activationWords[rule.name].name} of ${z} ${is}.`,
  slope: ({ name, pass, rule, numbers, is }) => {
    switch (rule.name) {
      case 'relu':
      case 'leaky-relu': {
        const side = pass.value(rule.z) > 0 ? 'above 0' : 'not above 0';
        return `${name}: its sum, ${numbers[0]}, is ${side}, where ${activationWords[rule.name].name} has a slope that ${is}.`;
      }
      case 'sigmoid':
        return `${name}: sigmoid put out ${numbers[0]}, and ${numbers[0]} times (1 − ${numbers[0]}) ${is}.`;
      case 'tanh':
        return `${name}: tanh put out ${numbers[0]}, and 1 − ${numbers[0]} times ${numbers[0]} ${is}.`;
      case 'linear':
        return `${name} is 1: nothing bends there.`;
      default:
        return rule.name satisfies never;
    }
  },
  softmax: ({ name, rule, numbers: [z], is }) =>
    `${name}: e to the ${z}, as a share of the sum of e to each of the ${rule.all.length} sums, ${is}.`,
  'softmax-backward': ({ name, rule, numbers: [p, arrived, mean], is }) =>
    `${name}: its probability, ${p}, times the blame that arrived, ${arrived}, less the mean of what arrived at all ${rule.p.length} by their probabilities, ${mean}, ${is}.`,
  'cross-entropy': ({ pass, numbers, is }) => {
    const { label, isOneHot } = labelOf(pass);
    if (!isOneHot)
      return `The loss: minus the sum, over all outputs, of target times logarithm of the probability ${is}.`;
    return numbers.length === 1
      ? `The loss: minus the logarithm of ${numbers[0]}, the probability of the label, ${label}, ${is}.`
      : `The loss: the logarithm of the sum of e to every sum, ${numbers[0]}, minus the sum of the label, ${numbers[1]}, ${is}.`;
  },
  'mean-squared-error': ({ rule, is }) =>
    `The loss: the mean of the squares of what the ${rule.a.length} outputs are off by ${is}.`,
  'mean-squared-error-gradient': ({ name, rule, numbers: [said, wanted], is }) =>
    `${name}: 2 / ${rule.classes} times the difference of ${said}, what it said, and ${wanted}, what it should have said, ${is}. The loss is a mean over ${rule.classes} outputs.`,
  price: ({ name, pass, rule, numbers, is }) => {
    const { penalty, m, weight } = rule;
    const over = m === 1 ? '' : ` over ${m},`;
    const [first, w, second] = numbers;
    if (penalty.l1 > 0 && pass.value(weight) === 0)
      return `${name}: the weight is 0, where the price takes away its gradient, ${numbers.at(-1)}, as far as λ₁${over.replace(',', '')} goes; it ${is}.`;
    if (penalty.l1 === 0) return `${name}: λ₂, ${first}, times the weight, ${w},${over} ${is}.`;
    if (penalty.l2 === 0) return `${name}: λ₁, ${first}, with the sign of the weight, ${w},${over} ${is}.`;
    return `${name}: λ₂, ${first}, times the weight, ${w}, and λ₁, ${second}, with its sign,${over} ${is}.`;
  },
  descent: ({ name, rule, numbers: [from, rate, gradient, price], is }) =>
    rule.price
      ? `${name}: ${from} minus ${rate} times the sum of its gradient, ${gradient}, and its price, ${price}, ${is}.`
      : `${name}: ${from} minus ${rate} times its gradient, ${gradient}, ${is}.`,
};

function describeSum({ pass, cell, rule, name }: Told<'sum-of-products'>): string {
  const { terms } = rule;
  const value = (factor: Cell) => pass.value(factor);
  const [first] = terms;
  if (terms.length === 1) {
    const printed = printEquation(
      first.map(value),
      (all) => all.reduce((a, b) => a * b, 1),
      pass.value(cell),
    );
    const factors = first.map((factor, n) => `${nameCell(factor)}, ${printed.inputs[n]}`);
    if (factors.length === 1) return `${name} is ${factors[0]}, as it is.`;
    return `${name}: ${factors.join(', times ')}, is ${printed.isExact ? '' : 'about '}${printed.result}.`;
  }
  const bias = terms.find((term) => term.length === 1);
  const products = terms.filter((term) => term.length > 1);
  const number = products.length === 1 ? 'one product comes' : `${products.length} products sum`;
  if (!bias) return `${name}: ${number} to ${formatNumber(pass.value(cell))}.`;
  const sum = combine({ kind: 'sum-of-products', terms: products }, value);
  const { inputs, result, isExact } = printEquation(
    [sum, value(bias[0])],
    ([a, b]) => a + b,
    pass.value(cell),
  );
  return `${name}: ${number} to ${inputs[0]}, and with the bias ${inputs[1]} that is ${isExact ? '' : 'about '}${result}.`;
}
