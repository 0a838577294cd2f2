import { PANEL_UNITS } from './layout.ts';
import { bytesOfRow, paddedTo4 } from './wasm-block.ts';
import type { WasmMemory } from './wasm-memory.ts';

/** The shape of a matrix of weights, whose place in memory is said in assembly/simd.ts: input-major, in panels. */
export interface WeightShape {
  readonly inputs: number;
  readonly units: number;
}

/** How much memory a layer's weights take, with what fills up their rows. */
export function bytesOfWeights({ inputs, units }: WeightShape): number {
  return paddedTo4(inputs) * bytesOfRow(units);
}

/** How many numbers stand before the weight from this input into this unit. */
export function placeOfWeight({ inputs, units }: WeightShape, unit: number, input: number): number {
  const first = unit & ~(PANEL_UNITS - 1);
  const width = Math.min(PANEL_UNITS, paddedTo4(units) - first);
  return first * paddedTo4(inputs) + input * width + (unit - first);
}

/** The weights at this address as everyone else sees them: a copy, (units × inputs). */
export function readWeights(memory: WasmMemory, address: number, shape: WeightShape): Float32Array {
  const { inputs, units } = shape;
  const [floats, start] = [memory.floats, address / 4];
  const weights = new Float32Array(units * inputs);
  for (let j = 0; j < units; j++) {
    const first = placeOfWeight(shape, j, 0);
    const step = inputs > 1 ? placeOfWeight(shape, j, 1) - first : 0;
    for (let k = 0; k < inputs; k++) weights[j * inputs + k] = floats[start + first + k * step];
  }
  return weights;
}

/** Puts weights (units × inputs) at this address, and zeros into the padding. */
export function writeWeights(
  memory: WasmMemory,
  address: number,
  shape: WeightShape,
  weights: ArrayLike<number>,
): void {
  const { inputs, units } = shape;
  const [floats, start] = [memory.floats, address / 4];
  floats.fill(0, start, start + bytesOfWeights(shape) / 4);
  for (let j = 0; j < units; j++) {
    const first = placeOfWeight(shape, j, 0);
    const step = inputs > 1 ? placeOfWeight(shape, j, 1) - first : 0;
    for (let k = 0; k < inputs; k++) floats[start + first + k * step] = weights[j * inputs + k];
  }
}
