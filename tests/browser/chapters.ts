import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CONTENT = fileURLToPath(new URL('../../content/', import.meta.url));

export interface ChapterPage {
  /** Its address below the base path; empty for the front page. */
  readonly path: string;
  readonly order: number;
  readonly further: number;
}

/** All pages of the story in their order, as their files say: a new one is tested as soon as it is there. */
export const chapterPages: readonly ChapterPage[] = globSync('*.mdx', { cwd: CONTENT })
  .map((file) => {
    const text = readFileSync(`${CONTENT}${file}`, 'utf8');
    const field = (name: string) => new RegExp(`^${name}: *'?([^'\n]*)`, 'm').exec(text)?.[1] ?? '';
    return { path: field('path'), order: Number(field('order')), further: Number(field('further')) };
  })
  .sort((a, b) => a.order - b.order || a.further - b.further);

/** Tags of a test that each page has: the further pages of a chapter are made of the same parts as its first. */
export const tagsOf = ({ further }: ChapterPage): string[] => (further > 0 ? ['long'] : []);

/** Their addresses: '' for the front page. */
export const PATHS: readonly string[] = chapterPages.map(({ path }) => path);
