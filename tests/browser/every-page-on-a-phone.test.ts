import { describe, expect, test } from 'vitest';
import { PATHS } from './chapters.ts';
import { accessibilityProblems, usePage, wake } from './page.ts';
import { hoverShifts } from './pointed.ts';

describe.each(PATHS)('/%s at 360 px, by touch', (path) => {
  const opened = usePage(path, { width: 360, height: 740, touch: true, colorScheme: 'dark' });

  test('all of it alive, dark: accessible, within its width', async () => {
    const { page } = await opened();
    await wake(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  test('four times as large, at 320 px: within its width, and so is the list of chapters', async () => {
    const { page } = await opened();
    await wake(page);
    await page.setViewportSize({ width: 320, height: 256 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    const chapters = page.getByRole('navigation', { name: 'Chapters', exact: true });
    await chapters.getByText('Chapters', { exact: true }).click();
    const edges = await chapters
      .getByRole('link')
      .evaluateAll((links) =>
        links.map((link) => link.getBoundingClientRect()).flatMap(({ left, right }) => [left, right]),
      );
    await chapters.getByText('Chapters', { exact: true }).click();
    await page.setViewportSize({ width: 360, height: 740 });
    expect(edges.length).toBeGreaterThan(0);
    expect(Math.min(...edges)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...edges)).toBeLessThanOrEqual(320);
  });

  test('what does not fit has a shadow at its edge and is reached by Tab', async () => {
    const { page } = await opened();
    await wake(page);
    const boxes = await page.locator('main *').evaluateAll((all) =>
      all
        .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.checkVisibility())
        .filter((each) => ['auto', 'scroll'].includes(getComputedStyle(each).overflowX))
        .map((each) => {
          (each as HTMLElement).focus();
          return {
            what: `${each.className} ${each.textContent!.trim().slice(0, 30)}`,
            shadows: getComputedStyle(each).backgroundAttachment,
            isReached:
              document.activeElement === each || each.querySelector('a, button, [tabindex]') !== null,
          };
        }),
    );
    if (['layer/', 'forward/', 'backprop/'].includes(path)) expect(boxes.length).toBeGreaterThan(0);
    for (const box of boxes)
      expect(box).toEqual({ what: box.what, shadows: 'local, local, scroll, scroll', isReached: true });
  });

  test('nothing jumps while the pointer moves over the pictures', { tags: ['long'] }, async () => {
    const { page } = await opened();
    await wake(page);
    expect(await hoverShifts(page)).toEqual([]);
  });

  test('nothing of all this was an error', async () => {
    const { page, problems } = await opened();
    await wake(page);
    expect(problems).toEqual([]);
  });
});
