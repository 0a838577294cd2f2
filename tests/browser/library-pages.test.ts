import { expect, test } from 'vitest';
import { accessibilityProblems, usePage } from './page.ts';

const opened = usePage('api/', { width: 360, height: 740 });

test('from the rooms of the library by keyboard to a class, and from its signature to what it names', async () => {
  const { page, problems } = await opened();
  await page.getByRole('link', { name: 'nn', exact: true }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'The library: nn' }).waitFor();
  await page.getByRole('link', { name: 'layer.ts', exact: true }).press('Enter');
  await page.getByText('A dense layer in plain loops').waitFor();
  await page.getByRole('link', { name: 'DenseLayer', exact: true }).first().press('Enter');
  expect(await page.locator(':target').textContent()).toContain('DenseLayer');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityProblems(page), colorScheme).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(problems).toEqual([]);
});
