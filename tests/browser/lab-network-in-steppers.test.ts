import { describe, expect, test } from 'vitest';
import { writeSafetensors } from '../../src/lib/models/safetensors.ts';
import { Network } from '../../src/lib/nn/network.ts';
import { Random } from '../../src/lib/nn/random.ts';
import { architectureOf, formatSetup, parseSetup } from '../../src/lib/training/setup.ts';
import { useBrowser } from './page.ts';
import { stored } from './stored.ts';

const open = useBrowser();
const PATIENCE = { timeout: 30_000 };

/** A network with another activation, output and loss than that of the chapters, as the lab saves one. */
const setup = parseSetup({
  layers: '784,16,10',
  activation: 'sigmoid',
  output: 'sigmoid',
  loss: 'mean-squared-error',
  initializer: 'xavier',
  l1: '0.5',
});

function networkFile(): Buffer {
  const network = Network.initialize(architectureOf(setup), setup.initializer, new Random(4), {
    loss: setup.loss,
  });
  return Buffer.from(
    writeSafetensors({
      model: network.toModel(),
      metadata: { loss: setup.loss, title: 'bent', training: formatSetup(setup) },
    }),
  );
}

describe('a network of the lab with sigmoid and squared error', () => {
  test(
    'goes through both steppers to the end, and nothing is said of what it does not have',
    { tags: ['long'] },
    async () => {
      const { page, problems } = await open('lab/');
      await page.getByRole('region', { name: 'Lab' }).scrollIntoViewIfNeeded();
      // An island is alive when Astro takes its mark away.
      await page.locator('astro-island:not([ssr]) input[type=file]').first().waitFor({ state: 'attached' });
      await page
        .getByLabel(/^Open a network/)
        .setInputFiles({ name: 'bent.safetensors', mimeType: '', buffer: networkFile() });
      await page.getByRole('row', { name: /784-16-10/ }).waitFor(PATIENCE);
      await expect.poll(async () => (await stored(page, 'lab')).length).toBe(1);

      for (const [chapter, figure, steps] of [
        ['forward', 'Forward pass, step by step', 5],
        ['backprop', 'Backward pass, step by step', 14],
      ] as const) {
        await page.goto(new URL(`../${chapter}/`, page.url()).href);
        const stepper = page.getByRole('figure', { name: figure });
        await stepper.scrollIntoViewIfNeeded();
        const choice = stepper.getByRole('combobox', { name: 'Network' });
        const name = await choice.getByRole('option', { name: /^From the lab/ }).textContent();
        await choice.selectOption({ label: name! });
        await stepper.getByText(`Step 0 of ${steps}`).waitFor(PATIENCE);
        const said: string[] = [];
        for (let step = 0; step < steps; step++) {
          await stepper.getByRole('button', { name: 'Next step' }).click();
          said.push((await stepper.getByRole('status').first().textContent())!);
          const around = (await stepper.textContent())!;
          expect(around).not.toContain('undefined');
          if (/Layer \d sums|bias/.test(said.at(-1)!)) continue;
          // The line of the table that runs is the sigmoid's.
          if (/igmoid/.test(said.at(-1)!)) expect(around).toContain('sigmoid: {');
        }
        expect(said.join(' ')).not.toMatch(/ReLU|softmax|\bln\b|logarithm|probabilit/i);
        if (chapter === 'forward') {
          expect(said[1]).toMatch(/^Sigmoid bends every sum of layer 1 into the range from 0 to 1: /);
          expect(said[4]).toMatch(/off their targets by .*; the loss is the mean of the squares, 0\.\d+\./);
          expect(said[4]).toContain('Training adds the price of large weights, λ₁ = 0.5.');
        } else {
          expect(said[0]).toMatch(
            /^The loss is a mean over 10 outputs, so each is to blame for 2 \/ 10 of what it said/,
          );
          expect(said[1]).toMatch(/^The slope of sigmoid is a · \(1 − a\), never more than a quarter\./);
          expect(said.at(-1)).toMatch(
            /^Every bias of layer 1 takes one step against its gradient, 0\.1 times as long\./,
          );
        }
      }
      expect(problems).toEqual([]);
    },
  );
});
