/** What stands in the way of a release, or what it will say. */
export interface Plan {
  readonly tag: string;
  /** The version's section of CHANGELOG.md, without its heading. */
  readonly section: string;
  /** CHANGELOG.md with the day in the section's heading. */
  readonly changelog: string;
}

export interface Before {
  readonly version: string;
  /** Of `git status --porcelain`. */
  readonly status: string;
  readonly tags: readonly string[];
  readonly changelog: string;
  /** As `2026-11-30`. */
  readonly day: string;
}

/**
 * Looks whether a version can be released from here.
 *
 * @throws Error that says what has to be done first
 */
export function planRelease({ version, status, tags, changelog, day }: Before): Plan {
  if (!/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version))
    throw new Error(`"${version}" is no version: three numbers, as in npm run release -- 1.0.0`);
  const tag = `v${version}`;
  if (tags.includes(tag)) throw new Error(`${tag} is released already: take the next version.`);
  const changed = status.split('\n').filter(Boolean);
  if (changed.length > 0)
    throw new Error(`These files are not committed: commit or remove them first.\n${changed.join('\n')}`);
  const heading = changelog.split('\n').find((line) => isHeadingOf(line, version));
  if (heading === undefined)
    throw new Error(`CHANGELOG.md has no section "## [${version}]": write what is new in it.`);
  const [before, after] = [changelog.slice(0, changelog.indexOf(heading)), changelog.split(heading)[1]];
  if (/^## /m.test(before))
    throw new Error(`Above ${version} stands another section in CHANGELOG.md: what is newest comes first.`);
  const section = after.split(/^## /m)[0].trim();
  if (section === '') throw new Error(`The section of ${version} in CHANGELOG.md is empty.`);
  return { tag, section, changelog: changelog.replace(heading, `## [${version}] - ${day}`) };
}

function isHeadingOf(line: string, version: string): boolean {
  return line === `## [${version}]` || line.startsWith(`## [${version}] - `);
}
