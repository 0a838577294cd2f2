import { type ActivationName, type ElementwiseName, LEAK } from '../activations.ts';
import type { Real } from '../examples.ts';
import type { GradientOf, LossName, OutputLoss } from '../losses.ts';
import { type UpdateRule, decaysWeights } from '../optimizers.ts';
import type { Random } from '../random.ts';
import { type Penalty, noPenalty, penaltyBatch } from '../regularizers.ts';
import type { Block } from './block.ts';
import type { DenseLayer, LayerQuantity, LayerShape, Parameter } from './kernels.ts';
import { LEAKY_RELU, LINEAR, RELU, SIGMOID, TANH } from './layout.ts';
import { ActiveInputs } from './wasm-active.ts';
import { WasmBlock, bytesOfBatch, bytesOfRow, readRows, wasmBlock } from './wasm-block.ts';
import { PairBlock } from './wasm-input.ts';
import { WasmLoss, type WasmOutputs } from './wasm-loss.ts';
import { WasmBuffer, type WasmMemory, releaseWith } from './wasm-memory.ts';
import { WasmOptimizer } from './wasm-optimizer.ts';
import { MOST_SORTED, SortedInputs } from './wasm-sorted.ts';
import { bytesOfWeights, placeOfWeight, readWeights, writeWeights } from './wasm-weights.ts';

const ACTIVATIONS: Record<ElementwiseName, number> = {
  linear: LINEAR,
  relu: RELU,
  'leaky-relu': LEAKY_RELU,
  sigmoid: SIGMOID,
  tanh: TANH,
};

/**
 * A dense layer whose numbers are in WebAssembly memory, weights input-major and in panels.
 *
 * Where its inputs are mostly 0, in bytes or behind a ReLU, only the others cost anything, and its backward pass only
 * sorts them: gradient and step are then taken together in `update`, without dW ever being stored, unless a penalty or
 * a reader asks for it.
 */
export class WasmLayer implements DenseLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: ActivationName;
  readonly dropout: number;

  /** Of a row of units, and of a row of inputs. */
  readonly #rowBytes: number;
  readonly #inputBytes: number;
  readonly #memory: WasmMemory;
  /** Of the 256 values of a byte, as numbers. */
  readonly #scale: number;
  readonly #buffers = {
    W: new WasmBuffer(),
    b: new WasmBuffer(),
    dW: new WasmBuffer(),
    before: new WasmBuffer(),
    db: new WasmBuffer(),
    Z: new WasmBuffer(),
    A: new WasmBuffer(),
    logSums: new WasmBuffer(),
    mask: new WasmBuffer(),
    kept: new WasmBuffer(),
    delta: new WasmBuffer(),
    dA_prev: new WasmBuffer(),
    scratch: new WasmBuffer(),
    sums: new WasmBuffer(),
  };
  readonly #output: WasmBlock;
  readonly #dA_prev: WasmBlock;
  readonly #active: ActiveInputs;
  readonly #sorted: SortedInputs;
  readonly #optimizer: WasmOptimizer;
  #input: WasmBlock | PairBlock;
  /** Whether the input is listed in `#active`. */
  #listed = false;
  /** Whether `#active` still lists the input of the last backward pass. */
  #open = false;
  #rows = 0;
  #deltaRows = 0;
  #dropped = false;
  /** Whether dW is in its buffer, or is to be had from the sorted inputs and δ. */
  #gradient: 'none' | 'stored' | 'sorted' = 'none';
  #penalty = noPenalty;

  constructor(shape: LayerShape, memory: WasmMemory, scale: number) {
    this.inputs = shape.inputs;
    this.units = shape.units;
    this.activation = shape.activation;
    this.dropout = shape.dropout;
    this.#rowBytes = bytesOfRow(shape.units);
    this.#inputBytes = bytesOfRow(shape.inputs);
    this.#memory = memory;
    this.#scale = scale;
    const { W, b, db, sums } = this.#buffers;
    W.reserve(memory, bytesOfWeights(shape));
    b.reserve(memory, this.#rowBytes);
    db.reserve(memory, this.#rowBytes);
    sums.reserve(memory, 16);
    this.#output = new WasmBlock(memory, shape.units, shape.activation === 'relu');
    this.#dA_prev = new WasmBlock(memory, shape.inputs);
    this.#input = new WasmBlock(memory, shape.inputs);
    this.#active = new ActiveInputs(memory, shape);
    this.#sorted = new SortedInputs(memory, shape);
    this.#optimizer = new WasmOptimizer(memory, shape);
    releaseWith(this, memory, Object.values(this.#buffers));
  }

  forward(input: Block, dropoutRandom?: Random): Block {
    const { exports } = this.#memory;
    const { Z, A, logSums } = this.#buffers;
    this.#input = input instanceof PairBlock ? input : wasmBlock(input);
    const { rows } = this.#input;
    this.#rows = rows;
    this.#reserveBatch(Z);
    this.#reserveBatch(A);
    this.#affine(this.#input);
    if (this.activation === 'softmax') {
      logSums.reserve(this.#memory, rows * 8);
      exports.softmax(Z.address, A.address, logSums.address, rows, this.units, this.#rowBytes);
    } else {
      const name = ACTIVATIONS[this.activation];
      exports.activate(name, LEAK, Z.address, A.address, rows, this.units, this.#rowBytes);
    }
    this.#dropped = dropoutRandom !== undefined && this.dropout > 0;
    const output = dropoutRandom && this.#dropped ? this.#dropUnits(dropoutRandom) : A;
    return this.#output.at(output.address, rows);
  }

  backward(gradient: Block, of: GradientOf, penalty: Penalty): void {
    const { exports } = this.#memory;
    const { Z, A, mask, delta, db } = this.#buffers;
    const [rows, rowBytes] = [this.#rows, this.#rowBytes];
    const given = wasmBlock(gradient).address;
    this.#reserveBatch(delta);
    // The masked gradient waits in δ's own place: what was handed over stays whole.
    const from = this.#dropped ? delta.address : given;
    if (this.#dropped) exports.multiply(given, mask.address, from, rows * rowBytes);
    if (of === 'preActivation') {
      this.#memory.bytes.copyWithin(delta.address, from, from + rows * rowBytes);
    } else if (this.activation === 'softmax') {
      exports.softmaxBackward(from, A.address, delta.address, rows, this.units, rowBytes);
    } else {
      const name = ACTIVATIONS[this.activation];
      const to = delta.address;
      exports.activationBackward(name, LEAK, from, Z.address, A.address, to, rows, this.units, rowBytes);
    }
    this.#deltaRows = rows;
    this.#penalty = penalty;
    this.#open = this.#listed;
    exports.biasGradient(delta.address, rows, db.address, rowBytes);
    this.#weightGradient(this.#input);
  }

  inputGradient(): Block {
    const { W, delta, dA_prev } = this.#buffers;
    const rows = this.#deltaRows;
    const to = dA_prev.reserve(this.#memory, bytesOfBatch(rows, this.inputs));
    if (this.#open) {
      this.#active.inputGradient(rows, delta.address, W.address, to);
    } else {
      const { exports } = this.#memory;
      const from = delta.address;
      exports.inputGradient(from, this.#rowBytes, rows, W.address, this.inputs, to, this.#inputBytes);
    }
    return this.#dA_prev.at(to, rows);
  }

  loss(name: LossName, labelSmoothing: number): OutputLoss {
    return new WasmLoss(name, this, labelSmoothing, this.#memory);
  }

  update(rule: UpdateRule): void {
    const { exports } = this.#memory;
    const { W, b, dW, db } = this.#buffers;
    const optimizer = this.#optimizer;
    const decays = decaysWeights(rule);
    const numbered = optimizer.begin(rule, decays);
    this.#writePenalty();
    const before = this.#penalty.l1 > 0 ? this.#weightsBefore() : undefined;
    if (this.#gradient === 'sorted') {
      const skips = !decays && !this.#penalized && rule.epsilon > 0;
      const kept = this.#penalized ? dW.reserve(this.#memory, bytesOfWeights(this)) : undefined;
      this.#sorted.update(numbered, optimizer, this.#delta, W.address, skips, kept);
      // The penalty's share came from weights that are gone now; without it dW can be had from what is sorted again.
      if (this.#penalized) this.#gradient = 'stored';
    } else {
      optimizer.seeAll();
      const [first, second] = [optimizer.ofWeights(0), optimizer.ofWeights(1)];
      const length = bytesOfWeights(this) / 4;
      exports.update(numbered, optimizer.rule, W.address, dW.address, first, second, length);
    }
    if (before) exports.stopAtZero(before.address, dW.address, W.address, bytesOfWeights(this) / 4);
    if (decays) optimizer.endDecay();
    const [first, second] = [optimizer.ofBias(0), optimizer.ofBias(1)];
    exports.update(numbered, optimizer.rule, b.address, db.address, first, second, this.#rowBytes / 4);
  }

  read(quantity: LayerQuantity): Real {
    const { W, b, dW, db, Z, A, delta } = this.#buffers;
    switch (quantity) {
      case 'weights':
        return readWeights(this.#memory, W.address, this);
      case 'bias':
        return readRows(this.#memory, b.address, 1, this.units);
      case 'preActivation':
        return readRows(this.#memory, Z.address, this.#rows, this.units);
      case 'activation':
        return readRows(this.#memory, A.address, this.#rows, this.units);
      case 'delta':
        return readRows(this.#memory, delta.address, this.#deltaRows, this.units);
      case 'weightGradient':
        if (this.#gradient === 'none') return new Float32Array(this.inputs * this.units);
        this.#storeGradient();
        return readWeights(this.#memory, dW.address, this);
      case 'biasGradient':
        return readRows(this.#memory, db.address, 1, this.units);
    }
  }

  write(parameter: Parameter, values: ArrayLike<number>): void {
    const { inputs, units } = this;
    const length = parameter === 'weights' ? units * inputs : units;
    if (values.length !== length) {
      throw new RangeError(
        `the ${parameter} of a layer of ${units} units and ${inputs} inputs are ${length} numbers, not ${values.length}`,
      );
    }
    if (this.#penalized) this.#storeGradient();
    const { W, b } = this.#buffers;
    if (parameter === 'weights') writeWeights(this.#memory, W.address, this, values);
    else this.#memory.floats.set(values, b.address / 4);
  }

  readOne(parameter: Parameter, index: number): number {
    return this.#memory.floats[this.#placeOf(parameter, index)];
  }

  writeOne(parameter: Parameter, index: number, value: number): void {
    if (this.#penalized) this.#storeGradient();
    this.#memory.floats[this.#placeOf(parameter, index)] = value;
  }

  weightSums(): { squares: number; magnitudes: number } {
    const { W, sums } = this.#buffers;
    this.#memory.exports.weightSums(W.address, bytesOfWeights(this) / 4, sums.address);
    const { doubles } = this.#memory;
    return { squares: doubles[sums.address / 8], magnitudes: doubles[sums.address / 8 + 1] };
  }

  readOptimizerState(): Real[] {
    return this.#optimizer.read();
  }

  writeOptimizerState(state: readonly Real[]): void {
    this.#optimizer.write(state);
  }

  /** For losses: of the last batch. */
  get outputs(): WasmOutputs {
    const { Z, A, logSums } = this.#buffers;
    return {
      Z: Z.address,
      A: A.address,
      logSums: logSums.address,
      rows: this.#rows,
      rowBytes: this.#rowBytes,
    };
  }

  /** Z = A_prev·Wᵀ + b, by the way that the input allows. */
  #affine(input: WasmBlock | PairBlock): void {
    const { exports } = this.#memory;
    const { inputs } = this;
    const { W, b, Z, scratch } = this.#buffers;
    const [rows, rowBytes] = [this.#rows, this.#rowBytes];
    this.#listed = input instanceof WasmBlock && this.#active.list(input);
    this.#open = false;
    if (input instanceof PairBlock) {
      const { address } = input;
      exports.affineOfPairs(address, rows, this.#scale, W.address, inputs, b.address, Z.address, rowBytes);
    } else if (this.#listed) {
      this.#active.affine(rows, W.address, b.address, Z.address);
    } else {
      const strip = scratch.reserve(this.#memory, inputs * 32);
      const A = input.address;
      exports.affine(A, this.#inputBytes, rows, W.address, inputs, b.address, Z.address, rowBytes, strip);
    }
  }

  /** dW, stored or left to be taken together with the step. */
  #weightGradient(input: WasmBlock | PairBlock): void {
    const { delta, dW, scratch } = this.#buffers;
    const rows = this.#deltaRows;
    if (input instanceof PairBlock) {
      this.#sortPairs(input);
    } else if (this.#listed) {
      this.#sorted.sortNumbers(input);
      this.#gradient = 'sorted';
    } else {
      dW.reserve(this.#memory, bytesOfWeights(this));
      this.#memory.exports.weightGradient(
        delta.address,
        rows,
        input.address,
        this.#inputBytes,
        this.inputs,
        dW.address,
        this.#rowBytes,
        scratch.reserve(this.#memory, rows * (this.#rowBytes + 16)),
      );
      this.#gradient = 'stored';
      this.#addPenaltyGradient();
    }
  }

  /** A batch too large to be sorted at once is sorted, and summed into dW, in parts. */
  #sortPairs(input: PairBlock): void {
    const rows = this.#deltaRows;
    if (rows <= MOST_SORTED) {
      this.#sorted.sortPairs(input, 0, rows, this.#scale);
      this.#gradient = 'sorted';
      return;
    }
    const dW = this.#buffers.dW.reserve(this.#memory, bytesOfWeights(this));
    for (let first = 0; first < rows; first += MOST_SORTED) {
      const count = Math.min(MOST_SORTED, rows - first);
      this.#sorted.sortPairs(input, first, count, this.#scale);
      const delta = { address: this.#buffers.delta.address + first * this.#rowBytes, rows: count };
      this.#sorted.gradient(delta, rows, first > 0, dW);
    }
    this.#gradient = 'stored';
    this.#addPenaltyGradient();
  }

  get #delta(): { address: number; rows: number } {
    return { address: this.#buffers.delta.address, rows: this.#deltaRows };
  }

  #reserveBatch(buffer: WasmBuffer): void {
    buffer.reserve(this.#memory, bytesOfBatch(this.#rows, this.units));
  }

  #dropUnits(random: Random): WasmBuffer {
    const { A, mask, kept } = this.#buffers;
    const [rows, units, stride] = [this.#rows, this.units, this.#rowBytes / 4];
    this.#reserveBatch(mask);
    this.#reserveBatch(kept);
    const floats = this.#memory.floats;
    const scale = 1 / (1 - this.dropout);
    for (let i = 0; i < rows; i++) {
      const row = mask.address / 4 + i * stride;
      for (let j = 0; j < units; j++) floats[row + j] = random.uniform() < this.dropout ? 0 : scale;
    }
    this.#memory.exports.multiply(A.address, mask.address, kept.address, rows * this.#rowBytes);
    return kept;
  }

  /** dW as a whole, out of the sorted inputs, where it is not in its place yet. */
  #storeGradient(): void {
    if (this.#gradient !== 'sorted') return;
    const dW = this.#buffers.dW.reserve(this.#memory, bytesOfWeights(this));
    this.#sorted.gradient(this.#delta, this.#deltaRows, false, dW);
    if (!this.#penalized) return;
    this.#addPenaltyGradient();
    this.#gradient = 'stored';
  }

  get #penalized(): boolean {
    return this.#penalty.l1 !== 0 || this.#penalty.l2 !== 0;
  }

  /** dW += (λ₂·W + λ₁·sign W) / m */
  #addPenaltyGradient(): void {
    if (!this.#penalized) return;
    const { W, dW } = this.#buffers;
    this.#writePenalty();
    const { exports } = this.#memory;
    exports.addPenaltyGradient(this.#optimizer.rule, W.address, dW.address, bytesOfWeights(this) / 4);
  }

  #weightsBefore(): WasmBuffer {
    const { W, before } = this.#buffers;
    const bytes = bytesOfWeights(this);
    before.reserve(this.#memory, bytes);
    this.#memory.bytes.copyWithin(before.address, W.address, W.address + bytes);
    return before;
  }

  #writePenalty(): void {
    const m = penaltyBatch(this.#penalty, this.#deltaRows);
    this.#optimizer.writePenalty(this.#penalty.l2 / m, this.#penalty.l1 / m);
  }

  #placeOf(parameter: Parameter, index: number): number {
    const { W, b } = this.#buffers;
    if (parameter === 'bias') return b.address / 4 + index;
    const unit = Math.floor(index / this.inputs);
    return W.address / 4 + placeOfWeight(this, unit, index % this.inputs);
  }
}
