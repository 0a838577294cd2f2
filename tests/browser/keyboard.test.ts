import { describe, expect, test } from 'vitest';
import { chapterPages, tagsOf } from './chapters.ts';
import { holdBack, useBrowser } from './page.ts';

const open = useBrowser();

/** Pictures that are still until the digits are counted, and can be pointed into from then on. */
const LATE = /^CANVAS .* in Pixels that are always 0$/;

describe('on the keyboard, from the top of the page to its end', () => {
  for (const chapter of chapterPages) {
    const { path } = chapter;
    const name = `/${path}: Tab comes to all that a mouse comes to, and the focus is never lost`;
    test(name, { tags: tagsOf(chapter), timeout: 60_000 }, async () => {
      const { page, problems } = await open(path, { reducedMotion: true });
      // Nobody presses a hundred keys a second: what is in sight at first has its digits by the first key.
      await page.waitForLoadState('networkidle');
      await page.evaluate(watchFocus);
      let stops = 0;
      for (;;) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(lookAtFocus);
        if (stop === 'end') break;
        expect(stop, `after ${stops} stops`).not.toBe('lost');
        // The answers to an exercise are behind what Enter opens.
        if (stop === 'exercise') await page.keyboard.press('Enter');
        stops++;
        expect(stops, 'stops: the focus goes round in circles').toBeLessThan(2000);
      }
      await page.waitForLoadState('networkidle');
      const missed = await page.evaluate(findMissed);
      console.info(`/${path}: ${stops} stops`);
      expect(missed.filter((line) => !LATE.test(line))).toEqual([]);
      expect(problems).toEqual([]);
    });
  }
});

type Watched = typeof globalThis & { visited: Set<Element>; last: Element | undefined };

/** Remembers, in the page, what has had the focus. */
function watchFocus(): void {
  const watched = globalThis as Watched;
  watched.visited = new Set();
  document.addEventListener('focusin', ({ target }) => watched.visited.add(target as Element));
}

/** Where the focus is after a Tab: past the end of the page, lost, on the answers of an exercise, or somewhere else. */
function lookAtFocus(): string {
  const watched = globalThis as Watched;
  const now = document.activeElement;
  if (!now || now === document.body) return watched.last?.closest('.pager, .colophon') ? 'end' : 'lost';
  watched.last = now;
  return now.matches('.exercise summary') ? 'exercise' : 'stop';
}

/** What can be used now and has never had the focus, a line each; of a group of radio buttons one is enough. */
function findMissed(): string[] {
  const { visited } = globalThis as Watched;
  const all = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary, [tabindex]'),
  ];
  return all
    .filter((each) => each.tabIndex >= 0 && !each.matches(':disabled') && each.checkVisibility())
    .filter((each) => !visited.has(each))
    .filter(
      (each) =>
        !(
          each instanceof HTMLInputElement &&
          each.type === 'radio' &&
          [...visited].some((seen) => seen instanceof HTMLInputElement && seen.name === each.name)
        ),
    )
    .map(
      (each) =>
        `${each.tagName} "${(each.getAttribute('aria-label') ?? each.closest('label')?.textContent ?? each.textContent ?? '').trim().slice(0, 40)}" in ${each.closest('figure')?.getAttribute('aria-label') ?? each.closest('astro-island')?.getAttribute('component-export')}`,
    );
}

test('an answer that is sent before the exercise is alive is taken once it is', async () => {
  const { page } = await open('layer/', { reducedMotion: true });
  const letGo = await holdBack(page, '**/NumericExerciseIsland*.js');
  const exercise = page.getByRole('article', { name: 'Exercise' }).first();
  const field = exercise.getByRole('textbox');
  await field.focus();
  await page.keyboard.type('0.5');
  await page.keyboard.press('Enter');
  expect(await exercise.getByRole('status').textContent()).toBe('');
  letGo();
  await exercise.getByText(/^Right/).waitFor();
  expect(await field.inputValue()).toBe('0.5');
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('what is moved or chosen before a figure is alive counts once it is', async () => {
  const { page } = await open('forward/', { reducedMotion: true });
  const letCurveGo = await holdBack(page, '**/LossCurveIsland*.js');
  await page.getByRole('slider', { name: 'Probability of the true label' }).fill('0.5');
  expect(await page.getByText('At p = 0.5 the loss is').count()).toBe(0);
  letCurveGo();
  await page.getByText('At p = 0.5 the loss is −ln 0.5 = 0.693.').waitFor();

  await page.goto(new URL('../backprop/', page.url()).href);
  const letRuleGo = await holdBack(page, '**/ChainRuleIsland*.js');
  const figure = page.getByRole('figure', { name: 'The chain rule on one neuron' });
  await figure.getByRole('combobox', { name: 'Computation' }).selectOption('numbers that are used twice');
  letRuleGo();
  await figure.getByRole('combobox', { name: 'Backward' }).waitFor();
});

test.each([
  ['lab/', 'Lab'],
  ['training/', 'Training console'],
])(
  'a press on Run of /%s in the moment before its figure is alive begins the run once it is',
  async (path, name) => {
    const { page } = await open(path);
    const letGo = await holdBack(page, '**/{LabIsland,TrainingConsoleIsland}*.js');
    await page.reload();
    const figure = page.getByLabel(name, { exact: true });
    await figure.getByRole('button', { name: 'Run', exact: true }).click();
    expect(await figure.locator('astro-island[ssr]').count()).toBeGreaterThan(0);
    letGo();
    await figure.getByRole('button', { name: 'Pause' }).waitFor();
  },
);
