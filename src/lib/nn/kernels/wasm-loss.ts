import type { GradientOf, LossName, LossSum, OutputLoss } from '../losses.ts';
import type { Block } from './block.ts';
import { WasmBlock, bytesOfBatch } from './wasm-block.ts';
import { WasmBuffer, type WasmMemory, releaseWith } from './wasm-memory.ts';

/** What a loss looks at: addresses of Z, A and log Σ eᶻ of an output layer's last batch, and the bytes of a row. */
export interface WasmOutputs {
  readonly Z: number;
  readonly A: number;
  readonly logSums: number;
  readonly rows: number;
  readonly rowBytes: number;
}

interface OutputLayer {
  readonly units: number;
  readonly outputs: WasmOutputs;
}

/** Both losses: what the outputs cost, and the gradient with which the backward pass begins. */
export class WasmLoss implements OutputLoss {
  readonly gradientOf: GradientOf;
  readonly #memory: WasmMemory;
  readonly #output: OutputLayer;
  readonly #smoothing: number;
  readonly #labels = new WasmBuffer();
  readonly #gradient = new WasmBuffer();
  readonly #block: WasmBlock;

  /** @param output the layer whose outputs are compared with the labels */
  constructor(name: LossName, output: OutputLayer, smoothing: number, memory: WasmMemory) {
    this.gradientOf = name === 'cross-entropy' ? 'preActivation' : 'activation';
    this.#memory = memory;
    this.#output = output;
    this.#smoothing = smoothing;
    this.#block = new WasmBlock(memory, output.units);
    releaseWith(this, memory, [this.#labels, this.#gradient]);
  }

  measure(labels: Uint8Array): LossSum {
    const { exports } = this.#memory;
    const { Z, A, logSums, rows, rowBytes } = this.#output.outputs;
    const [at, classes, smoothing] = [this.#writeLabels(labels), this.#output.units, this.#smoothing];
    const sum =
      this.gradientOf === 'preActivation'
        ? exports.crossEntropy(Z, logSums, at, rows, classes, rowBytes, smoothing)
        : exports.squaredError(A, at, rows, classes, rowBytes, smoothing);
    return { sum, correct: exports.countCorrect(A, at, rows, classes, rowBytes) };
  }

  gradient(labels: Uint8Array): Block {
    const { exports } = this.#memory;
    const { A, rows, rowBytes } = this.#output.outputs;
    const [at, classes, smoothing] = [this.#writeLabels(labels), this.#output.units, this.#smoothing];
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
