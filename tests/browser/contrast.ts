import type { CDPSession, Page } from 'playwright-core';
import { settled } from './page.ts';

/** What a reader can press, choose from, type into or follow. */
const CONTROLS =
  'main :is(button, select, input, summary, a[href], [role=button]), .masthead :is(summary, a[href], label, button)';
/** What the pointer is over, too, when it is over a control. */
const AROUND = `:is(body, body *):has(:is(${CONTROLS}))`;

/** The states of a control that are looked at, and what the browser is told of a control and of what is around it. */
const STATES = {
  'at rest': { control: [], around: [] },
  'under the pointer': { control: ['hover'], around: ['hover'] },
  'in focus': { control: ['focus', 'focus-visible'], around: ['focus-within'] },
} as const;

type State = keyof typeof STATES;
const THEMES = ['light', 'dark'] as const;
export type Finding = { control: string; state: State; theme: (typeof THEMES)[number]; ratio: number };

/**
 * The contrast of every control's text with what is behind it, light and dark, at rest, under the pointer and in focus. The browser is told
 * that all of them are in that state at once; and what the page itself does at a pointer or a focus is looked at for the
 * first control of each kind (same tag, classes, place, pressed, disabled).
 *
 * @returns a line for each control, state and theme, its ratio as WCAG counts it (1 to 21)
 */
export async function controlContrasts(page: Page): Promise<Finding[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const nodes = async (selector: string) =>
    (await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector })).nodeIds;
  const [controls, around] = [await nodes(CONTROLS), await nodes(AROUND)];
  const findings: Finding[] = [];
  for (const state of Object.keys(STATES) as State[]) {
    await force(session, around, STATES[state].around);
    await force(session, controls, STATES[state].control);
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      await settled(page);
      const measured = await page.evaluate(measureControls, { selector: CONTROLS, state });
      findings.push(...measured.map((each) => ({ ...each, state, theme })));
    }
  }
  await session.detach();
  return findings;
}

async function force(
  session: CDPSession,
  nodes: readonly number[],
  states: readonly string[],
): Promise<void> {
  const forcedPseudoClasses = [...states];
  await Promise.all(
    nodes.map((nodeId) => session.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses })),
  );
}

/** In the page: the least contrast of the texts in each control that is seen; of those without text nothing. */
async function measureControls({ selector, state }: { selector: string; state: string }) {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  const known = new Map<string, number[]>();
  /** Red, green, blue and opacity, each from 0 to 1, of a colour as the browser writes it. */
  const read = (colour: string): number[] => {
    let found = known.get(colour);
    if (!found) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      found = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => byte / 255);
      known.set(colour, found);
    }
    return found;
  };
  const over = (top: number[], below: number[]) =>
    [0, 1, 2].map((k) => top[k]! * top[3]! + below[k]! * (1 - top[3]!)).concat(1);
  const behind = (from: Element | null): number[] => {
    if (!from) return [1, 1, 1, 1];
    const own = read(getComputedStyle(from).backgroundColor);
    return own[3] === 1 ? own : over(own, behind(from.parentElement));
  };
  const luminance = (colour: number[]) => {
    const [r, g, b] = colour
      .slice(0, 3)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const contrast = (text: Element) => {
    const ground = behind(text);
    const [light, dark] = [ground, over(read(getComputedStyle(text).color), ground)]
      .map(luminance)
      .sort((a, b) => b - a);
    return (light! + 0.05) / (dark! + 0.05);
  };
  const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  const textsIn = (element: Element) => {
    if (element.matches('select, input')) return [element];
    const texts: Element[] = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement!;
      if (walker.currentNode.textContent!.trim() && isSeen(parent)) texts.push(parent);
    }
    return texts;
  };
  const measure = (element: Element) => {
    const texts = textsIn(element);
    if (texts.length === 0) return [];
    const name = element.getAttribute('aria-label') ?? element.textContent!.trim().slice(0, 40);
    const marks = MARKS.filter((mark) => element.hasAttribute(mark));
    const control = `${element.tagName.toLowerCase()}.${element.className} "${name}" ${marks.map((mark) => `${mark}=${element.getAttribute(mark)}`).join(' ')}`;
    return [{ control, ratio: Math.min(...texts.map(contrast)) }];
  };
  const MARKS = ['aria-pressed', 'aria-current', 'disabled', 'aria-disabled'];
  const kindOf = (element: Element) =>
    [element, element.parentElement, element.parentElement?.parentElement]
      .map((each) => `${each?.tagName}.${each?.getAttribute('class')}`)
      .concat(MARKS.map((mark) => `${element.getAttribute(mark)}`))
      .join('|');

  const controls = [...document.querySelectorAll<HTMLElement>(selector)].filter(isSeen);
  const found = controls.flatMap(measure);
  if (state === 'at rest') return found;

  const kinds = new Map(controls.toReversed().map((control) => [kindOf(control), control]));
  const pointer = (type: string) =>
    new PointerEvent(type, { bubbles: !type.endsWith('enter') && !type.endsWith('leave') });
  for (const control of kinds.values()) {
    if (!control.isConnected) continue;
    if (state === 'in focus') control.focus({ preventScroll: true });
    else
      for (const type of ['pointerover', 'pointerenter', 'pointermove']) control.dispatchEvent(pointer(type));
    // What the page does then it has done by its next task.
    await new Promise((done) => setTimeout(done));
    found.push(...measure(control));
    if (state === 'in focus') control.blur();
    else for (const type of ['pointerout', 'pointerleave']) control.dispatchEvent(pointer(type));
  }
  return found;
}
