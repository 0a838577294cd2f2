import type { Fault } from './fault.ts';

const SESSION = 'tests/unit/state/remote/session.test.ts';
const CALLS = 'tests/unit/state/remote/worker-client.test.ts';
const SHARED = 'tests/unit/state/remote/shared-work.test.ts';
const RUN = 'tests/unit/state/run/run.test.ts';
const RACE = 'tests/unit/state/run/race.test.ts';
const CLINIC = 'tests/unit/state/run/clinic.test.ts';
const REVIEW = 'tests/unit/state/run/review.test.ts';
const LANDSCAPE = 'tests/unit/state/run/landscape.test.ts';
const HISTORY = 'tests/unit/state/run/run-history.test.ts';
const DATABASE = 'tests/unit/state/store/database.test.ts';
const ANSWERS = 'tests/unit/state/store/exercises.test.ts';
const SNAPSHOT = 'tests/unit/training/snapshot.test.ts';
const FIT = 'tests/unit/nn/fit.test.ts';
const LOSSES = 'tests/unit/nn/activations-and-losses.test.ts';
const INK = 'tests/unit/ink/ink.test.ts';
const WRITERS = 'tests/unit/ink/writers.test.ts';
const DRAWING = 'tests/unit/state/digits/drawing.test.ts';
const NETWORKS = 'tests/unit/state/site/networks.test.ts';
const REFUSAL = 'tests/unit/experiments/refusal.test.ts';
const DEPTH = 'tests/unit/components/backprop/blame-depth.test.ts';
const INTERVALS = 'tests/unit/experiments/intervals.test.ts';
const CALIBRATION = 'tests/unit/experiments/calibration.test.ts';
const PRINCIPAL = 'tests/unit/experiments/principal.test.ts';
const PUSH = 'tests/unit/experiments/push.test.ts';
const DISTURBANCE = 'tests/unit/data/disturbance.test.ts';
const SHADOW = 'tests/unit/experiments/shadow.test.ts';
const NEIGHBOUR_MAP = 'tests/unit/experiments/neighbour-map.test.ts';
const TEST_COPY = 'tests/unit/components/evaluation/test-copy.test.ts';
const MAPPING = 'tests/unit/components/evaluation/neighbour-map.test.ts';
const TASK = 'tests/unit/components/evaluation/task.test.ts';
const REGULARIZERS = 'tests/unit/nn/regularizers.test.ts';
const DROPOUT = 'tests/unit/experiments/dropout.test.ts';
const WEIGHTS = 'tests/unit/components/regularization/weights.test.ts';
const WRONG = 'tests/unit/data/wrong-labels.test.ts';
const EXAMINED = 'tests/unit/training/examined-runs.test.ts';
const QUEUE = 'tests/unit/state/run/run-queue.test.ts';
const SEEDS = 'tests/unit/experiments/over-seeds.test.ts';
const MEMORY = 'tests/unit/nn/kernels/wasm-memory.test.ts';

const fault = (name: string, file: string, find: string, put: string, ...tests: string[]): Fault => ({
  name,
  file,
  find,
  put,
  tests,
});

/** Over the asynchronous state: what is let go of is not heard any more, what dies is noticed. */
const remote: readonly Fault[] = [
  fault(
    'session: progress is heard after it was let go of',
    'src/state/remote/session.ts',
    'if (isOurs()) loading.value = share < 1 ? share : undefined;',
    'loading.value = share < 1 ? share : undefined;',
    SESSION,
    RUN,
  ),
  fault(
    'session: a worker is started for an opening that was let go of',
    'src/state/remote/session.ts',
    'if (!isOurs()) throw new Abandoned();\n      loading.value = undefined;',
    'loading.value = undefined;',
    SESSION,
    RUN,
  ),
  fault(
    'session: two who ask while it opens start two workers',
    'src/state/remote/session.ts',
    'if (opening) return opening;',
    '',
    SESSION,
    RUN,
  ),
  fault(
    'session: a failure is told after it was let go of',
    'src/state/remote/session.ts',
    'if (isOurs()) await failed(error as Error);',
    'await failed(error as Error);',
    SESSION,
    RUN,
  ),
  fault(
    'run: a wish that another has replaced is carried out all the same',
    'src/state/run/run.ts',
    'const isWanted = () => isLatest() && status.peek() === next;',
    'const isWanted = () => status.peek() === next;',
    RUN,
  ),
  fault(
    'run: a worker that always dies is started for ever',
    'src/state/run/run.ts',
    '++deaths < MOST_DEATHS',
    '++deaths < Infinity',
    RUN,
  ),
  fault(
    'race: paused and run again, two pull on one worker',
    'src/state/run/race.ts',
    "const isRunning = () => isLatest() && status.peek() === 'running';",
    "const isRunning = () => status.peek() === 'running';",
    RACE,
  ),
  fault(
    'clinic: paused and run again, two pull on one worker',
    'src/state/run/clinic.ts',
    "const isRunning = () => isLatest() && status.peek() === 'running';",
    "const isRunning = () => status.peek() === 'running';",
    CLINIC,
  ),
  fault(
    'review: data half handed over stay so for ever',
    'src/state/run/review.ts',
    'if (isOurs()) session.letGo();',
    '',
    REVIEW,
  ),
  fault(
    'review: who hears of a death second ends the worker that came after',
    'src/state/run/review.ts',
    'error instanceof WorkerDied && error !== buried',
    'error instanceof WorkerDied',
    REVIEW,
  ),
  fault(
    'landscape: its download is shown after it was cancelled',
    'src/state/run/landscape.ts',
    'if (isOurs()) loading.value = share < 1 ? share : undefined;',
    'loading.value = share < 1 ? share : undefined;',
    LANDSCAPE,
  ),
  fault(
    'landscape: rows of a cancelled slice go on coming in',
    'src/state/run/landscape.ts',
    'if (!isOurs()) return;\n        losses.set',
    'losses.set',
    LANDSCAPE,
  ),
  fault(
    'worker: a message that cannot be sent leaves a timer that kills it later',
    'src/state/remote/worker-client.ts',
    'worker.postMessage({ id, method, argument } satisfies Call);\n      waiting.set(id, { resolve, reject, onProgress, timer: watch() });',
    'waiting.set(id, { resolve, reject, onProgress, timer: watch() });\n      worker.postMessage({ id, method, argument } satisfies Call);',
    CALLS,
  ),
  fault(
    'worker: the timer of an answered call goes on, and kills it',
    'src/state/remote/worker-client.ts',
    'clearInterval(call.timer);',
    '',
    CALLS,
  ),
  fault(
    'download: the first who gives it up takes it from all',
    'src/state/remote/shared-work.ts',
    'if (--waiting === 0) controller.abort();',
    'controller.abort();',
    SHARED,
  ),
];

/** Over what is kept: it stays whole, and goes when it is to go. */
const kept: readonly Fault[] = [
  fault(
    'history: a run that was reset comes back',
    'src/state/run/run-history.ts',
    'if (own !== id) return;',
    '',
    HISTORY,
    DATABASE,
  ),
  fault(
    'history: a network that is lost is gone on with',
    'src/state/run/run-history.ts',
    'Number.isFinite(record.loss) ? snapshotOf(record.epoch, ended) : undefined',
    'snapshotOf(record.epoch, ended)',
    HISTORY,
  ),
  fault(
    'store: snapshots that were thinned out stay',
    'src/state/store/run-store.ts',
    'else await shots.delete(key);',
    'else continue;',
    DATABASE,
    HISTORY,
  ),
  fault(
    'store: a run with a damaged history is gone on with',
    'src/state/store/run-store.ts',
    "if (!isHistory({ epochs, points })) throw new Error('its history is damaged');",
    '',
    DATABASE,
  ),
  fault(
    'store: a network with a damaged history is listed',
    'src/state/store/lab-store.ts',
    ' && isHistory(run)',
    '',
    DATABASE,
  ),
  fault(
    'store: a tab whose run was taken over writes on',
    'src/state/store/run-store.ts',
    'await claim.check(transaction);\n        const [runs',
    'const [runs',
    DATABASE,
    HISTORY,
  ),
  fault(
    'store: a database that was blocked and opens after all is never closed',
    'src/state/store/database.ts',
    'if (isBlocked) database.close();\n      else resolve(database);',
    'resolve(database);',
    DATABASE,
  ),
  fault(
    'snapshots: a half that cannot hold a weight is kept all the same',
    'src/lib/training/snapshot.ts',
    'placeNotFinite(halves) < 0 && ',
    '',
    SNAPSHOT,
  ),
  fault(
    'exercises: a wrong answer takes the place of the right one',
    'src/state/store/exercises.ts',
    'if (before?.isRight && !answer.isRight) return before;',
    '',
    ANSWERS,
  ),
  fault(
    'exercises: an answer erases what is no list of answers',
    'src/state/store/exercises.ts',
    '(isNothingKept(KEY) ? {} : undefined)',
    '{}',
    ANSWERS,
  ),
];

/** Over the seam for speed, and over single formulas. */
const numbers: readonly Fault[] = [
  fault(
    'seam: the pairs of a batch in use are given back',
    'src/lib/nn/kernels/wasm-pairs.ts',
    '[...this.#sets].slice(0, -1)',
    '[...this.#sets]',
    MEMORY,
  ),
  fault(
    'seam: pairs are never given back',
    'src/lib/nn/kernels/wasm-pairs.ts',
    'if (total <= this.#mostBytes) break;',
    'break;',
    MEMORY,
  ),
  fault(
    'seam: memory that is taken holds what was there before',
    'src/lib/nn/kernels/wasm-memory.ts',
    'this.bytes.fill(0, begin, begin + bytes);',
    '',
    MEMORY,
  ),
  fault(
    'fit: a validation loss of NaN is the best',
    'src/lib/nn/fit.ts',
    'evaluated.loss < best.loss',
    '!(evaluated.loss >= best.loss)',
    FIT,
  ),
  fault(
    'blame by depth: of ten draws, one beside the middle is taken for the median',
    'src/components/backprop/blame-depth.ts',
    '(sorted[half - 1] + sorted[half]) / 2',
    'sorted[half]',
    DEPTH,
  ),
  fault(
    'exercises: a decimal comma is no number',
    'src/lib/written-number.ts',
    ".replace(/^(-?\\d*),(\\d+)/, '$1.$2')",
    '',
    'tests/unit/written-number.test.ts',
  ),
  fault(
    'intervals: McNemar counts one tail of two',
    'src/lib/experiments/intervals.ts',
    'Math.min(1, 2 * tail)',
    'Math.min(1, tail)',
    INTERVALS,
  ),
  fault(
    'intervals: Wilson’s middle is the share itself',
    'src/lib/experiments/intervals.ts',
    '(share + z2 / (2 * count)) / (1 + z2 / count)',
    'share',
    INTERVALS,
  ),
  fault(
    'calibration: surer and less sure cancel out',
    'src/lib/experiments/calibration.ts',
    'error += Math.abs(rights[bin] - sums[bin]);',
    'error += rights[bin] - sums[bin];',
    CALIBRATION,
  ),
  fault(
    'principal directions: each begins anew, without heeding those before it',
    'src/lib/experiments/principal.ts',
    'for (const other of others) {',
    'for (const other of others.slice(1)) {',
    PRINCIPAL,
  ),
  fault(
    'push: pixels leave paper and ink',
    'src/lib/experiments/push.ts',
    'return Math.max(0, Math.min(1, x));',
    'return x;',
    PUSH,
  ),
  fault(
    'push: towards the digit that is not wanted',
    'src/lib/experiments/push.ts',
    '{ size, step: -step, most }',
    '{ size, step, most }',
    PUSH,
  ),
  fault(
    'push: of the last step more than it takes',
    'src/lib/experiments/push.ts',
    'else [high, least] = [middle, now];',
    'else high = middle;',
    PUSH,
  ),
  fault(
    'shadow: an example is its own neighbour',
    'src/lib/experiments/shadow.ts',
    '.filter((other) => other !== row);',
    ';',
    SHADOW,
  ),
  fault(
    'neighbour map: a newcomer goes on with the random numbers of the last one',
    'src/lib/experiments/neighbour-map.ts',
    'this.#random = new Random(this.#asked!.seed);',
    '',
    NEIGHBOUR_MAP,
  ),
  fault(
    'evaluation: a dropped image is counted in the copy',
    'src/components/evaluation/test-copy.ts',
    'return own.label === undefined ? [] :',
    'return own.label === undefined ? [reading] :',
    TEST_COPY,
  ),
  fault(
    'evaluation: a map is asked for epochs twice at a time',
    'src/components/evaluation/neighbour-map.ts',
    'if (pulling) return;',
    '',
    MAPPING,
  ),
  fault(
    'disturbance: a shift goes half as far',
    'src/lib/data/disturbance.ts',
    'strength * cosine(angle), strength * sine(angle)',
    '0.5 * strength * cosine(angle), 0.5 * strength * sine(angle)',
    DISTURBANCE,
  ),
  fault(
    'L1: a weight is carried past 0',
    'src/lib/nn/layer.ts',
    'if (before) stopAtZero(before, dW, W);',
    '',
    REGULARIZERS,
  ),
  fault(
    'L1: at 0 the whole price is taken, whatever the gradient',
    'src/lib/nn/regularizers.ts',
    'return -Math.max(-l1 / m, Math.min(l1 / m, gradient));',
    'return -Math.sign(gradient) * (l1 / m);',
    REGULARIZERS,
  ),
  fault(
    'L1: what is not a number becomes 0',
    'src/lib/nn/regularizers.ts',
    'return side * after <= 0 ? 0 : after;',
    'return side * after > 0 ? after : 0;',
    REGULARIZERS,
  ),
  fault(
    'dropout: the masks that are said are others than those of the network',
    'src/lib/experiments/dropout.ts',
    'const again = new Random(seed);',
    'const again = new Random(seed + 1);',
    DROPOUT,
  ),
  fault(
    'regularization: runs that were let go of go on',
    'src/components/regularization/finished-runs.ts',
    'if (!isOurs()) return;\n          runs.value',
    'runs.value',
    WEIGHTS,
  ),
  fault(
    'evaluation: what was let go of is a result',
    'src/components/evaluation/task.ts',
    'if (isOurs()) result.value = given;',
    'result.value = given;',
    TASK,
  ),
  fault(
    'wrong labels: some are the right ones after all',
    'src/lib/data/wrong-labels.ts',
    'labels[row] + 1 + random.below(DIGITS - 1)',
    'labels[row] + random.below(DIGITS)',
    WRONG,
  ),
  fault(
    'examined runs: what was forgotten again counts as learnt from the first time on',
    'src/lib/training/examined-runs.ts',
    'this.#since[row] = -1;',
    '',
    EXAMINED,
  ),
  fault(
    'examined runs: after early stopping the last epoch is said to be the best',
    'src/lib/training/examined-runs.ts',
    'finished ? this.#kept(epoch) : epoch',
    'epoch',
    EXAMINED,
  ),
  fault(
    'run queue: two workers do the same run',
    'src/state/run/run-queue.ts',
    'at[member] = unbegun++;',
    'at[member] = unbegun;',
    QUEUE,
  ),
  fault(
    'run queue: the workers stay when all is done',
    'src/state/run/run-queue.ts',
    "session.letGo();\n        status.value = 'finished';",
    "status.value = 'finished';",
    QUEUE,
  ),
  fault(
    'second descent: a rise within what seeds do counts',
    'src/lib/experiments/over-seeds.ts',
    'Math.max(errors[high].deviation, errors[low].deviation)',
    '0',
    SEEDS,
  ),
];

/** Over what the pen knows, and over saying “I can’t tell”. */
const pen: readonly Fault[] = [
  fault(
    'loss: of an example in none of the classes one is the right one',
    'src/lib/nn/losses.ts',
    'if (label === NONE) return 1 / classes;',
    'if (label === NONE) return k === 0 ? 1 : 0;',
    LOSSES,
  ),
  fault(
    'refusal: what is no number is an answer',
    'src/lib/experiments/refusal.ts',
    'return !(largest(probabilities, probabilities.length, 0) >= threshold);',
    'return largest(probabilities, probabilities.length, 0) < threshold;',
    REFUSAL,
  ),
  fault(
    'refusal: a network that was never shown what is no digit refuses too',
    'src/state/digits/drawing.ts',
    'digit >= 0 && refusesBelow !== undefined && cannotTell(probabilities, refusesBelow)',
    'digit >= 0 && cannotTell(probabilities, refusesBelow ?? 0.9)',
    DRAWING,
  ),
  fault(
    'networks: a run that is kept without one of the lab is not looked for',
    'src/state/site/networks.ts',
    '.some((count) => count > 0)',
    '.every((count) => count > 0)',
    NETWORKS,
  ),
  fault(
    'ink: a dot that is drawn again fills the picture',
    'src/lib/ink/prepare.ts',
    'fitted(Raster.of(again), FIT * BLOCK)',
    'fitted(Raster.of(again), LEAST_CROP)',
    INK,
  ),
  fault(
    'writers: the joints of a hand are others each time',
    'src/lib/ink/writer.ts',
    'const habits = new Random(writer.joints);',
    'const habits = random.fork();',
    WRITERS,
  ),
  fault(
    'others: letters that are kept for measuring are shown in training',
    'src/lib/ink/other-drawings.ts',
    "UNSEEN.has(name) === (familiarity === 'never shown')",
    'true',
    WRITERS,
  ),
  fault(
    'averaging: the first of the last epochs is left out',
    'src/lib/nn/fit.ts',
    'if (epoch >= epochs - averaging) average.add',
    'if (epoch > epochs - averaging) average.add',
    FIT,
  ),
];

/** Over what stays on the reader's device. */
const device: readonly Fault[] = [
  fault(
    'service worker: a page or a kernel that was kept once is kept for ever',
    'scripts/site/add-service-worker.ts',
    'isNamedByContent(name) ? null : hashOf(read(name))',
    'null',
    'tests/unit/scripts/add-service-worker.test.ts',
  ),
];

/** Every fault that `npm run mutants` puts in. A guard that no test needs is no guard. */
export const faults: readonly Fault[] = [...remote, ...kept, ...numbers, ...pen, ...device];
