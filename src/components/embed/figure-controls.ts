import type { Embed } from '../../state/site/embeds.ts';

/** Whatever a reader can move, press or choose in a figure, by the name that stands on it. */
const CONTROLS = 'label, fieldset, button, details, ul[aria-label], ol[aria-label], form[aria-label]';
const FIELDS = 'input, select, textarea';

/** The elements of a figure's control: none while the figure does not show it. */
export function findControl(
  figure: ParentNode,
  { controls }: Pick<Embed, 'controls'>,
  name: string,
): Element[] {
  const words = [controls[name] ?? []].flat();
  return [...figure.querySelectorAll(CONTROLS)].filter((element) => {
    const label = labelOf(element);
    // Whole words: what is called `z` is not `zero`.
    return words.some(
      (begins) => label.startsWith(begins) && !/^[\p{L}\p{N}]/u.test(label.slice(begins.length)),
    );
  });
}

/** All of a control that is seen: a field may stand beside its label. */
export function boxesOf(control: Element): Element[] {
  const field = fieldOf(control);
  return field && !control.contains(field) ? [control, field] : [control];
}

/** What a control is set to; undefined of what only does something. */
export function readControl(control: Element): string | undefined {
  const field = fieldOf(control);
  if (field) return isBox(field) ? (field.checked ? 'on' : 'off') : field.value;
  const chosen = choicesOf(control).find(isChosen);
  return chosen && labelOf(chosen);
}

/** Sets a control as a reader would; returns why it cannot be, where it cannot. */
export function setControl(control: Element, value: string): string | undefined {
  const field = fieldOf(control);
  if (field && isBox(field)) {
    if (value !== 'on' && value !== 'off') return 'is on or off';
    if (field.checked !== (value === 'on')) field.click();
    return undefined;
  }
  if (field) {
    const before = field.value;
    field.value = value;
    const isTaken = field.matches('[type="range"], [type="number"]')
      ? Number(field.value) === Number(value) && field.value !== '' && field.validity.valid
      : field.value === value;
    if (!isTaken) {
      field.value = before;
      return field.matches('select') ? 'has no such choice' : 'cannot be set to it';
    }
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    return undefined;
  }
  const choice = choicesOf(control).find((each) => labelOf(each) === value);
  if (!choice) return 'has no such choice';
  if (!isChosen(choice)) (choice as HTMLElement).click();
  return undefined;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The field that a label names. By its tag, here and below: an element of another document is an instance of other classes. */
function fieldOf(control: Element): Field | null {
  return control.matches('label') ? ((control as HTMLLabelElement).control as Field | null) : null;
}

const isBox = (field: Field): field is HTMLInputElement =>
  field.matches('input[type="checkbox"], input[type="radio"]');

/** What one of several is chosen from: buttons that stay pressed, or radio buttons. */
function choicesOf(control: Element): Element[] {
  if (!control.matches('fieldset')) return [];
  return [...control.querySelectorAll('button[aria-pressed], label:has(input[type="radio"])')];
}

function isChosen(choice: Element): boolean {
  return choice.querySelector('input')?.checked ?? choice.getAttribute('aria-pressed') === 'true';
}

/** The words on a control, without those of the fields in it. */
function labelOf(element: Element): string {
  const given = element.getAttribute('aria-label');
  if (given) return given;
  const words = element.querySelector(':scope > legend, :scope > summary') ?? element;
  return textOf(words).replace(/\s+/g, ' ').trim();
}

function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? '';
  if (node.nodeType === Node.ELEMENT_NODE && (node as Element).matches(FIELDS)) return '';
  return [...node.childNodes].map(textOf).join('');
}
