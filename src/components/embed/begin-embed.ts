import type { EmbedLink } from '../../state/page/embed-link.ts';
import type { Embed } from '../../state/site/embeds.ts';
import { boxesOf, findControl, setControl } from './figure-controls.ts';
import { tellHeight } from './frame-height.ts';

/** Controls that a link hides have this mark, which EmbedPage.css heeds. */
const WITHHELD = 'data-withheld';

/**
 * Makes the page of a figure alone what its link says: hides controls, sets others once they are there, which for some is
 * only after a guess, and tells the page around it how high it is.
 *
 * @param onProblem is told of what cannot be set, in a sentence
 */
export function beginEmbed(
  figure: Element,
  embed: Pick<Embed, 'controls'>,
  { hide, start, seed }: EmbedLink,
  onProblem: (sentence: string) => void,
): void {
  const isSeedField = seed !== undefined && 'seed' in embed.controls;
  const waiting = new Map(Object.entries(isSeedField ? { ...start, seed: String(seed) } : start));
  const look = () => {
    withhold(
      figure,
      hide.flatMap((name) => findControl(figure, embed, name)),
    );
    for (const [name, value] of waiting) {
      const control = findControl(figure, embed, name).find((each) => !each.closest('astro-island[ssr]'));
      if (!control) continue;
      waiting.delete(name);
      const reason = setControl(control, value);
      if (reason) onProblem(`“${[embed.controls[name]].flat()[0]}” ${reason}: “${value.slice(0, 40)}”.`);
    }
  };
  // A figure draws its controls anew, or says other words on them. Not the marks themselves: they are no news.
  new MutationObserver(look).observe(figure, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ['ssr'],
  });
  look();
  tellHeight();
}

function withhold(figure: Element, controls: readonly Element[]): void {
  const boxes = new Set(controls.flatMap(boxesOf));
  for (const box of figure.querySelectorAll(`[${WITHHELD}]`))
    if (!boxes.has(box)) box.removeAttribute(WITHHELD);
  for (const box of boxes) box.setAttribute(WITHHELD, '');
}
