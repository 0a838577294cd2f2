import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { TraceStep } from '../../src/lib/nn/trace.ts';
import { useBrowser, usePage } from './page.ts';
import { traceOf } from './sample.ts';

const open = useBrowser();

/** A digit that the network is unsure of; numbers and sentences have their usual lengths. */
const DIGIT = 12;

const STEPPERS = [
  { path: 'forward/', name: 'Forward pass, step by step', directions: ['forward'] },
  { path: 'backprop/', name: 'Backward pass, step by step', directions: ['backward', 'update'] },
] as const;

const SCREENS = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];

describe.each(STEPPERS)('$name', ({ path, name, directions }) => {
  describe.each(SCREENS)('on $width × $height', (screen) => {
    const opened = usePage(`${path}#digit=${DIGIT}&network=original&step=0`, screen);
    async function stepperAtItsBeginning() {
      const { page, problems } = await opened();
      const stepper = page.getByRole('figure', { name });
      await stepper.scrollIntoViewIfNeeded();
      await stepper.getByText('Digit and network are on their way…').waitFor({ state: 'detached' });
      await stepper.getByRole('slider', { name: /Step/ }).fill('0');
      return { page, problems, stepper, steps: await stepsOf(directions) };
    }

    const tags = screen.width > 360 ? ['long'] : [];
    test(
      'by Enter, Space and a press of the button in turn: after each step all of it is on the screen, and focus stays',
      { tags },
      async () => {
        const { page, problems, stepper, steps } = await stepperAtItsBeginning();
        const next = stepper.getByRole('button', { name: 'Next step' });
        await next.focus();
        for (const [n, step] of steps.entries()) {
          if (n % 3 === 2) await next.click();
          else await page.keyboard.press(n % 3 === 0 ? 'Enter' : 'Space');
          await stepper.getByText(`Step ${n + 1} of ${steps.length}`, { exact: true }).waitFor();
          expect(await hiddenParts(stepper, step), `step ${n + 1}: ${step.quantity} ${step.layer}`).toEqual(
            [],
          );
          expect(await focused(page), `step ${n + 1}`).toBe('Next step');
        }
        // At the end Next leads nowhere, and still has the focus.
        await page.keyboard.press('Enter');
        expect(await focused(page)).toBe('Next step');
        await stepper.getByText(`Step ${steps.length} of ${steps.length}`, { exact: true }).waitFor();
        expect(problems).toEqual([]);
      },
    );

    test('the whole network has room on the map, first and last step, and the page no more than its width', async () => {
      const { page, stepper, steps } = await stepperAtItsBeginning();
      for (const step of [0, steps.length]) {
        await stepper.getByRole('slider', { name: /Step/ }).fill(String(step));
        await stepper.getByText(`Step ${step} of ${steps.length}`, { exact: true }).waitFor();
        const map = stepper.getByRole('group', { name: /^The network/ });
        const outside = await map.evaluate((element) => {
          const { left, right } = element.getBoundingClientRect();
          return [...element.querySelectorAll<HTMLElement>('[data-part]')]
            .filter((part) => {
              const box = part.getBoundingClientRect();
              return box.width === 0 || box.left < left || box.right > right + 0.5;
            })
            .map((part) => part.dataset['part']);
        });
        expect(outside).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
          screen.width,
        );
      }
    });
  });
});

test('on the map numbers travel for at most 400 ms, and not at all where less motion is asked for', async () => {
  const { page } = await open(`backprop/#digit=${DIGIT}&network=original&step=0`);
  const stepper = page.getByRole('figure', { name: 'Backward pass, step by step' });
  await stepper.scrollIntoViewIfNeeded();
  await stepper.getByText('Digit and network are on their way…').waitFor({ state: 'detached' });
  await page.evaluate(() => {
    const seen: number[] = [];
    (window as unknown as { travels: number[] }).travels = seen;
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (...given) {
      const motion = animate.apply(this, given);
      seen.push(Number(motion.effect!.getComputedTiming().endTime));
      return motion;
    };
  });
  const travels = () => page.evaluate(() => (window as unknown as { travels: number[] }).travels.splice(0));
  const next = stepper.getByRole('button', { name: 'Next step' });
  await next.click();
  await stepper.getByText('Step 1 of 19').waitFor();
  // δ³ is made of p and y: the two travel, and what they are made into appears.
  const found: number[] = [];
  await expect.poll(async () => found.push(...(await travels()))).toBe(3);
  expect(Math.max(...found)).toBeLessThanOrEqual(400);

  await stepper.getByRole('slider', { name: /Step/ }).fill('0');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await travels();
  await next.click();
  await stepper.getByText('Step 1 of 19').waitFor();
  // Effects of the step have run once its frame has been drawn.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  expect(await travels()).toEqual([]);
});

async function stepsOf(directions: readonly string[]): Promise<TraceStep[]> {
  const { steps } = await traceOf('original', DIGIT, 0.1);
  return steps.filter(({ direction }) => directions.includes(direction));
}

/** What the reader ought to see of a step and does not, a line each. */
async function hiddenParts(stepper: Locator, { quantity, layer }: TraceStep): Promise<string[]> {
  const isNew = quantity === 'updatedWeight' || quantity === 'updatedBias';
  const news = stepper.getByRole('region', { name: 'What is new' });
  const code = stepper.getByRole('region', { name: 'The code that did it' });
  const line = code.locator('[aria-current]').first();
  const origin = stepper.getByRole('region', { name: 'Where this number comes from' });
  const wanted: Record<string, Locator> = {
    'the control': stepper.getByRole('button', { name: 'Next step' }),
    'the sentence': stepper.getByRole('status').first(),
    'the part of the map': stepper.locator(`[data-part="${quantity} ${layer}"]`),
    'the new numbers': news.getByRole('slider').or(news.getByRole('list')),
    'the formula with values': origin.locator('xpath=./div').first(),
    'the line of code': (await line.count()) > 0 ? line : code.locator('pre').locator('span').first(),
  };
  const hidden: string[] = [];
  for (const [what, place] of Object.entries(wanted)) {
    const found = await place.count();
    if (found !== 1) hidden.push(`${what}: there are ${found}`);
    else {
      const why = await place.evaluate(whyHidden);
      if (why) hidden.push(`${what}: ${why}`);
    }
  }
  if (isNew && !(await stepper.locator(`[data-part="${quantity} ${layer}"]`).textContent())?.includes('⁺'))
    hidden.push('the part of the map is not told from the old one');
  return hidden;
}

/** Runs in the page. Whether an element is wholly inside the window and inside all that it could be scrolled out of. */
function whyHidden(element: Element): string | undefined {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return 'it has no size';
  const within = (edge: { top: number; bottom: number; left: number; right: number }) =>
    box.top >= edge.top - 1 &&
    box.bottom <= edge.bottom + 1 &&
    box.left >= edge.left - 1 &&
    box.right <= edge.right + 1;
  const shown = `${Math.round(box.top)} to ${Math.round(box.bottom)}`;
  if (!within({ top: 0, left: 0, bottom: innerHeight, right: innerWidth }))
    return `it is at ${shown}, outside the window`;
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (around === document.body) break;
    if (getComputedStyle(around).overflowY !== 'visible' && !within(around.getBoundingClientRect()))
      return `it is at ${shown}, scrolled out of ${around.className}`;
  }
  return undefined;
}

function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.textContent?.trim());
}
