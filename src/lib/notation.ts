/** What a quantity's colours mean: lightness of ink, blue to orange, or purple to green. */
export type ColourScale = 'ink' | 'weight' | 'gradient';

export interface QuantityNotation {
  /** In the library's code. */
  readonly code: string;
  /** In formulas: layer ℓ where there are several. */
  readonly tex: string;
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
  input: { code: 'A_prev', tex: 'x', macro: '\\x', spoken: 'the input', scale: 'ink' },
  weight: { code: 'W', tex: 'W^{(\\ell)}', macro: '\\W', spoken: 'the weights', scale: 'weight' },
  bias: { code: 'b', tex: 'b^{(\\ell)}', macro: '\\bias', spoken: 'the biases', scale: 'weight' },
  preActivation: {
    code: 'Z',
    tex: 'z^{(\\ell)}',
    macro: '\\z',
    spoken: 'the weighted sums, before the activation',
    scale: 'weight',
  },
  activation: { code: 'A', tex: 'a^{(\\ell)}', macro: '\\act', spoken: 'the activations', scale: 'ink' },
  probability: { code: 'A', tex: 'p', macro: '\\p', spoken: 'the probabilities', scale: 'ink' },
  target: { code: 'labels', tex: 'y', macro: '\\y', spoken: 'the label, one-hot', scale: 'ink' },
  loss: { code: 'loss', tex: '\\mathcal{L}', macro: '\\loss', spoken: 'the loss', scale: 'gradient' },
  delta: {
    code: 'delta',
    tex: '\\delta^{(\\ell)}',
    macro: '\\del',
    spoken: 'delta, the derivative of the loss by z',
    scale: 'gradient',
  },
  weightGradient: {
    code: 'dW',
    tex: '\\partial W^{(\\ell)}',
    macro: '\\dW',
    spoken: 'the gradient of the weights',
    scale: 'gradient',
  },
  biasGradient: {
    code: 'db',
    tex: '\\partial b^{(\\ell)}',
    macro: '\\db',
    spoken: 'the gradient of the biases',
    scale: 'gradient',
  },
  learningRate: {
    code: 'learningRate',
    tex: '\\eta',
    macro: '\\lr',
    spoken: 'the learning rate',
    scale: 'gradient',
  },
  penalty: {
    code: 'l2',
    tex: '\\lambda',
    macro: '\\pen',
    spoken: 'lambda, the price of large weights',
    scale: 'weight',
  },
  batchSize: {
    code: 'm',
    tex: 'm',
    macro: '\\m',
    spoken: 'the number of examples in the batch',
    scale: 'ink',
  },
  layer: { code: 'l', tex: '\\ell', macro: '\\layer', spoken: 'the number of the layer', scale: 'ink' },
} as const satisfies Record<string, QuantityNotation>;

export type QuantityName = keyof typeof notation;

/** For KaTeX: a macro for each quantity of layer ℓ, and `\at{\delta}{3}` for one of a certain layer. */
export const texMacros: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.values(notation).map(({ macro, tex }) => [macro, tex])),
  '\\at': '{#1}^{(#2)}',
  '\\softmax': '\\operatorname{softmax}',
};

/** What each colour scale shows, for the legend. */
export const colourScales: Readonly<Record<ColourScale, { low: string; high: string; meaning: string }>> = {
  ink: { low: '0', high: '1', meaning: 'pixels and activations' },
  weight: { low: 'negative', high: 'positive', meaning: 'weights and sums' },
  gradient: { low: 'negative', high: 'positive', meaning: 'gradients' },
};
