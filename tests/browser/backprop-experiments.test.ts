import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { loadMnist } from '../../scripts/network/mnist.ts';
import { predictedClass } from '../../src/lib/nn/losses.ts';
import { Optimizer } from '../../src/lib/nn/optimizers.ts';
import { unfold } from '../../src/lib/experiments/paths.ts';
import { Random } from '../../src/lib/nn/random.ts';
import { trace } from '../../src/lib/nn/trace.ts';
import { inDoublePrecision } from '../../src/state/pass/blamed-digit.ts';
import { partsOf, passOf, sheets } from '../../src/components/backprop/by-hand.ts';
import { describeOrigin } from '../../src/explain/cell-sentences.ts';
import { formatNumber } from '../../src/explain/numbers.ts';
import { pressAtOnce, usePage } from './page.ts';
import { sampleDigits, shippedNetwork } from './sample.ts';
import { watchThreads } from './thread-time.ts';

/** The figures do not know of each other: one page serves all the tests of those that stand on it. */
const pages = {
  'backprop/': usePage('backprop/'),
  'backprop/paths/': usePage('backprop/paths/'),
  'backprop/trust/': usePage('backprop/trust/'),
  'backprop/fails/': usePage('backprop/fails/'),
  'training/': usePage('training/'),
};
const PATIENCE = { timeout: 60_000 };
/** The digit that the experiments begin with. */
const DIGIT = 12;

async function openFigure(
  name: string,
  path: keyof typeof pages = 'backprop/',
): Promise<{ page: Page; figure: Locator; problems: string[] }> {
  const { page, problems } = await pages[path]();
  const figure = page.getByRole('figure', { name, exact: true });
  await figure.scrollIntoViewIfNeeded();
  await figure.locator('xpath=./astro-island[not(@ssr)]').waitFor(PATIENCE);
  return { page, figure, problems };
}

/** The number after some words of a sentence. */
function numberAfter(text: string, words: string): number {
  const found = text.slice(text.indexOf(words) + words.length).match(/−?[\d,.]+(e[−-]?\d+)?/);
  return Number(found![0].replaceAll('−', '-').replaceAll(',', '').replace(/\.$/, ''));
}

describe('the experiments of chapter 4', () => {
  test('the chain rule: in order it is right, by plain recursion it is not, and says so', async () => {
    const { figure } = await openFigure('The chain rule on one neuron');
    await figure.getByRole('button', { name: 'To the end' }).click();
    await figure.getByText('Each given number now holds the slope').waitFor();
    await figure.getByRole('combobox', { name: 'Computation' }).selectOption('numbers that are used twice');
    await figure.getByRole('button', { name: 'To the end' }).click();
    // L = q(q + u) with q = uv = 6, so L = 48, and ∂L/∂u = (2q + u)v + q = 48 too.
    expect(await figure.getByText('48', { exact: true }).count()).toBe(2);
    await figure
      .getByRole('combobox', { name: 'Backward' })
      .selectOption('by plain recursion: pass on at once');
    await figure.getByRole('button', { name: 'To the end' }).click();
    await figure.getByText(/and wrong: .*ought to have 48\b/).waitFor();
  });

  test('all paths: the sums that the page shows for random weights are backprop’s, however folded', async () => {
    const { figure } = await openFigure('All paths from one weight to the loss', 'backprop/paths/');
    const pass = trace(inDoublePrecision(shippedNetwork('original')), await sampleDigits(), DIGIT);
    const random = new Random(6);
    await figure.getByLabel(/^Unit/).waitFor();
    await expect.poll(() => figure.getByLabel(/^Unit/).isEnabled()).toBe(true);
    for (let n = 0; n < 6; n++) {
      const unit = random.below(32);
      await figure.getByLabel(/^Unit/).fill(String(unit));
      for (const fold of ['nothing folded', 'folded at layer 2', 'folded at layer 1 as well']) {
        await figure.getByRole('button', { name: fold }).click();
        const text = (await figure.getByRole('status').textContent())!;
        const pixel = numberAfter(text, 'from pixel');
        const { sum, paths } = unfold(
          pass,
          unit,
          pixel,
          fold.startsWith('nothing') ? 3 : fold.endsWith('2') ? 2 : 1,
        );
        const gradient = pass.value({ quantity: 'weightGradient', layer: 1, row: unit, column: pixel });
        expect(Math.abs(sum - gradient)).toBeLessThan(1e-6);
        expect(text).toContain(`${paths.length} product`);
        if (text.includes('Sum:')) expect(text).toContain(`Backprop: ${formatNumber(gradient)}`);
      }
    }
  });

  test('sixteen thousand nudges: within two seconds of work, equal to backprop, and can be cancelled', async () => {
    const { page, figure } = await openFigure('All parameters nudged', 'backprop/trust/');
    const start = figure.getByRole('button', { name: 'Nudge them all' });
    await figure.getByLabel(/Your guess/).fill('500');
    await start.click();
    await pressAtOnce(page, 'Cancel');
    await start.waitFor();
    const threads = await watchThreads(page);
    await start.click();
    const text = (await figure.getByText(/parameters by nudges/).textContent(PATIENCE))!;
    const { page: onPage, busiestWorker } = await threads();
    const worked = onPage + busiestWorker;
    console.info(`${text} Work of the page and its worker: ${worked.toFixed(0)} ms.`);
    expect(worked).toBeGreaterThan(10);
    expect(worked).toBeLessThan(2000);
    expect(text).toContain('26,506 parameters');
    expect(Number(/at most ([\d.e−]+)\.$/.exec(text)![1]!.replace('−', '-'))).toBeLessThan(1e-6);
    await figure.getByText('53,012 of 53,012 forward passes').waitFor();
  });

  test('one parameter: its walk and its gradient check follow the one that is chosen, a bias too', async () => {
    const { figure } = await openFigure('One parameter: its walk and its gradient check', 'backprop/trust/');
    const pass = trace(inDoublePrecision(shippedNetwork('original')), await sampleDigits(), DIGIT);
    await figure.getByText(/^Backprop says/).waitFor(PATIENCE);
    for (const { layer, unit, input } of [
      { layer: 2, unit: 5, input: undefined },
      { layer: 3, unit: 4, input: 7 },
    ]) {
      await figure.getByLabel(/^Layer/).fill(String(layer));
      await figure.getByLabel(/^Input/).fill(String(input ?? -1));
      await figure.getByLabel(/^Unit/).fill(String(unit));
      const gradient = pass.value(
        input === undefined
          ? { quantity: 'biasGradient', layer, row: unit, column: 0 }
          : { quantity: 'weightGradient', layer, row: unit, column: input },
      );
      await figure.getByText(`Backprop says ${formatNumber(gradient)}.`).waitFor();
      await figure.getByText(`its gradient ${formatNumber(gradient)}:`).waitFor();
    }
  });

  test('one step on one digit: the meter counts what the library counts', async () => {
    const { figure } = await openFigure('One step, again and again', 'training/');
    await figure.getByRole('button', { name: 'Bring the 10,000' }).click();
    await figure.getByLabel(/^Learning rate/).fill('-3');
    await figure.getByRole('button', { name: 'One step on this digit' }).click();
    const { test: digits } = await loadMnist();
    const network = shippedNetwork('original');
    const read = () => {
      const outputs = network.predict(digits);
      return Array.from(digits.labels, (label, i) => predictedClass(outputs, 10, i) === label);
    };
    const before = read();
    network.forwardWithLoss(digits, Uint32Array.of(before.indexOf(false)));
    network.backward();
    network.update(new Optimizer({ optimizer: 'sgd' }).next(0.001));
    const after = read();
    const broken = before.filter((was, i) => was && !after[i]).length;
    const meter = (await figure.locator('dd').nth(3).textContent())!;
    console.info(`one step at 0.001 on test image ${before.indexOf(false)} breaks ${broken}`);
    // Where two outputs are all but equal, kernels may round to different sides.
    expect(Math.abs(Number(meter.replace(',', '')) - broken)).toBeLessThanOrEqual(2);
    await figure.getByRole('button', { name: 'The network as it was' }).click();
    await figure.getByRole('cell', { name: '0.001', exact: true }).waitFor();
  }, 60_000);

  test('by hand, watched: number after number comes, and each is told as the library has it', async () => {
    const { figure } = await openFigure('By hand');
    const blanks = partsOf(sheets[0]!).flatMap((part) => part.blanks);
    const next = figure.getByRole('button', { name: 'Next number' });
    const pass = passOf(sheets[0]!);
    for (const [n, { cell }] of blanks.entries()) {
      await next.click();
      await figure.getByText(`${n + 1} of ${blanks.length} numbers`).waitFor();
      expect(await figure.getByRole('status').textContent()).toBe(describeOrigin(pass, cell));
    }
    expect(await next.isDisabled()).toBe(true);
    expect(await next.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  test('by hand, filled in: a known mistake is named, and all numbers filled in are all right', async () => {
    const { page, figure } = await openFigure('By hand');
    const blanks = partsOf(sheets[0]!).flatMap((part) => part.blanks);
    await figure.getByRole('button', { name: 'Do it yourself' }).click();
    for (const { name, answer } of blanks) {
      const field = figure.getByLabel(`${name} =`, { exact: true });
      if (name === 'δ¹₂' || name === 'δ¹₁') {
        const arrived = blanks.find((other) => other.name === name.replace('δ', '∂a'))!.answer;
        if (arrived !== answer) {
          await field.fill(String(arrived));
          await page.keyboard.press('Enter');
          await figure.getByText('The derivative of ReLU is missing').waitFor();
        }
      }
      await field.fill(String(answer));
      await page.keyboard.press('Enter');
    }
    await figure.getByText(`All ${blanks.length} are right.`, { exact: false }).waitFor();
    // In a chapter that is printed whole there is no worksheet, and no answer.
    await page.evaluate(() => {
      window.print = () => {};
    });
    const print = await figure.getByRole('button', { name: 'Print it as a worksheet' }).elementHandle();
    await page.emulateMedia({ media: 'print' });
    const answers = figure.getByRole('heading', { name: 'Answers' });
    expect(await answers.count()).toBe(0);
    await print!.evaluate((button) => (button as HTMLElement).click());
    await answers.waitFor();
    expect(await figure.getByRole('region', { name: 'The network and its numbers' }).count()).toBe(0);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await answers.waitFor({ state: 'hidden' });
  });

  test.runIf(spawnSync('python3', ['-c', 'import numpy']).status === 0)(
    'the receipt of the page is accepted by its own script',
    async () => {
      const { page, figure } = await openFigure('The receipt', 'backprop/trust/');
      const save = figure.getByRole('button', { name: 'The receipt, as JSON' });
      await expect.poll(() => save.isEnabled()).toBe(true);
      const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
      const script = fileURLToPath(new URL('../../public/receipt/check_receipt.py', import.meta.url));
      const { stdout } = spawnSync('python3', [script, await download.path()], { encoding: 'utf8' });
      expect(stdout).toContain('Equal to 1e-6');
    },
  );

  test('where the blame stops: depth and activation are chosen, and the sentence follows', async () => {
    const { figure } = await openFigure('Where the blame stops', 'backprop/fails/');
    await figure.getByText(/it vanishes on its way back/).waitFor(PATIENCE);
    await figure.getByRole('button', { name: 'ReLU', exact: true }).click();
    await figure.getByRole('combobox', { name: 'First weights' }).selectOption('he');
    await figure.getByText(/it holds/).waitFor();
    await figure.getByLabel(/^Hidden layers/).fill('20');
    await figure.getByText('layer 20', { exact: true }).waitFor();
    await figure.getByRole('img', { name: /^Length of the blame δ of each layer/ }).waitFor();
    await figure.getByRole('combobox', { name: 'First weights' }).selectOption('zeros');
    await figure.getByText('Every δ of every draw is exactly 0: there is no curve to draw.').waitFor();
    expect(await figure.getByRole('img', { name: /^Length of the blame δ/ }).count()).toBe(0);
    expect(await figure.getByRole('img', { name: /^δ of 32 units, largest 0;/ }).count()).toBe(20);
    expect(await figure.getByText('nothing', { exact: true }).count()).toBe(20);
  });

  test('two in lock-step: step by step, with the difference', async () => {
    const { figure } = await openFigure('Two in lock-step', 'backprop/fails/');
    await figure.getByText(/cross-entropy has about [\d.,e]+ times as much/).waitFor(PATIENCE);
    await figure.getByText(/two factors: 5, since squared error is a mean over 10 outputs/).waitFor();
    const next = figure.getByRole('button', { name: 'Next step of both' });
    await figure.getByText('1 of 2', { exact: true }).waitFor();
    await next.click();
    await figure.getByText('2 of 2', { exact: true }).waitFor();
    expect(await next.isDisabled()).toBe(true);
    await figure.getByLabel('All equal but').selectOption('first weights by He, or tiny ones');
    await next.click();
    await figure.getByText(/He has about [\d.,e]+ times as much/).waitFor();
  });
});
