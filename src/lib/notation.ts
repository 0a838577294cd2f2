/** What a quantity's colours mean: lightness of ink, blue to orange, or purple to green. */
export type ColourScale = 'ink' | 'weight' | 'gradient';

/** How a quantity is written: in code, in formulas, in speech and in colour. */
export interface QuantityNotation {
  /** In the library's code. */
  readonly code: string;
  /** Its letter in plain text, and in formulas. */
  readonly letter: string;
  readonly tex: string;
  /** Whether there is one in every layer, so that the layer's number stands above the letter. */
  readonly layered: boolean;
  /** The macro that chapters write for it. */
  readonly macro: string;
  /** As it is read aloud. */
  readonly spoken: string;
  readonly scale: ColourScale;
}

/**
 * Every quantity of the chapters, once: formulas, figures, legends and speech are all made from this table.
 */
export const notation = {
  input: {
    code: 'A_prev',
    letter: 'x',
    tex: 'x',
    layered: false,
    macro: '\\x',
    spoken: 'the input',
    scale: 'ink',
  },
  weight: {
    code: 'W',
    letter: 'W',
    tex: 'W',
    layered: true,
    macro: '\\W',
    spoken: 'the weights',
    scale: 'weight',
  },
  bias: {
    code: 'b',
    letter: 'b',
    tex: 'b',
    layered: true,
    macro: '\\bias',
    spoken: 'the biases',
    scale: 'weight',
  },
  preActivation: {
    code: 'Z',
    letter: 'z',
    tex: 'z',
    layered: true,
    macro: '\\z',
    spoken: 'the weighted sums, before the activation',
    scale: 'weight',
  },
  activation: {
    code: 'A',
    letter: 'a',
    tex: 'a',
    layered: true,
    macro: '\\act',
    spoken: 'the activations',
    scale: 'ink',
  },
  probability: {
    code: 'A',
    letter: 'p',
    tex: 'p',
    layered: false,
    macro: '\\p',
    spoken: 'the probabilities',
    scale: 'ink',
  },
  target: {
    code: 'labels',
    letter: 'y',
    tex: 'y',
    layered: false,
    macro: '\\y',
    spoken: 'the label, one-hot',
    scale: 'ink',
  },
  loss: {
    code: 'loss',
    letter: 'ℒ',
    tex: '\\mathcal{L}',
    layered: false,
    macro: '\\loss',
    spoken: 'the loss',
    scale: 'gradient',
  },
  activationGradient: {
    code: 'dA',
    letter: '∂a',
    tex: '\\partial a',
    layered: true,
    macro: '\\da',
    spoken: 'the gradient of the activations: the blame that arrives',
    scale: 'gradient',
  },
  inputGradient: {
    code: 'dA_prev',
    letter: '∂x',
    tex: '\\partial x',
    layered: false,
    macro: '\\dx',
    spoken: 'the gradient of the input: the blame of each pixel',
    scale: 'gradient',
  },
  activationSlope: {
    code: 'derivative',
    letter: 'g′',
    tex: "g'",
    layered: true,
    macro: '\\slope',
    spoken: 'the slope of the activation',
    scale: 'ink',
  },
  delta: {
    code: 'delta',
    letter: 'δ',
    tex: '\\delta',
    layered: true,
    macro: '\\del',
    spoken: 'delta, the derivative of the loss by z',
    scale: 'gradient',
  },
  weightGradient: {
    code: 'dW',
    letter: '∂W',
    tex: '\\partial W',
    layered: true,
    macro: '\\dW',
    spoken: 'the gradient of the weights',
    scale: 'gradient',
  },
  biasGradient: {
    code: 'db',
    letter: '∂b',
    tex: '\\partial b',
    layered: true,
    macro: '\\db',
    spoken: 'the gradient of the biases',
    scale: 'gradient',
  },
  penaltyGradient: {
    code: 'penaltySlope',
    letter: '∂R',
    tex: '\\partial R',
    layered: true,
    macro: '\\dR',
    spoken: 'the gradient of the penalty: the price of each weight',
    scale: 'gradient',
  },
  updatedWeight: {
    code: 'theta',
    letter: 'W⁺',
    tex: 'W',
    layered: true,
    macro: '\\newW',
    spoken: 'the weights after the step',
    scale: 'weight',
  },
  updatedBias: {
    code: 'theta',
    letter: 'b⁺',
    tex: 'b',
    layered: true,
    macro: '\\newbias',
    spoken: 'the biases after the step',
    scale: 'weight',
  },
  learningRate: {
    code: 'learningRate',
    letter: 'η',
    tex: '\\eta',
    layered: false,
    macro: '\\lr',
    spoken: 'the learning rate',
    scale: 'gradient',
  },
  penalty: {
    code: 'l2',
    letter: 'λ',
    tex: '\\lambda',
    layered: false,
    macro: '\\pen',
    spoken: 'lambda, the price of large weights',
    scale: 'weight',
  },
  batchSize: {
    code: 'm',
    letter: 'm',
    tex: 'm',
    layered: false,
    macro: '\\m',
    spoken: 'the number of examples in the batch',
    scale: 'ink',
  },
  layer: {
    code: 'l',
    letter: 'ℓ',
    tex: '\\ell',
    layered: false,
    macro: '\\layer',
    spoken: 'the number of the layer',
    scale: 'ink',
  },
} as const satisfies Record<string, QuantityNotation>;

export type QuantityName = keyof typeof notation;

/**
 * For KaTeX: a macro for each quantity of layer ℓ, and `\at{\delta}{3}` for one of a certain layer. The letters carry
 * what they stand for, so that a page can light it in its figures.
 */
export const texMacros: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(notation).map(([name, { macro, tex, layered }]) => [
      macro,
      `\\htmlData{quantity=${name}}{${tex}}${layered ? '^{(\\ell)}' : ''}`,
    ]),
  ),
  '\\at': '\\htmlData{letter=#1, layer=#2}{#1}^{(#2)}',
  '\\softmax': '\\operatorname{softmax}',
};

/** How KaTeX is to be called: strictly, but for the marks that the macros above set. */
export const texOptions = {
  macros: texMacros,
  throwOnError: true,
  strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error'),
  trust: ({ command }: { command: string }) => command === '\\htmlData',
} as const;

/** What each colour scale shows, for the legend. */
export const colourScales: Readonly<Record<ColourScale, { low: string; high: string; meaning: string }>> = {
  ink: { low: '0', high: '1', meaning: 'pixels and activations' },
  weight: { low: 'negative', high: 'positive', meaning: 'weights and sums' },
  gradient: { low: 'negative', high: 'positive', meaning: 'gradients' },
};
