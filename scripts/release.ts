import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureSite, SITE_DIRECTORY, siteBase } from './build.ts';
import { planRelease } from './release/plan.ts';
import { tarGz } from './release/tar.ts';
import { filesOf } from './site/add-service-worker.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAME = 'backprop-by-hand';

/** Where the archives go: not committed. */
const FOLDER = join(ROOT, 'release');

/**
 * `npm run release -- 1.0.0`: builds the site, packs it, and marks this commit's successor, which names the version, with a
 * tag. Nothing is committed before all else has gone well, and nothing is pushed.
 *
 * @throws Error that says what has to be done first; then all is as it was
 */
async function release(version: string): Promise<void> {
  const changelogFile = join(ROOT, 'CHANGELOG.md');
  const plan = planRelease({
    version,
    status: git('status', '--porcelain'),
    tags: git('tag').split('\n'),
    changelog: readFileSync(changelogFile, 'utf8'),
    day: new Date().toISOString().slice(0, 10),
  });
  await ensureSite({ force: true });
  const archive = pack(version);
  writeFileSync(changelogFile, plan.changelog);
  for (const file of ['package.json', 'package-lock.json']) setVersion(join(ROOT, file), version);
  git('commit', '--quiet', '--all', '--message', `Version ${version}`);
  git(
    'tag',
    '--annotate',
    plan.tag,
    '--cleanup=verbatim',
    '--message',
    `Version ${version}\n\n${plan.section}\n`,
  );
  const base = siteBase() === '/' ? 'at the root of a host' : `under ${siteBase()}`;
  console.log(`\n${plan.tag} is committed and tagged here, and not pushed: git push --follow-tags`);
  console.log(`${archive} holds the site, to be served ${base}; beside it lies its sha256.`);
}

/** The built site as one file, in a folder that names the version. */
function pack(version: string): string {
  const folder = `${NAME}-${version}`;
  const files = filesOf(SITE_DIRECTORY).map((name) => ({
    path: `${folder}/${name}`,
    bytes: readFileSync(join(SITE_DIRECTORY, name)),
  }));
  const bytes = tarGz(files, Number(git('log', '-1', '--format=%ct')));
  const file = `${folder}.tar.gz`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, file), bytes);
  // As `sha256sum --check` reads it.
  const sum = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(join(FOLDER, `${file}.sha256`), `${sum}  ${file}\n`);
  return join('release', file);
}

/** Of the project, which stands first: all else in the file stays as it is. */
function setVersion(file: string, version: string): void {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  // The lock file names the project twice.
  const last = lines.findIndex((line) => /^\s+"(devDependencies|license)":/.test(line));
  const changed = lines.map((line, n) =>
    n < last ? line.replace(/("version": )"[^"]*"/, `$1"${version}"`) : line,
  );
  writeFileSync(file, changed.join('\n'));
}

function git(...parameters: string[]): string {
  return execFileSync('git', parameters, { cwd: ROOT, encoding: 'utf8' }).trimEnd();
}

await release(process.argv[2] ?? '').catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
