import { expect, test } from 'vitest';
import { drawOnPad, useBrowser } from './page.ts';

const open = useBrowser();
const UPRIGHT = [
  [
    [210, 90],
    [210, 330],
  ],
] as const;
/** How many figures of each page ask which digit is looked at. */
const CHOOSERS = {
  'layer/': 1,
  'forward/': 2,
  'backprop/': 3,
  'backprop/paths/': 2,
  'backprop/trust/': 3,
  'training/': 2,
  'backprop/fails/': 3,
};

test(
  'the digit drawn on the first page is offered first by every chooser, keeps its name from page to page, and is read',
  { tags: ['long'] },
  async () => {
    const { page, problems } = await open('');
    const home = page.url();
    await drawOnPad(page, UPRIGHT);
    await page.getByText(/^Prediction: 1,/).waitFor();
    for (const [path, choosers] of Object.entries(CHOOSERS)) {
      await page.goto(new URL(path, home).href);
      const lists = page.getByRole('list', { name: 'Digits to choose from' });
      expect(await lists.count(), path).toBe(choosers);
      for (const list of await lists.all()) {
        await list.scrollIntoViewIfNeeded();
        const own = list
          .getByRole('listitem')
          .first()
          .getByRole('button', { name: /^Your drawing/ });
        await own.waitFor();
        expect(await own.getAttribute('title')).toBe(
          path === 'layer/' ? 'Your drawing: say below what it is' : 'Your drawing, a 1',
        );
      }
      if (path === 'layer/') await page.getByRole('radio', { name: '1', exact: true }).click();
    }
    const figure = page.getByRole('figure', { name: 'Two in lock-step' });
    await figure.getByRole('button', { name: 'Your drawing, a 1' }).click();
    await figure.getByText('Your drawing, a 1 as you say.').waitFor();
    await figure.getByRole('img', { name: 'The digit, a 1' }).first().waitFor();
    // Whoever misnamed it says so where they chose it, and the focus stays there.
    await figure.getByRole('radio', { name: '7', exact: true }).check();
    await figure.getByText('Your drawing, a 7 as you say.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio');
    expect(problems).toEqual([]);
  },
);
