import { type ActivationName, activationNames } from '../nn/activations.ts';

/** How other tools call the activations: letters alone, in lower case. */
const ALIASES: Readonly<Record<string, ActivationName>> = {
  leakyrelu: 'leaky-relu',
  lrelu: 'leaky-relu',
  rectifier: 'relu',
  logistic: 'sigmoid',
  sigm: 'sigmoid',
  expit: 'sigmoid',
  hyperbolictangent: 'tanh',
  identity: 'linear',
  none: 'linear',
};

/** The activation that a name means, in whatever spelling; undefined when it means none that is known here. */
export function activationNamed(name: string): ActivationName | undefined {
  const letters = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  return activationNames.find((known) => known.replace('-', '') === letters) ?? ALIASES[letters];
}
