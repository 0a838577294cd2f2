import type { TestProject } from 'vitest/node';
import { ensureSite, SITE_DIRECTORY, siteBase } from '../../scripts/build.ts';
import { findBrowser } from '../../scripts/site/find-browser.ts';
import { serveSite } from '../../scripts/site/serve.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of the front page, base path included: ends with a slash. */
    siteUrl: string;
    /** The program of the browser. */
    browserPath: string;
  }
}

/** Builds the site where it is stale and serves it, as `npm start` does, for the length of the browser tests. */
export default async function serveForTests(project: TestProject): Promise<() => Promise<void>> {
  const browserPath = findBrowser();
  if (!browserPath)
    throw new Error('No browser was found: run `npm test`, which installs one, or set BROWSER_PATH.');
  await ensureSite();
  const site = await serveSite({ directory: SITE_DIRECTORY, base: siteBase() });
  project.provide('siteUrl', site.url);
  project.provide('browserPath', browserPath);
  return () => site.close();
}
