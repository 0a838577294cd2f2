import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { loadMnist } from '../../scripts/network/mnist.ts';
import { drawPatients, firstModel } from '../../src/lib/clinic/clinic.ts';
import { faultOf } from '../../src/lib/clinic/faults.ts';
import { Tools, toolNames } from '../../src/lib/clinic/tools.ts';
import { workersFor } from '../../src/state/remote/pool.ts';
import { useBrowser } from './page.ts';
import { formatMagnitude } from '../../src/explain/numbers.ts';
import { watchThreads } from './thread-time.ts';

const open = useBrowser();
const PATIENCE = { timeout: 120_000 };
/** The seed of the first eight. */
const SEED = 1;
/** Of an unhurried reader. */
const WORDS_PER_SECOND = 4;

const letters = 'ABCDEFGH';
/** The first row is the heading. */
const rowOf = (clinic: Locator, n: number) => clinic.getByRole('row').nth(n + 1);

const clinicOf = async (page: Page) => {
  const clinic = page.getByRole('figure', { name: 'The clinic' });
  await clinic.scrollIntoViewIfNeeded();
  await clinic.locator('xpath=./astro-island[not(@ssr)]').waitFor(PATIENCE);
  return clinic;
};

/** Examines all eight with the tool of this place, whose table is to be the library's. */
async function examine(clinic: Locator, tools: Tools, at: number): Promise<void> {
  await clinic.getByRole('listitem').filter({ hasText: 'Examine' }).nth(at).getByRole('button').click();
  for (const [n, fault] of drawPatients(SEED).entries()) {
    const { isFound, relativeError } = tools.examine(toolNames[at]!, fault);
    const cell = rowOf(clinic, n)
      .getByRole('cell')
      .nth(2 + at);
    await expect
      .poll(() => cell.textContent(), PATIENCE)
      .toBe(`${isFound ? '✗' : '✓'} ${formatMagnitude(relativeError)}`);
  }
}

test('the clinic: they begin to train, and are examined by the first tool and diagnosed', async () => {
  const { page, problems } = await open('backprop/trust/');
  const clinic = await clinicOf(page);
  await clinic.getByRole('button', { name: 'Let them train' }).click();
  await clinic.getByText(/ left$/).waitFor(PATIENCE);
  // What is spoken does not count the seconds down.
  await clinic
    .getByRole('status')
    .filter({ hasText: /^They train\.$/ })
    .waitFor();
  await clinic.getByRole('button', { name: 'Pause' }).click();
  await clinic.getByText('Paused.').waitFor(PATIENCE);
  await clinic.getByRole('button', { name: 'Examine: one digit, the biases' }).waitFor();
  await examine(clinic, new Tools(firstModel(SEED), (await loadMnist()).test, SEED), 0);
  const ill = drawPatients(SEED).findIndex((fault) => fault !== undefined);
  const fault = drawPatients(SEED)[ill]!;
  await clinic.getByLabel(`Diagnosis of patient ${letters[ill]}`).selectOption(fault);
  await clinic.getByText(faultOf(fault).says).waitFor();
  expect(problems).toEqual([]);
});

test('the clinic: they train, are examined and diagnosed', { tags: ['long'], timeout: 300_000 }, async () => {
  const { page, problems } = await open('backprop/trust/');
  const clinic = await clinicOf(page);
  const accuracies = async () => {
    await clinic.getByText(/eight times, took/).waitFor(PATIENCE);
    return Promise.all([...letters].map((_, n) => rowOf(clinic, n).getByRole('cell').first().textContent()));
  };

  // Cancelled while the digits are still fetched, and begun again at once: as many workers in the end as for one clinic, not for two.
  for (const name of ['Let them train', 'Cancel', 'Let them train']) {
    await clinic.getByRole('button', { name }).click();
  }
  await clinic.getByText(/ left$/).waitFor(PATIENCE);
  const threads = await watchThreads(page);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const crew = workersFor({ runs: 8, cores, dataBytes: 55e6, isShared: true, copies: 0 });
  expect(page.workers()).toHaveLength(crew);
  await clinic.getByText(/they read 55 MB of digits in memory that is shared\.$/).waitFor();
  await clinic.getByRole('button', { name: 'Pause' }).click();
  await clinic.getByText('Paused.').waitFor(PATIENCE);
  await clinic.getByRole('button', { name: 'Go on' }).click();
  const first = await accuracies();
  const took = (await threads()).busiestWorker / 1000;
  const introduction = await page.evaluate(() => {
    const heading = [...document.querySelectorAll('h2')].find((each) =>
      each.textContent.startsWith('The clinic'),
    )!;
    let words = 0;
    for (let next = heading.nextElementSibling; next?.tagName === 'P'; next = next.nextElementSibling) {
      words += next.textContent.split(/\s+/).length;
    }
    return words;
  });
  console.info(
    `Its busiest worker was at work for ${took.toFixed(1)} s. The introduction has ${introduction} words: ${(introduction / WORDS_PER_SECOND).toFixed(0)} s.`,
  );
  expect(took).toBeGreaterThan(1);
  expect(took).toBeLessThan(introduction / WORDS_PER_SECOND);
  console.info(`test accuracies: ${first.join(', ')}`);

  // The page's table is the library's.
  const tools = new Tools(firstModel(SEED), (await loadMnist()).test, SEED);
  const patients = drawPatients(SEED);
  for (const at of toolNames.keys()) await examine(clinic, tools, at);

  // A wrong diagnosis is answered by what the tools have shown, a right one with the two lines of code.
  const well = patients.indexOf(undefined);
  await clinic.getByLabel(`Diagnosis of patient ${letters[well]}`).selectOption('wrong-sign');
  await clinic.getByText(/None of the tools that you have used finds anything/).waitFor();
  for (const [n, fault] of patients.entries()) {
    await clinic.getByLabel(`Patient ${letters[n]} looks`).selectOption(n === well ? 'well' : 'ill');
    await clinic.getByLabel(`Diagnosis of patient ${letters[n]}`).selectOption(fault ?? 'well');
    if (fault) {
      await clinic.getByText(faultOf(fault).says).waitFor();
      await clinic.getByText(/src\/lib\/clinic\/faults\.ts, lines? /).waitFor();
      await clinic.getByText(/src\/lib\/nn\/.*\.ts, lines? /).waitFor();
    }
  }
  await clinic.getByText('All eight are diagnosed. By their curves alone you had 8 of 8 right.').waitFor();
  const guesses = page.getByRole('figure', { name: 'Your guesses' });
  await guesses.scrollIntoViewIfNeeded();
  await guesses.getByRole('row', { name: /curves alone\? ill: (\w ){7}ill: (\w ){7}✓/ }).waitFor();
  // They can be trained again from the start: to the same end, as the unit tests hold.
  await clinic.getByRole('button', { name: 'Train them again' }).click();
  await clinic.getByText(/ left$/).waitFor(PATIENCE);
  await clinic.getByRole('button', { name: 'Pause' }).click();
  await clinic.getByText('Paused.').waitFor(PATIENCE);
  expect(problems).toEqual([]);
});
