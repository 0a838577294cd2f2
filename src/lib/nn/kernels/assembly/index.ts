/*
 * The fast kernels: what wasm-layer.ts and its neighbours call, once a batch. There are no objects in here and nothing
 * is allocated: every address is handed in, and memory from `heapBase` on belongs to the caller.
 */
export { activate, activationBackward, multiply, softmax, softmaxBackward } from './activations';
export { affine, biasGradient, inputGradient, weightGradient } from './dense';
export {
  countCorrect,
  crossEntropy,
  crossEntropyGradient,
  squaredError,
  squaredErrorGradient,
} from './losses';
export { addPenaltyGradient, sparseGradient, sparseUpdate, update, weightSums } from './optimizers';
export { countNonZeros, entryBytes, findPairs, gatherSpans, sortByInput, sparseAffine } from './sparse';

export function heapBase(): usize {
  return __heap_base;
}
