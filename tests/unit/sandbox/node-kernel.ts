import { readFileSync } from 'node:fs';
import { KERNEL_FILES, ensureKernels } from '../../../scripts/site/build-kernels.ts';
import { ensureData } from '../../../scripts/data.ts';
import { shippedNetwork } from '../../../src/build/shipped-network.ts';
import { siteData } from '../../../src/build/site-data.ts';
import { createKernel } from '../../../src/sandbox/kernel.ts';
import { libraryModule } from '../../../src/sandbox/library.ts';
import type { CheckResult, Failure, FromKernel, Need, Shown } from '../../../src/sandbox/protocol.ts';

/** What came of a cell. */
export interface Outcome {
  readonly shown: readonly Shown[];
  readonly failure: Failure | undefined;
  readonly check: CheckResult | undefined;
  readonly names: readonly string[];
}

const DIGITS: Readonly<Record<string, string>> = { sample: 'sample-train', train: 'train', test: 'test' };

let addresses = 0;

/**
 * The kernel of the cells' worker, in this process: cells become modules with a data: address, and what they need is read from
 * the files that pages would fetch.
 */
export async function nodeKernel() {
  await Promise.all([ensureData(), ensureKernels()]);
  const heard: FromKernel[] = [];
  let told = () => {};
  const kernel = createKernel({
    post: (message) => {
      if (message.kind === 'ask') {
        answer(message.need).then(
          (result) => kernel.hear({ kind: 'answer', ask: message.ask, result }),
          (error: Error) => kernel.hear({ kind: 'refusal', ask: message.ask, message: error.message }),
        );
      }
      heard.push(message);
      if (message.kind === 'ended') told();
    },
    now: () => performance.now(),
    later: (task) => void setTimeout(task, 0),
    every: (milliseconds, task) => {
      const timer = setInterval(task, milliseconds);
      return () => clearInterval(timer);
    },
    // Node runs a module once for each address.
    addressOf: (code) => `data:text/javascript;base64,${Buffer.from(code).toString('base64')}#${++addresses}`,
    importFrom: (address) => import(/* @vite-ignore */ address),
    libraryModule,
  });
  let runs = 0;

  async function outcome(send: (run: number) => void): Promise<Outcome> {
    const run = ++runs;
    const ended = new Promise<void>((resolve) => {
      told = resolve;
    });
    send(run);
    await ended;
    const own = heard.filter((message) => 'run' in message && message.run === run);
    const end = own.find((message) => message.kind === 'ended')!;
    return {
      shown: own.flatMap((message) => (message.kind === 'shown' ? [message.shown] : [])),
      failure: end.failure,
      check: end.check,
      names: end.names,
    };
  }

  return {
    heard,
    stop: () => kernel.hear({ kind: 'stop' }),
    run: (code: string, cell = 'cell') => outcome((run) => kernel.hear({ kind: 'run', run, cell, code })),
    check: (exercise: string, code: string) =>
      outcome((run) => kernel.hear({ kind: 'check', run, cell: exercise, code, exercise })),
  };
}

async function answer(need: Need): Promise<unknown> {
  switch (need.what) {
    case 'digits':
      return siteData(DIGITS[need.name] ?? need.name);
    case 'network': {
      const network = shippedNetwork(need.name as 'original');
      return { model: network.toModel(), loss: network.loss };
    }
    case 'kernels':
      return { simd: readFileSync(KERNEL_FILES.simd) };
    case 'keep':
      return undefined;
    case 'plot':
      // As the bundle does: it makes a global of it.
      return `import * as Plot from ${JSON.stringify(import.meta.resolve('@observablehq/plot'))};
        Object.defineProperty(globalThis, 'Plot', { value: Plot, writable: true, configurable: true });`;
  }
}
