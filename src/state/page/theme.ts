import { signal } from '@preact/signals';
import { keep, readKept } from '../store/storage.ts';

export type Theme = 'light' | 'dark' | 'system';

/** Also read by public/theme.js, which sets the theme before the page is first drawn. */
const KEY = 'backprop-by-hand/theme';

export const isTheme = (value: unknown): value is Theme =>
  value === 'light' || value === 'dark' || value === 'system';

/** Goes up when the colours have changed: pictures that are drawn, not styled, look at it to be drawn anew. */
export const themeChanges = signal(0);

export function chosenTheme(): Theme {
  return readKept(KEY, isTheme) ?? 'system';
}

export function chooseTheme(theme: Theme): void {
  keep(KEY, theme);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  themeChanges.value++;
}

if (typeof matchMedia === 'function') {
  for (const query of ['(prefers-color-scheme: dark)', 'print'])
    matchMedia(query).addEventListener('change', () => themeChanges.value++);
  // Paper is white, and a browser may lay it out before it has told of the new medium.
  for (const [event, isPrinting] of [
    ['beforeprint', true],
    ['afterprint', false],
  ] as const)
    addEventListener(event, () => {
      document.documentElement.toggleAttribute('data-on-paper', isPrinting);
      themeChanges.value++;
    });
}
