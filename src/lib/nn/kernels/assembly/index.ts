/*
 * The fast kernels: what wasm-layer.ts and its neighbours call, once a batch. There are no objects in here and nothing
 * is allocated: every address is handed in, and memory from `heapBase` on belongs to the caller.
 */
export { affineOfEntries, listByExample, listByInput, placeBytes } from './active.ts';
export { activate, activationBackward, multiply, softmax, softmaxBackward } from './activations.ts';
export { affine, biasGradient, inputGradient, weightGradient } from './dense.ts';
export {
  countCorrect,
  crossEntropy,
  crossEntropyGradient,
  squaredError,
  squaredErrorGradient,
} from './losses.ts';
export { sparseGradient, sparseUpdate } from './fused-update.ts';
export { openInputGradient, openScratch } from './open.ts';
export { addPenaltyGradient, stopAtZero, update, weightSums } from './optimizers.ts';
export { affineOfPairs, countNonZeros, findPairs, gatherSpans } from './pairs.ts';
export { entryBytes, sortByInput } from './sorted.ts';

export function heapBase(): usize {
  return __heap_base;
}
