import { type CollectionEntry, getCollection } from 'astro:content';

export type Chapter = CollectionEntry<'chapters'>['data'];

/** All pages of the story in their order: each chapter, then its further pages. */
export async function chaptersInOrder(): Promise<CollectionEntry<'chapters'>[]> {
  const chapters = await getCollection('chapters');
  return chapters.sort(
    (a, b) => a.data.order - b.data.order || (a.data.further ?? 0) - (b.data.further ?? 0),
  );
}

/** Pages to work on or to look things up in, which are no chapters of the story. */
export function isBeside({ path }: Pick<Chapter, 'path'>): boolean {
  return ['lab/', 'notebook/', 'reference/', 'teachers/'].includes(path);
}

/** How many chapters the story has. */
export function chapterCount(pages: readonly CollectionEntry<'chapters'>[]): number {
  return Math.max(...pages.filter(({ data }) => !isBeside(data)).map(({ data }) => data.order));
}

/** What stands before a page's title in a list of them. */
export function chapterMark(chapter: Chapter): string {
  if (isBeside(chapter)) return '§';
  return chapter.further === undefined ? String(chapter.order) : '+';
}

/** The pages that explain a word of the glossary where they use it. */
export function pagesWithTerm(pages: readonly CollectionEntry<'chapters'>[], id: string): Chapter[] {
  return pages.filter(({ body }) => body?.includes(`<Term of="${id}">`)).map(({ data }) => data);
}
