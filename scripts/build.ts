import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureData } from './data.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Everything that the built site is made from. */
const SOURCES = ['src', 'content', 'public', 'astro.config.mjs', 'tsconfig.json', 'package-lock.json'];

/** Beside the site, not in it: what it was built from, written once the build has succeeded. */
const FINGERPRINT_FILE = join(ROOT, '.cache', 'site-fingerprint');

/** The folder of the built site. */
export const SITE_DIRECTORY = join(ROOT, 'dist');

/** The path under which the site is built, from SITE_BASE: begins and ends with a slash. */
export function siteBase(environment: NodeJS.ProcessEnv = process.env): string {
  const base = (environment['SITE_BASE'] ?? '').split('/').filter(Boolean).join('/');
  return base === '' ? '/' : `/${base}/`;
}

/**
 * Builds the digit data and the site in `dist/`, where they are missing or older than what they are made from.
 *
 * @throws Error when the build fails; what it printed says why
 */
export async function ensureSite({ force = false } = {}): Promise<void> {
  await ensureData();
  const fingerprint = fingerprintOf(ROOT, SOURCES, siteBase());
  const built = existsSync(FINGERPRINT_FILE) ? readFileSync(FINGERPRINT_FILE, 'utf8') : '';
  if (!force && built === fingerprint && existsSync(join(SITE_DIRECTORY, 'index.html'))) return;
  rmSync(FINGERPRINT_FILE, { force: true });
  const astro = join(ROOT, 'node_modules', 'astro', 'bin', 'astro.mjs');
  // A test runner that calls this has set NODE_ENV for itself; what is built here is always for production.
  const environment = { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' };
  const result = spawnSync(process.execPath, [astro, 'build'], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) throw new Error('The site could not be built: see the messages above.');
  mkdirSync(dirname(FINGERPRINT_FILE), { recursive: true });
  writeFileSync(FINGERPRINT_FILE, fingerprint);
}

/** A hash of the names and contents of everything below `sources`, and of the base path. */
export function fingerprintOf(root: string, sources: readonly string[], base: string): string {
  const hash = createHash('sha256').update(`${base}\n`);
  for (const source of sources) {
    for (const file of filesBelow(root, source)) {
      const bytes = readFileSync(join(root, file));
      hash.update(`${file}\n${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest('hex');
}

/** The files at or below a path, in an order that does not depend on the file system. */
function filesBelow(root: string, path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(root, `${path}/${name}`));
}

if (import.meta.main) {
  await ensureSite({ force: true }).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
