import { expect, test } from 'vitest';
import { siteData } from '../../src/build/site-data.ts';
import { pixelStatistics, silentPixels } from '../../src/lib/data/statistics.ts';
import { accessibilityProblems, useBrowser } from './page.ts';

const open = useBrowser();
const FIGURE = 'Pixels that are always 0';

test('an old link to the first chapter leads to the silent pixels, whose weights get a gradient of exactly 0', async () => {
  const { page, problems } = await open('data/#pixels-that-never-speak');
  await page.waitForURL(/\/backprop\/paths\/#pixels-that-never-speak$/);
  const figure = page.getByRole('figure', { name: FIGURE });
  await figure.scrollIntoViewIfNeeded();
  const count = silentPixels(pixelStatistics(await siteData('sample-train'))).length;
  await figure.getByText(`${count} of the 784 pixels are 0 in a sample of 1,000`).waitFor();
  await figure.getByRole('button', { name: 'One forward and backward pass' }).click();
  await figure.getByRole('slider', { name: /^The largest gradient/ }).focus();
  for (let n = 0; n < 14; n++) await page.keyboard.press('ArrowRight');
  await figure.getByText(/Pixel 406, .* is \d\.\d\de−\d\.$/).waitFor();
  for (let n = 0; n < 14; n++) await page.keyboard.press('ArrowUp');
  await figure.getByText(/Pixel 14, .* is 0 in all 1,000 images\. .* is exactly 0\.$/).waitFor();
  expect(problems).toEqual([]);
});

test(
  'all 70,000 digits are chosen beside the figure, and silence fewer pixels; so it is at 360 px, dark, and axe finds nothing',
  { tags: ['long'] },
  async () => {
    const { page } = await open('backprop/paths/');
    const figure = page.getByRole('figure', { name: FIGURE });
    await figure.scrollIntoViewIfNeeded();
    await figure.getByRole('button', { name: 'all 70,000' }).click();
    const count = silentPixels(pixelStatistics(await siteData('train'))).length;
    await figure.getByText(`${count} of the 784 pixels are 0 in all 60,000`).waitFor();
    await figure.getByText(/^Among the 10,000 test digits there is ink in [1-9]\d* of these/).waitFor();

    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await figure.getByRole('button', { name: 'One forward and backward pass' }).click();
    expect(await accessibilityProblems(page, figure)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  },
);
