import { activationNames } from './activations.ts';
import { type Examples, NONE } from './examples.ts';
import { type LossName, lossNames } from './losses.ts';
import type { Architecture, NetworkModel } from './model.ts';
import { type OptimizerOptions, optimizerNames } from './optimizers.ts';
import type { Penalty } from './regularizers.ts';
import { type ScheduleOptions, scheduleNames } from './schedules.ts';

/*
 * What a network cannot work with, said before it starts: each error is a RangeError that names the parameter and its
 * value.
 */

const MOST_UNITS = 65_536;

/** @throws RangeError that names the first layer or option that no network can have */
export function checkArchitecture(
  { inputs, layers }: Architecture,
  options: { loss: LossName; penalty: Penalty; dropout: number; labelSmoothing: number },
): void {
  checkInteger('inputs', inputs, 1, 1_000_000);
  if (layers.length === 0) throw new RangeError('layers must name at least one layer, the output');
  layers.forEach(({ units, activation }, l) => {
    checkInteger(`units of layer ${l + 1}`, units, 1, MOST_UNITS);
    checkOneOf(`activation of layer ${l + 1}`, activation, activationNames);
    if (activation === 'softmax' && l < layers.length - 1) {
      throw new RangeError(`activation of layer ${l + 1} is softmax, which only the output layer can have`);
    }
  });
  checkOneOf('loss', options.loss, lossNames);
  const output = layers[layers.length - 1].activation;
  if (options.loss === 'cross-entropy' && output !== 'softmax') {
    throw new RangeError(
      `loss cross-entropy needs a softmax output, and the output's activation is ${output}`,
    );
  }
  checkNumber('l2', options.penalty.l2, 0, Number.MAX_VALUE);
  checkNumber('l1', options.penalty.l1, 0, Number.MAX_VALUE);
  checkShare('dropout', options.dropout);
  checkShare('labelSmoothing', options.labelSmoothing);
}

/** Checks that a model's layers follow one another and that all its numbers are there and finite. */
export function checkModel({ layers }: NetworkModel): void {
  if (layers.length === 0) throw new RangeError('the model has no layers');
  layers.forEach(({ inputs, units, weights, bias }, l) => {
    const before = layers[l - 1];
    if (before && before.units !== inputs) {
      throw new RangeError(`layer ${l + 1} takes ${inputs} inputs, but layer ${l} has ${before.units} units`);
    }
    checkParameter(`weights of layer ${l + 1}`, weights, units * inputs);
    checkParameter(`bias of layer ${l + 1}`, bias, units);
  });
}

/**
 * @param classes leave out where the labels are not used
 * @param allowNone whether examples in none of the classes can be among them
 */
export function checkExamples(examples: Examples, inputs: number, classes?: number, allowNone = false): void {
  const { count, width, values, labels } = examples;
  if (count === 0) throw new RangeError('the data set is empty');
  if (width !== inputs) {
    throw new RangeError(`the network takes ${inputs} inputs, and the examples have ${width} values each`);
  }
  if (values.length !== count * width) {
    throw new RangeError(
      `${count} examples of ${width} values need ${count * width} values, not ${values.length}`,
    );
  }
  if (classes === undefined) return;
  if (labels.length !== count)
    throw new RangeError(`${count} examples need ${count} labels, not ${labels.length}`);
  for (let i = 0; i < count; i++) {
    if (labels[i] >= classes && !(allowNone && labels[i] === NONE)) {
      throw new RangeError(
        `label ${labels[i]} of example ${i} is not among the network's ${classes} classes`,
      );
    }
  }
}

/** @throws RangeError that names the first option outside its range */
export function checkOptimizer(options: OptimizerOptions): void {
  checkOneOf('optimizer', options.optimizer, optimizerNames);
  for (const name of ['momentum', 'beta1', 'beta2'] as const) checkShare(name, options[name]);
  for (const name of ['epsilon', 'weightDecay'] as const)
    checkNumber(name, options[name], 0, Number.MAX_VALUE);
}

/** @throws RangeError that names the first option outside its range */
export function checkSchedule(options: ScheduleOptions): void {
  checkOneOf('schedule', options.schedule, scheduleNames);
  checkNumber('warmup', options.warmup, 0, Number.MAX_VALUE);
  checkNumber('stepEpochs', options.stepEpochs, 1, Number.MAX_VALUE);
  checkNumber('stepFactor', options.stepFactor, 0, 1);
}

/** @throws RangeError that names the value, unless it is an integer from `lowest` to `highest` */
export function checkInteger(name: string, value: number, lowest: number, highest: number): void {
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    throw new RangeError(`${name} must be an integer from ${lowest} to ${highest}, not ${value}`);
  }
}

function checkNumber(name: string, value: number, lowest: number, highest: number): void {
  if (!(value >= lowest && value <= highest)) {
    const range =
      highest === Number.MAX_VALUE ? `a number of at least ${lowest}` : `from ${lowest} to ${highest}`;
    throw new RangeError(`${name} must be ${range}, not ${value}`);
  }
}

/** A share: from 0 up to but not including 1. */
function checkShare(name: string, value: number): void {
  if (!(value >= 0 && value < 1))
    throw new RangeError(`${name} must be at least 0 and below 1, not ${value}`);
}

function checkOneOf(name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value))
    throw new RangeError(`${name} must be one of ${allowed.join(', ')}, not ${value}`);
}

function checkParameter(name: string, values: ArrayLike<number>, length: number): void {
  if (values.length !== length)
    throw new RangeError(`${name} must be ${length} numbers, not ${values.length}`);
  for (let n = 0; n < length; n++) {
    if (!Number.isFinite(values[n])) throw new RangeError(`${name}: number ${n} is ${values[n]}`);
  }
}
