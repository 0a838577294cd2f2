import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { nodeKernels } from '../../scripts/network/kernels.ts';
import { siteData } from '../../src/build/site-data.ts';
import {
  describeReads,
  distortedDigits,
  none,
  readsOf,
  usual,
} from '../../src/components/regularization/augmentation-preview.ts';
import { decayPair, decaySetups, describePair } from '../../src/components/regularization/decay.ts';
import {
  AT_ONCE,
  describeMask,
  describeMeans,
  withDropout,
} from '../../src/components/regularization/dropout-mask.ts';
import { inkedPixels, pixelStatistics } from '../../src/lib/data/statistics.ts';
import {
  describeLambda,
  firstWeights,
  lambdaSetups,
  runOf,
} from '../../src/components/regularization/lambda.ts';
import { describeStep } from '../../src/explain/pass-sentences.ts';
import { subset } from '../../src/lib/data/dataset.ts';
import { meanGap, readManyMasks, readMasked } from '../../src/lib/experiments/dropout.ts';
import type { Kernels } from '../../src/lib/nn/kernels/kernels.ts';
import { Network } from '../../src/lib/nn/network.ts';
import { Random } from '../../src/lib/nn/random.ts';
import { trace, traceReading } from '../../src/lib/nn/trace.ts';
import { finishRun } from '../../src/lib/training/trials.ts';
import { accessibilityProblems, useBrowser } from './page.ts';
import { sampleDigits, shippedNetwork } from './sample.ts';

const open = useBrowser();
const PATIENCE = { timeout: 120_000 };
let kernels: Kernels;

beforeAll(async () => {
  kernels = await nodeKernels();
});

async function figureOf(page: Page, name: string): Promise<Locator> {
  const figure = page.getByRole('figure', { name, exact: true });
  await figure.scrollIntoViewIfNeeded();
  await figure.locator('astro-island:not([ssr])').waitFor({ state: 'attached' });
  return figure;
}

/** The figure says this, word for word. */
const says = (figure: Locator, sentence: string) =>
  figure.getByText(sentence, { exact: true }).waitFor(PATIENCE);

const moveTo = (slider: Locator, value: number) => slider.fill(String(value));

test('the price is a step of its own, beside the gradient, at the prices that the reader sets', async () => {
  const { page, problems } = await open('regularization/inside/');
  const figure = await figureOf(page, 'Backward pass with a price on weights');
  await figure.getByText(/^Its label is \d\.$/).waitFor();
  const digit = Number(await figure.getByRole('spinbutton', { name: /^Test image/ }).inputValue());
  const next = figure.getByRole('button', { name: 'Next step' });
  const passAt = async (penalty: { l2: number; l1: number }) => {
    const network = shippedNetwork('original');
    network.penalty = penalty;
    return trace(network, await sampleDigits(), digit, 0.1, true);
  };
  const pass = await passAt({ l2: 0.1, l1: 0 });
  const steps = pass.steps.filter(({ direction }) => direction !== 'forward');
  await figure.getByText(`Step 0 of ${steps.length}`).waitFor();
  for (const step of steps.slice(0, 4)) {
    await next.click();
    await says(figure, describeStep(pass, step));
  }
  expect(steps[3]!.quantity).toBe('penaltyGradient');
  const news = figure.getByRole('region', { name: 'What is new' });
  for (const name of ['The gradient of the weights of layer 3', 'The gradient of the penalty'])
    expect(await news.getByRole('slider', { name: new RegExp(`^${name}`) }).count()).toBe(1);
  expect(await figure.getByRole('region', { name: 'The code that did it' }).textContent()).toContain(
    'penaltySlope(penalty, m, W.values[n], dW.values[n])',
  );
  // Sizes instead of squares.
  await figure.getByRole('spinbutton', { name: /λ₂/ }).fill('0');
  await figure.getByRole('spinbutton', { name: /λ₁/ }).fill('0.02');
  await figure.getByRole('spinbutton', { name: /λ₁/ }).press('Enter');
  const sizes = await passAt({ l2: 0, l1: 0.02 });
  await says(figure, describeStep(sizes, steps[3]!));
  // An opened price says what it is made of.
  await news.getByRole('slider', { name: /^The gradient of the penalty/ }).focus();
  await page.keyboard.press('Enter');
  const origin = figure.getByRole('region', { name: 'Where this number comes from' });
  await origin
    .getByText(/^The price of the weight from input \d+ into unit \d of layer 3: λ₁, 0\.02,/)
    .waitFor();
  expect(problems).toEqual([]);
});

/** What the networks learn from and are read with, and the pixels that have ink in it. */
async function material() {
  const [train, digits] = [await siteData('sample-train'), await siteData('test')];
  return { train, digits, inked: inkedPixels(pixelStatistics(train)) };
}

test(
  'networks learn with every price, and what became of their weights is told',
  { tags: ['long'] },
  async () => {
    const { page, problems } = await open('regularization/inside/');
    const { train, digits, inked } = await material();
    const figure = await figureOf(page, 'What λ does to the weights');
    await figure.getByRole('button', { name: /^Train \d+ networks$/ }).click();
    await figure.getByRole('button', { name: 'Reveal' }).click(PATIENCE);
    const told = (name: 'l1' | 'l2', stop: number) => {
      const run = finishRun(lambdaSetups[runOf(name, stop)]!, train, digits, kernels);
      return describeLambda(name, stop, firstWeights(run, inked), run);
    };
    await says(figure, told('l1', 3));
    await figure.getByRole('button', { name: 'L2: squares' }).click();
    await moveTo(figure.getByRole('slider', { name: 'λ' }), 5);
    await says(figure, told('l2', 5));
    expect(await figure.getByRole('img', { name: /^Weights of unit/ }).count()).toBe(32);
    expect(problems).toEqual([]);
  },
);

test(
  'weight decay and penalty part under Adam, and what became of their weights is told',
  { tags: ['long'] },
  async () => {
    const { page, problems } = await open('regularization/inside/');
    const { train, digits, inked } = await material();
    const pairs = await figureOf(page, 'Weight decay or penalty');
    await pairs.getByRole('button', { name: 'Train the four' }).click();
    await pairs.getByRole('button', { name: 'Reveal' }).click(PATIENCE);
    const [sgd, sgdw, adam, adamw] = decaySetups.map((setup) => finishRun(setup, train, digits, kernels));
    await says(pairs, describePair(decayPair('SGD', [sgd!, sgdw!], inked)));
    await says(pairs, describePair(decayPair('Adam', [adam!, adamw!], inked)));
    expect(problems).toEqual([]);
  },
);

test(
  'masks are drawn anew, and digits distorted, by the library’s own chance',
  { tags: ['long'] },
  async () => {
    const { page, problems } = await open('regularization/inside/', { width: 360, height: 740 });
    const sample = await sampleDigits();

    const figure = await figureOf(page, 'A mask, drawn anew');
    await figure.getByText(/^Its label is \d\.$/).waitFor();
    const digit = Number(await figure.getByRole('spinbutton', { name: /^Test image/ }).inputValue());
    const model = shippedNetwork('original');
    const plain = Network.fromModel(model.toModel(), { loss: model.loss, kernels });
    const whole = traceReading(plain, sample, digit);
    const dropping = withDropout(plain, 0.5);
    for (const seed of [1, 2]) {
      const masked = readMasked(dropping, sample, digit, seed);
      await says(figure, describeMask(whole, masked));
      const dropped = masked.masks[0]!.filter((kept) => kept === 0).length;
      await figure
        .getByRole('img', { name: new RegExp(`of layer 1: .* Units dropped: ${dropped}\\.$`) })
        .waitFor();
      await figure.getByRole('button', { name: 'Draw another mask' }).click();
    }
    await figure.getByRole('button', { name: 'It reads' }).click();
    await says(figure, describeMask(whole, undefined));
    await figure.getByRole('button', { name: 'Reveal' }).click(PATIENCE);
    await figure.getByRole('button', { name: `Draw ${AT_ONCE} masks` }).click();
    const many = readManyMasks(dropping, sample, digit, { count: AT_ONCE, random: new Random(1) });
    await says(figure, describeMeans(many, meanGap(dropping, sample, digit, many, 0.5), 0.5, 7));

    const preview = await figureOf(page, 'Every digit a little different');
    await preview.getByText(/^Its label is 4\.$/).waitFor();
    const four = subset(sample, Uint32Array.of(sample.labels.indexOf(4)));
    const told = (options: typeof usual, seed: number) =>
      describeReads(readsOf(shippedNetwork('original'), distortedDigits(four, options, seed)), 4);
    await says(preview, told(usual, 1));
    await preview.getByRole('button', { name: 'Draw others' }).click();
    await says(preview, told(usual, 2));
    await preview.getByRole('button', { name: 'No distortion' }).click();
    await moveTo(preview.getByRole('slider', { name: /^Turn/ }), 90);
    await says(preview, told({ ...none, rotation: 90 }, 2));

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(problems).toEqual([]);
  },
);
