import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addServiceWorker, filesOf } from './site/add-service-worker.ts';
import { fingerprintOf, keepFingerprint, keptFingerprint } from './site/fingerprint.ts';
import { HEADERS_FILE, headersFile } from './site/headers.ts';
import { prepare } from './site/prepare.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Everything that the built site is made from. */
const SOURCES = [
  'src',
  'content',
  'public',
  'ARCHITECTURE.md',
  'astro.config.mjs',
  'tsconfig.json',
  'package-lock.json',
  'scripts/site/add-service-worker.ts',
  'scripts/site/headers.ts',
  'scripts/site/named-by-content.ts',
];

/** Beside the site, not in it: what it was built from, written once the build has succeeded. */
const FINGERPRINT_FILE = join(ROOT, '.cache', 'site-fingerprint');

/** The folder of the built site. */
export const SITE_DIRECTORY = join(ROOT, 'dist');

/** The path under which the site is built, from SITE_BASE: begins and ends with a slash. */
export function siteBase(): string {
  const base = (process.env['SITE_BASE'] ?? '').split('/').filter(Boolean).join('/');
  return base === '' ? '/' : `/${base}/`;
}

/**
 * Builds digit data, kernels and the site in `dist/`, where they are missing or older than what they are made from.
 *
 * @throws Error when the build fails; what it printed says why
 */
export async function ensureSite({ force = false } = {}): Promise<void> {
  await prepare();
  const how = `base ${siteBase()}, ${hasServiceWorker() ? 'a' : 'no'} service worker`;
  const fingerprint = fingerprintOf(how, ROOT, SOURCES);
  const built = keptFingerprint(FINGERPRINT_FILE);
  if (!force && built === fingerprint && existsSync(join(SITE_DIRECTORY, 'index.html'))) return;
  rmSync(FINGERPRINT_FILE, { force: true });
  await buildSite(SITE_DIRECTORY, siteBase());
  keepFingerprint(FINGERPRINT_FILE, fingerprint);
}

/** `KILL_SERVICE_WORKER=1` builds a site that ends the service worker of those who have one (src/build/no-service-worker.ts). */
function hasServiceWorker(): boolean {
  return !process.env['KILL_SERVICE_WORKER'];
}

/**
 * Runs Astro's build for production into a folder, for this base path.
 *
 * @throws Error when it fails; what it printed says why
 */
export async function buildSite(directory: string, base: string): Promise<void> {
  const astro = join(ROOT, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    SITE_BASE: base,
    NODE_ENV: 'production',
    ASTRO_TELEMETRY_DISABLED: '1',
  };
  // A test runner that calls this has set these for itself, and Vite would take them for the site's own.
  for (const name of ['BASE_URL', 'MODE', 'DEV', 'PROD', 'SSR']) delete environment[name];
  const result = spawnSync(process.execPath, [astro, 'build', '--outDir', directory], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) throw new Error('The site could not be built: see the messages above.');
  if (hasServiceWorker()) await addServiceWorker(directory);
  writeFileSync(join(directory, HEADERS_FILE), headersFile(filesOf(directory), base));
}

if (import.meta.main) {
  await ensureSite({ force: true }).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
