import type { Locator, Page } from 'playwright-core';
import { codeHash } from '../../src/state/cells/code-link.ts';

/** A cell of the page, counted from 1. */
export function cellNumber(page: Page, number: number): Locator {
  return page.getByRole('region', { name: `Code cell ${number}`, exact: true });
}

/** Writes code into a cell's editor, in the place of what is there. */
export async function writeInCell(page: Page, cell: Locator, code: string): Promise<void> {
  await cell.getByRole('button', { name: 'Edit' }).click();
  const editor = cell.getByRole('textbox');
  await editor.waitFor();
  await editor.press('ControlOrMeta+a');
  await page.keyboard.insertText(code);
}

/** Writes code into a cell, runs it and waits for its end. */
export async function runInCell(page: Page, cell: Locator, code: string): Promise<void> {
  await writeInCell(page, cell, code);
  await page.keyboard.press('ControlOrMeta+Enter');
  await cell.getByText(/^Run \d+ (?:ended|failed)/).waitFor();
}

/** The end of an address that carries code to the notebook. */
export async function codeLink(...codes: string[]): Promise<string> {
  return `#${await codeHash({ codes, from: 'a test' })}`;
}
