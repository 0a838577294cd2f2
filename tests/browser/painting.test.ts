import { expect, test } from 'vitest';
import { useBrowser } from './page.ts';

const open = useBrowser();

/** Enough for a machine of two cores that does other things too. */
const PATIENCE = { timeout: 120_000 };

interface Counts {
  paints: number;
  looks: number;
}

test(
  'while a network trains, its pictures are painted at looks alone, and each at most once a look',
  { tags: ['long'] },
  async () => {
    const { page, problems } = await open('training/', { height: 2000 });
    const training = page.getByRole('figure', { name: 'Training console' });
    await training.scrollIntoViewIfNeeded();
    const run = training.getByRole('button', { name: 'Run', exact: true });
    await expect.poll(() => run.isEnabled()).toBe(true);
    await training.getByLabel('Batch size', { exact: true }).fill('600');
    await training.getByRole('button', { name: 'Begin with this set-up' }).click();
    await training.getByLabel('Speed').selectOption({ label: '10 batches a second' });

    await page.evaluate(() => {
      const counts = { paints: 0, looks: 0 };
      Object.assign(window, { counts });
      const context = CanvasRenderingContext2D.prototype;
      const put = context.putImageData;
      context.putImageData = function (
        this: CanvasRenderingContext2D,
        data: ImageData,
        x: number,
        y: number,
      ) {
        counts.paints++;
        Reflect.apply(put, this, [data, x, y]);
      };
      // A look replaces the lengths of the gradients, all in one drawing.
      const spreads = document.querySelector('[aria-label="Weights and gradients of each layer"]')!;
      new MutationObserver(() => counts.looks++).observe(spreads, {
        subtree: true,
        characterData: true,
        childList: true,
      });
    });
    const countsNow = () => page.evaluate(() => ({ ...(window as unknown as { counts: Counts }).counts }));

    await run.click();
    // A batch of 600 is a hundredth of an epoch, and each batch draws the curves and words anew.
    await training.getByText(/^Epoch 0\.[3-9]\d of/).waitFor(PATIENCE);
    await training.getByRole('button', { name: 'Pause' }).click();
    await run.waitFor();
    const { paints, looks } = await countsNow();
    const pictures = await training.locator('canvas').count();
    console.info(`${paints} paints of ${pictures} pictures at ${looks} looks, in 30 batches or more`);
    expect(pictures).toBeGreaterThan(30);
    expect(looks).toBeGreaterThan(0);
    expect(paints).toBeGreaterThan(0);
    // And once before the first, when the digits have come and the network is there.
    expect(paints).toBeLessThanOrEqual((looks + 1) * pictures);
    expect(problems).toEqual([]);
  },
);
