import { type CollectionEntry, getCollection } from 'astro:content';

export type Chapter = CollectionEntry<'chapters'>['data'];

/** All pages of the story in their order: each chapter, then its further pages. */
export async function chaptersInOrder(): Promise<CollectionEntry<'chapters'>[]> {
  const chapters = await getCollection('chapters');
  return chapters.sort(
    (a, b) => a.data.order - b.data.order || (a.data.further ?? 0) - (b.data.further ?? 0),
  );
}

/** Pages to work on, which are no chapters of the story. */
export function isDesk({ path }: Pick<Chapter, 'path'>): boolean {
  return path === 'lab/' || path === 'notebook/';
}

/** How many chapters the story has. */
export function chapterCount(pages: readonly CollectionEntry<'chapters'>[]): number {
  return Math.max(...pages.filter(({ data }) => !isDesk(data)).map(({ data }) => data.order));
}

/** What stands before a page's title in a list of them. */
export function chapterMark(chapter: Chapter): string {
  if (isDesk(chapter)) return '§';
  return chapter.further === undefined ? String(chapter.order) : '+';
}
