import type { Page } from 'playwright-core';

/** Places in a picture that the pointer visits, as shares of its width and height. */
const VISITS = [
  [0.1, 0.1],
  [0.5, 0.5],
  [0.3, 0.7],
  [0.8, 0.45],
] as const;

/** A line for each picture that makes the page longer or shorter while the pointer moves over it. */
export async function hoverShifts(page: Page): Promise<string[]> {
  const pictures = page.locator('main .heat-live canvas');
  const height = () => page.evaluate(() => document.querySelector('main')!.getBoundingClientRect().height);
  const settled = () =>
    page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  const found: string[] = [];
  for (let n = 0; n < (await pictures.count()); n++) {
    const picture = pictures.nth(n);
    if (!(await picture.isVisible())) continue;
    await picture.scrollIntoViewIfNeeded();
    await page.mouse.move(1, 1);
    await settled();
    const before = await height();
    const box = (await picture.boundingBox())!;
    for (const [across, down] of VISITS) {
      await page.mouse.move(box.x + box.width * across, box.y + box.height * down);
      await settled();
      const now = await height();
      if (now !== before)
        found.push(`${await picture.getAttribute('aria-label')}: ${now - before} px at ${across}, ${down}`);
    }
  }
  return found;
}

/** A line for each label of a drawing that a line of the drawing runs through, with nothing to set it apart. */
export async function struckLabels(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    for (const svg of document.querySelectorAll('main svg')) {
      const labels = [...svg.querySelectorAll('text')].filter(
        (text) => text.textContent!.trim() && !getComputedStyle(text).paintOrder.startsWith('stroke'),
      );
      if (labels.length === 0) continue;
      svg.scrollIntoView({ block: 'center' });
      for (const line of svg.querySelectorAll<SVGGeometryElement>('path, line, polyline')) {
        const [length, toScreen] = [line.getTotalLength(), line.getScreenCTM()];
        if (getComputedStyle(line).stroke === 'none' || length === 0 || !toScreen) continue;
        for (let at = 0; at <= length; at += Math.max(1, length / 800)) {
          const { x, y } = line.getPointAtLength(at).matrixTransform(toScreen);
          for (const label of labels) {
            const box = label.getBoundingClientRect();
            const rim = box.height / 4;
            if (x < box.left + 1 || x > box.right - 1 || y < box.top + rim || y > box.bottom - rim) continue;
            const [top] = document
              .elementsFromPoint(x, y)
              .filter((each) => each.closest('svg') === svg && !each.matches('text, tspan, svg, g'));
            // A node that is drawn after the line hides it.
            const isHidden =
              top && top !== line && line.compareDocumentPosition(top) & Node.DOCUMENT_POSITION_FOLLOWING;
            if (!isHidden) found.add(`"${label.textContent}" in ${svg.getAttribute('class')}`);
          }
        }
      }
    }
    return [...found];
  });
}

/** A line for each letter of a formula that lights what it stands for, and that the pointer does not come to. */
export async function deadLetters(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const dead: string[] = [];
    for (const letter of document.querySelectorAll<HTMLElement>('main .katex [data-quantity]')) {
      const text = document.createTreeWalker(letter, NodeFilter.SHOW_TEXT).nextNode();
      if (!text || !letter.checkVisibility()) continue;
      letter.scrollIntoView({ block: 'center', inline: 'center' });
      const place = document.createRange();
      place.selectNodeContents(text);
      const { left, top, width, height } = place.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      if (!letter.contains(hit))
        dead.push(`${letter.dataset['quantity']}, ${text.nodeValue}: ${hit?.className}`);
    }
    return dead;
  });
}
