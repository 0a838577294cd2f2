import { describe, expect, test } from 'vitest';
import { referenceKernels } from '../../../../src/lib/nn/kernels/reference-kernels.ts';
import { Optimizer, type OptimizerName, optimizerNames } from '../../../../src/lib/nn/optimizers.ts';
import { rowsOf } from '../networks.ts';
import { builds } from './builds.ts';
import { examplesFor, expectSame, network, plain } from './cases.ts';

const all = [{ name: 'reference', make: () => referenceKernels() }, ...(await builds())];
const switches = optimizerNames.flatMap((from) => optimizerNames.map((to) => ({ from, to })));
const sameAverages = (from: OptimizerName, to: OptimizerName) =>
  from === to || [from, to].every((name) => name.startsWith('adam'));

/** Two batches by one optimiser, and two by another; `fresh` clears what the first has left. */
function trained(make: () => ReturnType<typeof referenceKernels>, names: OptimizerName[], fresh: boolean) {
  const each = network(make(), plain);
  const examples = examplesFor(plain, each);
  for (const optimizer of names) {
    const run = new Optimizer({ optimizer });
    if (fresh) for (const layer of each.layers) layer.writeOptimizerState([]);
    for (let step = 0; step < 2; step++) {
      each.forwardWithLoss(examples, rowsOf(examples));
      each.backward();
      each.update(run.next(0.01));
    }
  }
  return each;
}

describe.each(all)('an optimiser changed between updates, kernels $name', ({ make }) => {
  test.each(switches)('$to after $from begins afresh, unless both keep the same averages', ({ from, to }) => {
    const changed = trained(make, [from, to], false);
    const fresh = trained(make, [from, to], true).toModel();
    if (!sameAverages(from, to)) expect(changed.toModel()).toEqual(fresh);
    else if (!from.startsWith('sgd')) expect(changed.toModel()).not.toEqual(fresh);
    expectSame(changed, trained(referenceKernels, [from, to], false), 'weights', `${to} after ${from}`);
  });

  test('a state of another number of averages is refused, and says why', () => {
    const each = trained(make, ['momentum'], false);
    const state = each.layers[0].readOptimizerState();
    each.layers[0].writeOptimizerState(state);
    expect(() => each.update(new Optimizer({ optimizer: 'adam' }).next(0.01))).toThrow(
      "the optimiser's state has 1 averages of each parameter, and adam keeps 2",
    );
  });
});
