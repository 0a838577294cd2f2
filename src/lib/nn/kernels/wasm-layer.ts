import { type ActivationName, LEAK, elementwiseNames } from '../activations.ts';
import type { Real } from '../examples.ts';
import { type OptimizerName, type UpdateRule, averagesKept } from '../optimizers.ts';
import type { Random } from '../random.ts';
import { type Penalty, noPenalty } from '../regularizers.ts';
import type { Block, DenseLayer, GradientOf, LayerQuantity, LayerShape, Parameter } from './kernels.ts';
import { WasmBlock, bytesOfBatch, bytesOfRow, readRows } from './wasm-block.ts';
import { PairBlock, SPAN } from './wasm-input.ts';
import { WasmBuffer, type WasmMemory, releaseWith } from './wasm-memory.ts';
import { PANEL, bytesOfWeights, placeOfWeight, readWeights, writeWeights } from './wasm-weights.ts';

/** As assembly/optimizers.ts numbers them. */
const OPTIMIZERS: Record<OptimizerName, number> = { sgd: 0, momentum: 1, rmsprop: 2, adam: 3, adamw: 3 };
const RULE_LENGTH = 10;
/** Examples whose pairs are sorted at once: few enough for the sorted ones to stay in the cache. */
const MOST_SORTED = 512;

/**
 * A dense layer whose numbers are in WebAssembly memory, weights input-major and in panels.
 *
 * Fed with pairs, its backward pass only sorts them: gradient and step are then taken together in `update`, without
 * dW ever being stored, unless a penalty or a reader asks for it.
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
    db: new WasmBuffer(),
    Z: new WasmBuffer(),
    A: new WasmBuffer(),
    logSums: new WasmBuffer(),
    mask: new WasmBuffer(),
    kept: new WasmBuffer(),
    delta: new WasmBuffer(),
    dA_prev: new WasmBuffer(),
    ends: new WasmBuffer(),
    entries: new WasmBuffer(),
    seen: new WasmBuffer(),
    scratch: new WasmBuffer(),
    rule: new WasmBuffer(),
    averages: new WasmBuffer(),
  };
  readonly #output: WasmBlock;
  readonly #dA_prev: WasmBlock;
  #input: WasmBlock | PairBlock | undefined;
  #rows = 0;
  #deltaRows = 0;
  #dropped = false;
  /** Whether dW is in its buffer, or is to be had from the sorted entries and δ. */
  #gradient: 'none' | 'stored' | 'sorted' = 'none';
  #penalty = noPenalty;
  /** How many running averages there are of each parameter; none before the first update. */
  #averages: number | undefined;

  constructor(shape: LayerShape, memory: WasmMemory, scale: number) {
    this.inputs = shape.inputs;
    this.units = shape.units;
    this.activation = shape.activation;
    this.dropout = shape.dropout;
    this.#rowBytes = bytesOfRow(shape.units);
    this.#inputBytes = bytesOfRow(shape.inputs);
    this.#memory = memory;
    this.#scale = scale;
    const { W, b, db, seen, rule } = this.#buffers;
    W.reserve(memory, this.#weightBytes);
    b.reserve(memory, this.#rowBytes);
    db.reserve(memory, this.#rowBytes);
    seen.reserve(memory, shape.inputs);
    rule.reserve(memory, RULE_LENGTH * 8);
    this.#output = new WasmBlock(memory, shape.units);
    this.#dA_prev = new WasmBlock(memory, shape.inputs);
    releaseWith(this, memory, Object.values(this.#buffers));
  }

  forward(input: Block, dropoutRandom?: Random): Block {
    const { exports } = this.#memory;
    const { W, b, Z, A, logSums, scratch } = this.#buffers;
    const from = input as WasmBlock | PairBlock;
    const rows = from.rows;
    this.#input = from;
    this.#rows = rows;
    this.#reserveBatch(Z);
    this.#reserveBatch(A);
    if (from instanceof PairBlock) {
      exports.sparseAffine(
        from.address,
        rows,
        this.#scale,
        W.address,
        this.inputs,
        b.address,
        Z.address,
        this.#rowBytes,
      );
    } else {
      scratch.reserve(this.#memory, this.inputs * 32);
      exports.affine(
        from.address,
        this.#inputBytes,
        rows,
        W.address,
        this.inputs,
        b.address,
        Z.address,
        this.#rowBytes,
        scratch.address,
      );
    }
    if (this.activation === 'softmax') {
      logSums.reserve(this.#memory, rows * 8);
      exports.softmax(Z.address, A.address, logSums.address, rows, this.units, this.#rowBytes);
    } else {
      const name = elementwiseNames.indexOf(this.activation);
      exports.activate(name, LEAK, Z.address, A.address, rows, this.units, this.#rowBytes);
    }
    this.#dropped = dropoutRandom !== undefined && this.dropout > 0;
    const output = this.#dropped ? this.#dropUnits(dropoutRandom!) : A;
    return this.#output.at(output.address, rows);
  }

  backward(gradient: Block, of: GradientOf, penalty: Penalty): void {
    const { exports } = this.#memory;
    const { Z, A, mask, delta, dW, db, scratch } = this.#buffers;
    const [rows, rowBytes, input] = [this.#rows, this.#rowBytes, this.#input!];
    const from = (gradient as WasmBlock).address;
    this.#reserveBatch(delta);
    if (this.#dropped) exports.multiply(from, mask.address, from, rows * rowBytes);
    if (of === 'preActivation') {
      this.#memory.bytes.copyWithin(delta.address, from, from + rows * rowBytes);
    } else if (this.activation === 'softmax') {
      exports.softmaxBackward(from, A.address, delta.address, rows, this.units, rowBytes);
    } else {
      const name = elementwiseNames.indexOf(this.activation);
      exports.activationBackward(
        name,
        LEAK,
        from,
        Z.address,
        A.address,
        delta.address,
        rows,
        this.units,
        rowBytes,
      );
    }
    this.#deltaRows = rows;
    this.#penalty = penalty;
    exports.biasGradient(delta.address, rows, db.address, rowBytes);
    if (input instanceof PairBlock) {
      this.#sortPairs(input);
      return;
    }
    dW.reserve(this.#memory, this.#weightBytes);
    scratch.reserve(this.#memory, rows * (rowBytes + 16));
    exports.weightGradient(
      delta.address,
      rows,
      input.address,
      this.#inputBytes,
      this.inputs,
      dW.address,
      rowBytes,
      scratch.address,
    );
    this.#gradient = 'stored';
    this.#addPenaltyGradient();
  }

  inputGradient(): Block {
    const { W, delta, dA_prev } = this.#buffers;
    const rows = this.#deltaRows;
    dA_prev.reserve(this.#memory, bytesOfBatch(rows, this.inputs));
    this.#memory.exports.inputGradient(
      delta.address,
      this.#rowBytes,
      rows,
      W.address,
      this.inputs,
      dA_prev.address,
      this.#inputBytes,
    );
    return this.#dA_prev.at(dA_prev.address, rows);
  }

  update(rule: UpdateRule): void {
    const { exports } = this.#memory;
    const { W, b, dW, db, delta, ends, entries, seen, scratch } = this.#buffers;
    const optimizer = OPTIMIZERS[rule.optimizer];
    this.#averages ??= this.#createAverages(averagesKept[rule.optimizer]);
    const decays = rule.optimizer === 'adamw' && rule.weightDecay !== 0;
    this.#writeRule(rule, decays ? 1 - rule.learningRate * rule.weightDecay : 1);
    const penalized = this.#penalized;
    const [first, second] = [this.#averageOfWeights(0), this.#averageOfWeights(1)];
    if (this.#gradient === 'sorted') {
      const row = scratch.reserve(this.#memory, PANEL * (1 + this.#deltaRows));
      exports.sparseUpdate(
        optimizer,
        this.#buffers.rule.address,
        ends.address,
        entries.address,
        this.inputs,
        delta.address,
        this.#deltaRows,
        W.address,
        first,
        second,
        seen.address,
        !decays && !penalized && rule.epsilon > 0,
        penalized,
        penalized ? dW.reserve(this.#memory, this.#weightBytes) : row,
        this.#rowBytes,
        row + PANEL,
      );
      // The penalty's share came from weights that are gone now; without it dW can be had from the entries again.
      if (penalized) this.#gradient = 'stored';
    } else {
      this.#memory.bytes.fill(1, seen.address, seen.address + this.inputs);
      const length = this.#weightBytes / 4;
      exports.update(optimizer, this.#buffers.rule.address, W.address, dW.address, first, second, length);
    }
    if (decays) this.#writeRule(rule, 1);
    exports.update(
      optimizer,
      this.#buffers.rule.address,
      b.address,
      db.address,
      this.#averageOfBias(0),
      this.#averageOfBias(1),
      this.#rowBytes / 4,
    );
  }

  read(quantity: LayerQuantity): Real {
    const { W, b, dW, db, Z, A, delta } = this.#buffers;
    switch (quantity) {
      case 'weights':
        return this.#readWeights(W.address);
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
        return this.#readWeights(dW.address);
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
    return this.#memory.floats[this.#placeOf(parameter, index)]!;
  }

  writeOne(parameter: Parameter, index: number, value: number): void {
    if (this.#penalized) this.#storeGradient();
    this.#memory.floats[this.#placeOf(parameter, index)] = value;
  }

  weightSums(): { squares: number; magnitudes: number } {
    const { W, rule } = this.#buffers;
    this.#memory.exports.weightSums(W.address, this.#weightBytes / 4, rule.address);
    const { doubles } = this.#memory;
    return { squares: doubles[rule.address / 8]!, magnitudes: doubles[rule.address / 8 + 1]! };
  }

  readOptimizerState(): Real[] {
    const count = this.#averages ?? 0;
    const each = Array.from({ length: count }, (_, n) => n);
    return [
      ...each.map((n) => this.#readWeights(this.#averageOfWeights(n))),
      ...each.map((n) => readRows(this.#memory, this.#averageOfBias(n), 1, this.units)),
    ];
  }

  writeOptimizerState(state: readonly Real[]): void {
    const { seen } = this.#buffers;
    const count = state.length / 2;
    this.#memory.bytes.fill(count === 0 ? 0 : 1, seen.address, seen.address + this.inputs);
    this.#averages = count === 0 ? undefined : this.#createAverages(count);
    for (let n = 0; n < count; n++) {
      writeWeights(this.#memory, this.#averageOfWeights(n), this, state[n]!);
      this.#memory.floats.set(state[count + n]!, this.#averageOfBias(n) / 4);
    }
  }

  /** For losses: Z, A and log Σ eᶻ of the last batch, (batch × units), and the bytes of a row. */
  get outputs(): { Z: number; A: number; logSums: number; rows: number; rowBytes: number } {
    const { Z, A, logSums } = this.#buffers;
    return {
      Z: Z.address,
      A: A.address,
      logSums: logSums.address,
      rows: this.#rows,
      rowBytes: this.#rowBytes,
    };
  }

  get #weightBytes(): number {
    return bytesOfWeights(this);
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

  /** Sorts the batch's pairs by input; a batch too large for that at once is sorted, and summed into dW, in parts. */
  #sortPairs({ address }: PairBlock): void {
    const { ends, entries, delta, dW } = this.#buffers;
    const [rows, rowBytes] = [this.#deltaRows, this.#rowBytes];
    const { exports } = this.#memory;
    const step = Math.min(rows, MOST_SORTED);
    ends.reserve(this.#memory, this.inputs * 4);
    entries.reserve(this.#memory, this.inputs * exports.entryBytes(step));
    if (step < rows) dW.reserve(this.#memory, this.#weightBytes);
    for (let first = 0; first < rows; first += step) {
      const count = Math.min(step, rows - first);
      exports.sortByInput(
        address + first * SPAN,
        count,
        this.#scale,
        this.inputs,
        ends.address,
        entries.address,
      );
      if (step < rows) this.#sumEntries(delta.address + first * rowBytes, count, first > 0);
    }
    this.#gradient = step < rows ? 'stored' : 'sorted';
    if (step < rows) this.#addPenaltyGradient();
  }

  #sumEntries(delta: number, sorted: number, adds: boolean): void {
    const { ends, entries, dW, scratch } = this.#buffers;
    this.#memory.exports.sparseGradient(
      ends.address,
      entries.address,
      this.inputs,
      delta,
      sorted,
      this.#deltaRows,
      adds,
      dW.address,
      this.#rowBytes,
      scratch.reserve(this.#memory, PANEL * sorted),
    );
  }

  /** dW as a whole, out of the sorted entries, where it is not in its place yet. */
  #storeGradient(): void {
    if (this.#gradient !== 'sorted') return;
    this.#buffers.dW.reserve(this.#memory, this.#weightBytes);
    this.#sumEntries(this.#buffers.delta.address, this.#deltaRows, false);
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
    const { W, dW, rule } = this.#buffers;
    this.#writePenalty();
    this.#memory.exports.addPenaltyGradient(rule.address, W.address, dW.address, this.#weightBytes / 4);
  }

  #writeRule(rule: UpdateRule, kept: number): void {
    const { doubles } = this.#memory;
    const at = this.#buffers.rule.address / 8;
    doubles[at] = rule.learningRate;
    doubles[at + 1] = rule.momentum;
    doubles[at + 2] = rule.beta1;
    doubles[at + 3] = rule.beta2;
    doubles[at + 4] = rule.epsilon;
    doubles[at + 5] = rule.correction1;
    doubles[at + 6] = rule.correction2;
    doubles[at + 7] = kept;
    this.#writePenalty();
  }

  #writePenalty(): void {
    const { doubles } = this.#memory;
    const at = this.#buffers.rule.address / 8;
    doubles[at + 8] = this.#penalty.l2 / this.#deltaRows;
    doubles[at + 9] = this.#penalty.l1 / this.#deltaRows;
  }

  #createAverages(count: number): number {
    const { averages } = this.#buffers;
    const bytes = count * (this.#weightBytes + this.#rowBytes);
    averages.reserve(this.#memory, bytes);
    this.#memory.bytes.fill(0, averages.address, averages.address + bytes);
    return count;
  }

  #averageOfWeights(n: number): number {
    return this.#buffers.averages.address + n * (this.#weightBytes + this.#rowBytes);
  }

  #averageOfBias(n: number): number {
    return this.#averageOfWeights(n) + this.#weightBytes;
  }

  #readWeights(address: number): Float32Array {
    return readWeights(this.#memory, address, this);
  }

  #placeOf(parameter: Parameter, index: number): number {
    const { W, b } = this.#buffers;
    if (parameter === 'bias') return b.address / 4 + index;
    const unit = Math.floor(index / this.inputs);
    return W.address / 4 + placeOfWeight(this, unit, index % this.inputs);
  }
}
