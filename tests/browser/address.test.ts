import { describe, expect, test } from 'vitest';
import { PUBLIC } from './sample.ts';
import { hashOf, useBrowser } from './page.ts';

const open = useBrowser();

/** Puts another link into the address bar of a page that is open. */
const paste = (page: Awaited<ReturnType<typeof open>>['page'], hash: string) =>
  page.goto(new URL(hash, page.url()).href);

describe('a page that is open follows its address when it changes', () => {
  test('the lab: to another set-up, to a wrong one, back, and not to a place in the page', async () => {
    const { page, problems } = await open('lab/#v=1&layers=784,12,10&batch=64');
    const lab = page.getByRole('region', { name: 'Lab' });
    const layers = () => lab.getByLabel('Layers', { exact: true }).inputValue();
    const batch = () => lab.getByLabel('Batch size', { exact: true }).inputValue();
    await expect.poll(batch).toBe('64');
    await paste(page, '#v=1&layers=784,20,20,10&l2=0.5');
    await expect.poll(layers).toBe('784,20,20,10');
    expect(await batch()).toBe('128');
    await paste(page, '#v=1&batch=none');
    await lab.getByText(/The address holds no set-up that can be run: Batch size must be/).waitFor();
    await page.goBack();
    await expect.poll(layers).toBe('784,20,20,10');
    await lab.getByText(/The address holds no set-up/).waitFor({ state: 'detached' });
    await paste(page, '#content');
    await page.goBack();
    await expect.poll(layers).toBe('784,20,20,10');
    expect(problems).toEqual([]);
  });

  for (const [path, name] of [
    ['forward/', 'Forward pass, step by step'],
    ['backprop/', 'Backward pass, step by step'],
  ] as const) {
    test(`the stepper of ${path}: to another digit, network and step`, async () => {
      const { page, problems } = await open(`${path}#digit=3&network=original&step=1`);
      const stepper = page.getByRole('figure', { name });
      await stepper.scrollIntoViewIfNeeded();
      const step = () => stepper.getByRole('slider', { name: /Step/ }).inputValue();
      const network = () => stepper.getByRole('combobox', { name: 'Network' }).inputValue();
      await expect.poll(step).toBe('1');
      await paste(page, '#digit=8&network=shipped&step=3');
      await expect.poll(network).toBe('shipped');
      await expect.poll(step).toBe('3');
      await expect.poll(() => hashOf(page)).toContain('digit=8');
      await paste(page, '#digit=5');
      await expect.poll(step).toBe('0');
      await expect.poll(network).toBe('original');
      expect(problems).toEqual([]);
    });
  }
});

test('an address that is asked for while a pass writes its own is followed all the same', async () => {
  const { page } = await open('forward/#digit=3&network=original&step=1');
  const stepper = page.getByRole('figure', { name: 'Forward pass, step by step' });
  await stepper.scrollIntoViewIfNeeded();
  const step = () => stepper.getByRole('slider', { name: /Step/ }).inputValue();
  await expect.poll(step).toBe('1');
  await page.evaluate(() => {
    location.hash = '#digit=5&step=4';
    history.replaceState(null, '', '#digit=3&network=original&step=1');
  });
  await expect.poll(step).toBe('4');
});

test.each(['index.html', 'data/index.html', 'training/index.html', 'lab/index.html'])(
  '%s opened as a file says that it needs a server, and promises nothing',
  async (file) => {
    const { page } = await open('');
    await page.goto(new URL(`../dist/${file}`, PUBLIC).href);
    expect(await page.getByRole('status').first().textContent()).toMatch(/opened as a file.*npm start/s);
    const text = await page.locator('body').evaluate((body) => {
      for (const part of body.querySelectorAll('script, noscript')) part.remove();
      return body.textContent;
    });
    expect(text).not.toMatch(/on its way|Counting|Nothing is trained yet/);
  },
);

test('on a page that is served nothing is said of servers', async () => {
  const { page } = await open('');
  expect(await page.getByText('opened as a file').isVisible()).toBe(false);
});
