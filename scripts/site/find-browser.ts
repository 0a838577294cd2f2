import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** What a Chromium is called on a PATH, the likeliest first. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Where browsers that are not on the PATH are usually found. */
const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const ADVICE =
  'No browser was found for the tests: install Chromium or Chrome, or set BROWSER_PATH to the program of one.';

/**
 * The Chromium that the browser tests use: BROWSER_PATH or CHROME_PATH, else one on the PATH, else the one
 * that Playwright has installed for itself.
 *
 * @returns the path of the program, or undefined when there is none
 * @throws Error when a variable names a file that cannot be run
 */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  for (const variable of ['BROWSER_PATH', 'CHROME_PATH']) {
    const path = environment[variable];
    if (!path) continue;
    if (canRun(path)) return path;
    throw new Error(`${variable} is ${path}, which is not a program that can be run.`);
  }
  return findProgram(NAMES, environment) ?? [...USUAL_PLACES, chromium.executablePath()].find(canRun);
}

/** The first of some programs that is on the PATH and starts. */
export function findProgram(
  names: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  for (const name of names) {
    const path = findOnPath(name, environment);
    if (path && tellsItsVersion(path)) return path;
  }
  return undefined;
}

/**
 * `findBrowser`, and where there is none: installs one and says so.
 *
 * @throws Error with one sentence of advice when none could be installed
 */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  if (isDebian() && process.getuid?.() === 0) {
    console.log('No browser found: installing Chromium with apt-get.');
    if (
      run('apt-get', ['update']) &&
      run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
    ) {
      const installed = findBrowser();
      if (installed) return installed;
    }
  }
  console.log('No browser found: installing Chromium with Playwright.');
  // Only root may add the system libraries that the browser needs.
  const libraries = process.getuid?.() === 0 ? ['--with-deps'] : [];
  if (run('npx', ['playwright-core', 'install', ...libraries, 'chromium'])) {
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Error(ADVICE);
}

function findOnPath(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    if (folder !== '' && canRun(join(folder, file))) return join(folder, file);
  }
  return undefined;
}

/** Whether the program starts: on some systems `chromium-browser` only tells how to install the real one. */
function tellsItsVersion(path: string): boolean {
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian itself: what Ubuntu calls `chromium` only points at a snap, which does not start in a container. */
function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function run(command: string, parameters: string[]): boolean {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = spawnSync(command, parameters, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environment,
  });
  return result.status === 0;
}
