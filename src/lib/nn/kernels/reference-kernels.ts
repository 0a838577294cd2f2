import type { Precision } from '../examples.ts';
import { Layer } from '../layer.ts';
import { Matrix } from '../matrix.ts';
import type { Kernels } from './kernels.ts';
import { gatherBatch } from './reference.ts';

/**
 * The plain TypeScript kernels: the specification. At float32 to train, at float64 for gradient checks.
 */
export function referenceKernels(precision: Precision = 'float32'): Kernels {
  return {
    name: 'reference',
    precision,
    input(width) {
      const X = new Matrix(precision, 0, width);
      return {
        load(examples, rows) {
          gatherBatch(examples, rows, X);
          return X;
        },
      };
    },
    layer: (shape) => new Layer(shape, precision),
  };
}
