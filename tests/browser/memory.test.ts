import { expect, test } from 'vitest';
import { useBrowser } from './page.ts';

const open = useBrowser();

type Measured = typeof performance & { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> };

test(
  '300 epochs in the page: the memory of page and worker does not grow with the epochs, but for what is kept of each',
  { tags: ['long'], timeout: 600_000 },
  async () => {
    const { page } = await open('training/');
    const training = page.getByRole('figure', { name: 'Training console' });
    await training.scrollIntoViewIfNeeded();
    await training.locator('fieldset[aria-disabled="false"]').first().waitFor();
    await training.getByLabel('Validation images', { exact: true }).fill('54000');
    await training.getByLabel('Epochs', { exact: true }).fill('300');
    await training.getByRole('button', { name: 'Begin with this set-up' }).click();
    await training.getByRole('button', { name: 'Run', exact: true }).click();
    const memoryAt = async (epoch: number) => {
      const sentence = training.getByText(/[Aa]fter epoch \d+/).first();
      const now = async () => Number(/fter epoch (\d+)/.exec((await sentence.textContent()) ?? '')?.[1]);
      await expect.poll(now, { timeout: 300_000 }).toBeGreaterThanOrEqual(epoch);
      const { bytes } = await page.evaluate(() => (performance as Measured).measureUserAgentSpecificMemory());
      return bytes;
    };
    const [early, late] = [await memoryAt(60), await memoryAt(300)];
    console.info(`${(early / 1e6).toFixed(1)} MB after 60 epochs, ${(late / 1e6).toFixed(1)} after 300`);
    // Of each epoch a snapshot in half precision is kept: 53 kB.
    expect(late - early).toBeLessThan(240 * 53_012 * 1.2);
  },
);
