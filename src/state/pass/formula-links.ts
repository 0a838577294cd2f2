import { effect } from '@preact/signals';
import type { QuantityName } from '../../lib/notation.ts';
import { inspect, isInspected, quantityOfTex } from './inspection.ts';

const LETTERS = '.katex [data-quantity], .katex [data-letter]';

/**
 * The formulas in a page's prose take part: pointing at a letter lights its values in the figures and its name in the
 * code, and what is looked at there lights the letter here.
 */
export function linkFormulas(): void {
  document.addEventListener('pointerover', ({ target }) => {
    const letter = target instanceof Element ? target.closest<HTMLElement>(LETTERS) : null;
    const read = letter && readLetter(letter);
    if (read) inspect(read.quantity, read.layer);
  });
  document.addEventListener('pointerout', ({ target }) => {
    if (target instanceof Element && target.closest(LETTERS)) inspect(undefined);
  });
  effect(() => {
    for (const letter of document.querySelectorAll<HTMLElement>(LETTERS)) {
      const read = readLetter(letter);
      letter.classList.toggle('lit', read !== undefined && isInspected(read.quantity, read.layer));
    }
  });
}

function readLetter({
  dataset,
}: HTMLElement): { quantity: QuantityName; layer: number | undefined } | undefined {
  const quantity = dataset.quantity
    ? (dataset.quantity as QuantityName)
    : quantityOfTex(dataset.letter ?? '');
  const layer = /^\d+$/.test(dataset.layer ?? '') ? Number(dataset.layer) : undefined;
  return quantity && { quantity, layer };
}
