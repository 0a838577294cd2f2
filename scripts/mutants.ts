import { availableParallelism } from 'node:os';
import { faults } from './mutants/faults.ts';
import { Copy } from './mutants/copy.ts';
import { type Fault, placeProblem } from './mutants/fault.ts';

/** A test of a fault that never ends has noticed it too. */
const LIMIT = 120_000;

interface Outcome {
  readonly fault: Fault;
  readonly isCaught: boolean;
  /** The test that caught it, or what happened instead. */
  readonly says: string;
}

/**
 * `npm run mutants`: puts each fault, by itself, into a copy of the code, and runs the tests that must notice it. Parts of
 * names after `--` choose among the faults. Fails where one survives.
 */
async function mutants(): Promise<void> {
  const wanted = process.argv.slice(2);
  const chosen = faults.filter(
    ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
  );
  if (chosen.length === 0) throw new Error(`No fault is called "${wanted.join(' ')}".`);
  expectPlaces(chosen);
  const lanes = Math.min(availableParallelism(), chosen.length);
  const copies = Array.from({ length: lanes }, (_, n) => new Copy(n));
  await expectHealth(copies[0], chosen);

  const outcomes: Outcome[] = [];
  const waiting = [...chosen];
  await Promise.all(
    copies.map(async (copy) => {
      for (let fault = waiting.shift(); fault; fault = waiting.shift()) {
        const outcome = await examine(copy, fault);
        outcomes.push(outcome);
        console.log(`${outcome.isCaught ? 'caught   ' : 'SURVIVED '} ${fault.name}: ${outcome.says}`);
      }
    }),
  );
  for (const copy of copies) copy.remove();
  const caught = outcomes.filter(({ isCaught }) => isCaught).length;
  process.exitCode = caught === chosen.length ? 0 : 1;
  console.log(`\n${caught} of ${chosen.length} faults are caught`);
}

/** @throws Error that names each fault whose file, text or tests are not there any more */
function expectPlaces(chosen: readonly Fault[]): void {
  const lost = chosen.flatMap((fault) => placeProblem(fault) ?? []);
  if (lost.length > 0) throw new Error(lost.join('\n'));
}

/** Tests that fail anyway would catch everything. */
async function expectHealth(copy: Copy, chosen: readonly Fault[]): Promise<void> {
  const files = [...new Set(chosen.flatMap(({ tests }) => tests))];
  const { failed, unloaded, ended } = await copy.test(files, LIMIT * files.length);
  const [first] = [...failed, ...unloaded];
  if (ended && first === undefined) return;
  throw new Error(`Without any fault, "${first ?? 'the tests'}" fails already: see npm run test:unit.`);
}

async function examine(copy: Copy, fault: Fault): Promise<Outcome> {
  copy.put(fault);
  try {
    const { failed, unloaded, ended } = await copy.test(fault.tests, LIMIT);
    if (unloaded.length > 0) return { fault, isCaught: false, says: `${unloaded[0]} could not be loaded` };
    if (!ended) return { fault, isCaught: true, says: 'its tests never end' };
    if (failed.length > 0) return { fault, isCaught: true, says: failed[0] };
    return { fault, isCaught: false, says: `not noticed by ${fault.tests.join(', ')}` };
  } finally {
    copy.heal(fault);
  }
}

await mutants().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
