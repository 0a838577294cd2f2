import { signal } from '@preact/signals';
import { type QuantityName, notation } from '../../lib/notation.ts';

/** A quantity that the reader looks at: in a formula, a figure or the code. Of every layer where none is named. */
export interface Inspected {
  readonly quantity: QuantityName;
  readonly layer: number | undefined;
}

/** What is lit, wherever it stands on the page: the same for every island. */
const inspected = signal<Inspected | undefined>(undefined);

export function inspect(quantity: QuantityName | undefined, layer?: number): void {
  const before = inspected.peek();
  if (before?.quantity === quantity && before?.layer === layer) return;
  inspected.value = quantity && { quantity, layer };
}

/** Whether a quantity of a layer is lit. A formula's letter without a number stands for every layer. */
export function isInspected(quantity: QuantityName, layer: number | undefined): boolean {
  const now = inspected.value;
  if (!now || letterOf(now.quantity) !== letterOf(quantity)) return false;
  return now.layer === undefined || layer === undefined || now.layer === layer;
}

/** What a formula's letter stands for, as KaTeX has it: `\delta`; nothing for a letter of no quantity. */
export function quantityOfTex(tex: string): QuantityName | undefined {
  const names = Object.keys(notation) as QuantityName[];
  return names.find((name) => notation[name].tex === tex);
}

/** Weights before and after a step are one letter, and lit together. */
function letterOf(quantity: QuantityName): string {
  return notation[quantity].tex;
}
