import { chooseTheme, chosenTheme, isTheme } from './theme.ts';

/** Brings the switch in the page's head to life, and shows it. */
export function reviveThemeSwitch(page: Document): void {
  const fieldset = page.querySelector<HTMLFieldSetElement>('[data-theme-switch]')!;
  for (const input of fieldset.querySelectorAll('input')) {
    input.checked = input.value === chosenTheme();
    input.addEventListener('change', () => {
      if (isTheme(input.value)) chooseTheme(input.value);
    });
  }
  fieldset.hidden = false;
}
