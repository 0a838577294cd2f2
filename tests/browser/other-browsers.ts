import { existsSync } from 'node:fs';
import { firefox, webkit } from 'playwright-core';
import type { BrowserType } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { findProgram } from '../../scripts/site/find-browser.ts';

/** What Playwright's pages and Puppeteer's have in common, and is enough for a smoke test. */
export interface OtherPage {
  goto(url: string): Promise<unknown>;
  reload(): Promise<unknown>;
  evaluate<Given, Result>(inPage: (given: Given) => Result, given: Given): Promise<Awaited<Result>>;
  readonly mouse: {
    move(x: number, y: number, options?: { steps?: number }): Promise<void>;
    down(): Promise<void>;
    up(): Promise<void>;
  };
  readonly keyboard: { type(text: string): Promise<void> };
}

export interface OtherBrowser {
  readonly name: string;
  /** Opens an empty page; nothing where there is no such browser. */
  readonly open: (() => Promise<{ page: OtherPage; close: () => Promise<void> }>) | undefined;
  /** Why there is none, and how to get one. */
  readonly missing: string;
}

/** A browser that Playwright has installed for itself, where it has. */
function playwrightsOwn(type: BrowserType): OtherBrowser['open'] {
  if (!existsSync(type.executablePath())) return undefined;
  return async () => {
    const browser = await type.launch();
    return { page: (await browser.newPage()) as OtherPage, close: () => browser.close() };
  };
}

/** The system's Firefox speaks WebDriver BiDi, as Puppeteer does; Playwright drives a Firefox of its own making. */
function systemsFirefox(): OtherBrowser['open'] {
  const executablePath = findProgram(['firefox', 'firefox-esr']);
  if (!executablePath) return undefined;
  return async () => {
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
    return { page: (await browser.newPage()) as OtherPage, close: () => browser.close() };
  };
}

/** The browsers beside Chromium that the site is tried in, where they are. */
export const otherBrowsers: readonly OtherBrowser[] = [
  {
    name: 'Firefox',
    open: playwrightsOwn(firefox) ?? systemsFirefox(),
    missing: 'there is no firefox or firefox-esr here, and `npx playwright-core install firefox` was not run',
  },
  {
    name: 'WebKit',
    open: playwrightsOwn(webkit),
    missing: '`npx playwright-core install webkit` was not run',
  },
];
