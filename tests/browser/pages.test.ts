import { expect, inject, test } from 'vitest';
import { PATHS } from './chapters.ts';
import { useBrowser } from './page.ts';

const open = useBrowser();

for (const path of ['', 'draw/']) {
  test(`/${path} with JavaScript off shows a digit that was read, and no pad that would not draw`, async () => {
    const { page } = await open(path, { javaScript: false });
    expect(await page.getByRole('img', { name: /drawn with a pen/ }).isVisible()).toBe(true);
    // The texts of noscript elements are found by no other means.
    expect(await page.locator('figcaption').first().isVisible()).toBe(true);
    expect(await page.getByLabel('Drawing pad', { exact: true }).count()).toBe(1);
    expect(await page.getByLabel('Drawing pad', { exact: true }).isVisible()).toBe(false);
    expect(await page.getByRole('button').count()).toBe(0);
    // Those of exercises are there, and say nothing.
    expect(await page.getByRole('status').filter({ hasText: /\S/ }).count()).toBe(0);
  });
}

test('a page is printed dark on white, whatever the theme on the screen', async () => {
  const { page } = await open('backprop/', { colorScheme: 'dark' });
  const darkness = () =>
    page.evaluate(() => getComputedStyle(document.body).color.match(/\d+/g)!.map(Number).slice(0, 3));
  expect(Math.min(...(await darkness()))).toBeGreaterThan(180);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(Math.max(...(await darkness()))).toBeLessThan(100);
  await page
    .getByRole('radio', { name: 'Dark', includeHidden: true })
    .evaluate((radio) => (radio as HTMLInputElement).click());
  expect(Math.max(...(await darkness()))).toBeLessThan(100);
  // What is for the screen stays there; words of the prose do not, though some are buttons on the screen.
  expect(await page.locator('.masthead').isVisible()).toBe(false);
  expect(await page.locator('.term').first().isVisible()).toBe(true);
});

test('the chapters follow one another from the first to the lab', async () => {
  const titles = new Set<string>();
  let next: string | undefined;
  for (const [step, path] of PATHS.entries()) {
    const html = await (await fetch(new URL(path, inject('siteUrl')))).text();
    titles.add(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)![1]!);
    if (step > 0) expect(next).toBe(`/${path}`);
    next = /<a class="after" href="([^"]*)"/.exec(html)?.[1];
  }
  expect(titles.size).toBe(PATHS.length);
});

test('the menu of chapters is opened, closed and used from the keyboard, and marks what has been visited', async () => {
  const { page } = await open('layer/');
  const menu = page.getByRole('navigation', { name: 'Chapters' });
  await menu.getByText('Chapters').focus();
  await page.keyboard.press('Enter');
  const link = menu.getByRole('link', { name: 'Assigning blame' });
  expect(await link.isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  expect(await link.isVisible()).toBe(false);
  await page.goto(new URL('../', page.url()).href);
  expect(await page.getByRole('main').getByRole('link', { name: 'One layer' }).textContent()).toContain(
    'visited',
  );
  expect(
    await page.getByRole('main').getByRole('link', { name: 'Assigning blame' }).textContent(),
  ).not.toContain('visited');
});

test('a chosen theme is there again on the next page, before anything is drawn', async () => {
  const { page } = await open('', { colorScheme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await background()).toBe(dark);
  await page.getByRole('radio', { name: 'System' }).check({ force: true });
  expect(await background()).toBe(light);
});

test('the first Tab leads past the navigation to the text', async () => {
  const { page } = await open('data/');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the text');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
});

test('an address that leads nowhere is said so, with a way back', async () => {
  const { page } = await open('no/such/page/');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Nothing is written here');
  await page.getByRole('link', { name: 'first chapter' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Draw a digit');
});
