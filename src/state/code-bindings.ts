import type { QuantityName } from '../lib/notation.ts';
import type { Trace, TraceStep } from '../lib/nn/trace.ts';
import { quantityName } from './pass-formulas.ts';

/** What a variable of the library's source holds while a step runs. */
export interface Binding {
  readonly quantity: QuantityName;
  readonly layer: number;
}

/**
 * The variables in the lines that a step names, by their names in the source. What a function of kernels/reference.ts calls
 * A is the layer's own output, but for those two that take the layer's input under this name.
 */
export function codeBindings(pass: Trace, { quantity, layer, region }: TraceStep): Record<string, Binding> {
  const of = (name: Parameters<typeof quantityName>[1], at = layer): Binding => ({
    quantity: quantityName(pass, name, at),
    layer: at,
  });
  if (region === 'update-sgd') {
    const isWeight = quantity === 'updatedWeight';
    return {
      theta: of(isWeight ? 'weight' : 'bias'),
      gradient: of(isWeight ? 'weightGradient' : 'biasGradient'),
      eta: { quantity: 'learningRate', layer },
    };
  }
  if (region === 'input-gradient') {
    // The next layer hands its blame on to this one.
    return { delta: of('delta', layer + 1), W: of('weight', layer + 1), dA: of('activationGradient') };
  }
  const takesInput = region === 'affine' || region === 'weight-gradient';
  return {
    A_prev: of('activation', layer - 1),
    W: of('weight'),
    b: of('bias'),
    Z: of('preActivation'),
    z: of('preActivation'),
    A: takesInput ? of('activation', layer - 1) : of('activation'),
    P: of('activation'),
    y: of('target'),
    labels: of('target'),
    lossSum: of('loss'),
    dA: of('activationGradient'),
    dP: of('activationGradient'),
    derivative: of('activationSlope'),
    delta: of('delta'),
    blame: of('delta'),
    dW: of('weightGradient'),
    db: of('biasGradient'),
  };
}

/** Inside `Layer.forward` and `Layer.backward`, where A is always the layer's output. */
export function layerBindings(pass: Trace, step: TraceStep): Record<string, Binding> {
  const at = step.region === 'input-gradient' ? step.layer + 1 : step.layer;
  return {
    ...codeBindings(pass, { ...step, region: '', layer: at }),
    dA_prev: { quantity: 'activationGradient', layer: at - 1 },
  };
}
