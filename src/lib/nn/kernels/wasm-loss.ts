import type { LossName } from '../losses.ts';
import type { Block, DenseLayer, GradientOf, LossSum, OutputLoss } from './kernels.ts';
import { WasmBlock, bytesOfBatch } from './wasm-block.ts';
import type { WasmLayer } from './wasm-layer.ts';
import { WasmBuffer, type WasmMemory, releaseWith } from './wasm-memory.ts';

/** Both losses: what the outputs cost, and the gradient with which the backward pass begins. */
export class WasmLoss implements OutputLoss {
  readonly gradientOf: GradientOf;
  readonly #memory: WasmMemory;
  readonly #classes: number;
  readonly #smoothing: number;
  readonly #labels = new WasmBuffer();
  readonly #gradient = new WasmBuffer();
  readonly #block: WasmBlock;

  constructor(name: LossName, classes: number, smoothing: number, memory: WasmMemory) {
    this.gradientOf = name === 'cross-entropy' ? 'preActivation' : 'activation';
    this.#memory = memory;
    this.#classes = classes;
    this.#smoothing = smoothing;
    this.#block = new WasmBlock(memory, classes);
    releaseWith(this, memory, [this.#labels, this.#gradient]);
  }

  measure(output: DenseLayer, labels: Uint8Array): LossSum {
    const { exports } = this.#memory;
    const { Z, A, logSums, rows, rowBytes } = (output as WasmLayer).outputs;
    const [at, classes, smoothing] = [this.#writeLabels(labels), this.#classes, this.#smoothing];
    const sum =
      this.gradientOf === 'preActivation'
        ? exports.crossEntropy(Z, logSums, at, rows, classes, rowBytes, smoothing)
        : exports.squaredError(A, at, rows, classes, rowBytes, smoothing);
    return { sum, correct: exports.countCorrect(A, at, rows, classes, rowBytes) };
  }

  gradient(output: DenseLayer, labels: Uint8Array): Block {
    const { exports } = this.#memory;
    const { A, rows, rowBytes } = (output as WasmLayer).outputs;
    const [at, classes, smoothing] = [this.#writeLabels(labels), this.#classes, this.#smoothing];
    const to = this.#gradient.reserve(this.#memory, bytesOfBatch(rows, classes));
    const compute =
      this.gradientOf === 'preActivation' ? exports.crossEntropyGradient : exports.squaredErrorGradient;
    compute(A, at, to, rows, classes, rowBytes, smoothing);
    return this.#block.at(to, rows);
  }

  #writeLabels(labels: Uint8Array): number {
    const address = this.#labels.reserve(this.#memory, labels.length);
    this.#memory.bytes.set(labels, address);
    return address;
  }
}
