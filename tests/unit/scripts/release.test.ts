import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planRelease } from '../../../scripts/release/plan.ts';
import { tarGz } from '../../../scripts/release/tar.ts';

const CHANGELOG = `# Changelog

## [1.0.0]

### Added

- A network.

## [0.1.0] - 2026-01-02

- A pad.
`;
const BEFORE = { version: '1.0.0', status: '', tags: ['v0.1.0'], changelog: CHANGELOG, day: '2026-11-30' };

describe('a release', () => {
  test('takes its own section of the changelog, and puts the day into its heading', () => {
    const { tag, section, changelog } = planRelease(BEFORE);
    expect(tag).toBe('v1.0.0');
    expect(section).toBe('### Added\n\n- A network.');
    expect(changelog).toBe(CHANGELOG.replace('## [1.0.0]', '## [1.0.0] - 2026-11-30'));
  });

  test.each([
    ['no version', { version: '' }, 'as in npm run release -- 1.0.0'],
    ['a version that is none', { version: 'v1.0' }, '"v1.0" is no version'],
    ['a tag that is there', { tags: ['v1.0.0'] }, 'released already'],
    ['a file that is not committed', { status: ' M README.md\n' }, ' M README.md'],
    ['a version that the changelog does not know', { version: '1.0.1' }, 'no section "## [1.0.1]"'],
    ['an older version', { version: '0.1.0', tags: [] }, 'Above 0.1.0 stands another section'],
    ['an empty section', { changelog: '## [1.0.0]\n\n## [0.1.0]\n' }, 'is empty'],
  ])('is refused with %s, and a reason', (_, wrong, reason) => {
    expect(() => planRelease({ ...BEFORE, ...wrong })).toThrow(reason);
  });

  test('of the project as it is now is not held up by its changelog', () => {
    const changelog = readFileSync(join(import.meta.dirname, '../../../CHANGELOG.md'), 'utf8');
    const version = /^## \[(.*?)\]/m.exec(changelog)![1]!;
    expect(planRelease({ ...BEFORE, changelog, version }).section).toMatch(/^### \w+\n\n- /);
  });
});

test('an archive is unpacked by tar to the files that went in, and is the same whenever it is made', () => {
  const long = `${'folder/'.repeat(16)}${'a'.repeat(90)}.bin`;
  const files = [
    { path: 'site/index.html', bytes: Buffer.from('<title>Ink</title>') },
    { path: 'site/empty.txt', bytes: Buffer.alloc(0) },
    { path: long, bytes: Buffer.alloc(1025, 7) },
  ];
  const archive = tarGz(files, 1_700_000_000);
  expect(tarGz(files, 1_700_000_000)).toEqual(archive);
  const folder = mkdtempSync(join(tmpdir(), 'release-test-'));
  writeFileSync(join(folder, 'a.tar.gz'), archive);
  execFileSync('tar', ['-xzf', 'a.tar.gz'], { cwd: folder });
  for (const { path, bytes } of files)
    expect(readFileSync(join(folder, path)).equals(bytes), path).toBe(true);
  rmSync(folder, { recursive: true });
  expect(() => tarGz([{ path: 'a'.repeat(300), bytes: Buffer.alloc(0) }], 0)).toThrow('too long a path');
});
