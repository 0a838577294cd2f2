import type { Real } from '../examples.ts';
import { type AveragesMade, type OptimizerName, type UpdateRule, averagesOf, goesOn } from '../optimizers.ts';
import {
  ADAM,
  BETA1,
  BETA2,
  CORRECTION1,
  CORRECTION2,
  EPSILON,
  L1_SHARE,
  L2_SHARE,
  LEARNING_RATE,
  MOMENTUM,
  MOMENTUM_KEPT,
  RMSPROP,
  RULE_LENGTH,
  SGD,
  SGDW,
  WEIGHT_KEPT,
} from './layout.ts';
import { bytesOfRow, readRows } from './wasm-block.ts';
import { WasmBuffer, type WasmMemory, releaseWith } from './wasm-memory.ts';
import { type WeightShape, bytesOfWeights, readWeights, writeWeights } from './wasm-weights.ts';

const NUMBERS: Record<OptimizerName, number> = {
  sgd: SGD,
  sgdw: SGDW,
  momentum: MOMENTUM,
  rmsprop: RMSPROP,
  adam: ADAM,
  adamw: ADAM,
};

/** What steps need beside the parameters of a layer and their gradients: the rule, and the running averages. */
export class WasmOptimizer {
  readonly #memory: WasmMemory;
  readonly #shape: WeightShape;
  readonly #buffers = { rule: new WasmBuffer(), averages: new WasmBuffer(), seen: new WasmBuffer() };
  #made: AveragesMade | undefined;

  constructor(memory: WasmMemory, shape: WeightShape) {
    this.#memory = memory;
    this.#shape = shape;
    this.#buffers.rule.reserve(memory, RULE_LENGTH * 8);
    this.#buffers.seen.reserve(memory, shape.inputs);
    releaseWith(this, memory, Object.values(this.#buffers));
  }

  /** The address of the rule's numbers. */
  get rule(): number {
    return this.#buffers.rule.address;
  }

  /** The address of a byte for each input: whether its weights may have a gradient or averages that are not 0. */
  get seen(): number {
    return this.#buffers.seen.address;
  }

  /** Says of every input that it was seen. */
  seeAll(): void {
    this.#memory.bytes.fill(1, this.seen, this.seen + this.#shape.inputs);
  }

  /** Makes ready for a step of this rule. Returns the optimiser as the kernels number it. */
  begin(rule: UpdateRule, decays: boolean): number {
    const { optimizer } = rule;
    if (!this.#made || !goesOn(this.#made, optimizer)) {
      const count = averagesOf[optimizer].length;
      this.#create({ count, by: optimizer });
    }
    this.#write(LEARNING_RATE, rule.learningRate);
    this.#write(MOMENTUM_KEPT, rule.momentum);
    this.#write(BETA1, rule.beta1);
    this.#write(BETA2, rule.beta2);
    this.#write(EPSILON, rule.epsilon);
    this.#write(CORRECTION1, rule.correction1);
    this.#write(CORRECTION2, rule.correction2);
    this.#write(WEIGHT_KEPT, decays ? 1 - rule.learningRate * rule.weightDecay : 1);
    return NUMBERS[optimizer];
  }

  /** From here on nothing decays: for the biases. */
  endDecay(): void {
    this.#write(WEIGHT_KEPT, 1);
  }

  /** @param l2 λ₂/m, l1 λ₁/m */
  writePenalty(l2: number, l1: number): void {
    this.#write(L2_SHARE, l2);
    this.#write(L1_SHARE, l1);
  }

  /** The address of the nth averages of the weights, and of the biases; of no meaning where there are fewer. */
  ofWeights(n: number): number {
    return this.#buffers.averages.address + n * (bytesOfWeights(this.#shape) + bytesOfRow(this.#shape.units));
  }

  ofBias(n: number): number {
    return this.ofWeights(n) + bytesOfWeights(this.#shape);
  }

  /** Copies of the averages: those of the weights (units × inputs), then those of the bias. */
  read(): Real[] {
    const each = Array.from({ length: this.#made?.count ?? 0 }, (_, n) => n);
    return [
      ...each.map((n) => readWeights(this.#memory, this.ofWeights(n), this.#shape)),
      ...each.map((n) => readRows(this.#memory, this.ofBias(n), 1, this.#shape.units)),
    ];
  }

  write(state: readonly Real[]): void {
    const count = state.length / 2;
    if (count === 0) {
      this.#made = undefined;
      return;
    }
    this.#create({ count, by: 'elsewhere' });
    this.seeAll();
    for (let n = 0; n < count; n++) {
      writeWeights(this.#memory, this.ofWeights(n), this.#shape, state[n]);
      this.#memory.floats.set(state[count + n], this.ofBias(n) / 4);
    }
  }

  /** Averages at 0, as if no input had been seen. */
  #create(made: AveragesMade): void {
    const bytes = made.count * (bytesOfWeights(this.#shape) + bytesOfRow(this.#shape.units));
    const address = this.#buffers.averages.reserve(this.#memory, bytes);
    this.#memory.bytes.fill(0, address, address + bytes);
    this.#memory.bytes.fill(0, this.seen, this.seen + this.#shape.inputs);
    this.#made = made;
  }

  #write(place: number, value: number): void {
    this.#memory.doubles[this.rule / 8 + place] = value;
  }
}
