import { address } from '../../state/site/address.ts';

/** A part of a page in which what was looked for is found. */
export interface Hit {
  readonly url: string;
  /** The part's heading, or the page's where it stands before the first. */
  readonly title: string;
  /** The page, where the part has a heading of its own, and its chapter. */
  readonly place: string;
  /** Some of its words: those with an odd place in the list were looked for. */
  readonly excerpt: readonly string[];
}

/** What is used of Pagefind, which comes with the index and not with the site's scripts. */
interface Pagefind {
  createInstance(options: { basePath: string; noWorker: boolean; excerptEllipsis: string }): Instance;
}

interface Instance {
  search(words: string): Promise<{ results: { data(): Promise<FoundPage> }[] }>;
}

interface FoundPage {
  meta: { title: string; place?: string };
  sub_results: {
    title: string;
    url: string;
    /** With `<mark>` around what was looked for; `<` and `>` themselves are written as entities. */
    excerpt: string;
    weighted_locations: { balanced_score: number }[];
  }[];
}

const INDEX = address('pagefind/');
const MOST_PAGES = 12;
const MOST_HITS = 30;
/** How many first letters a word has in common with what is found for it. */
const ALIKE = 3;

let opening: Promise<Instance> | undefined;
let openings = 0;

/**
 * Where these words are on the site, the best first.
 *
 * @throws Error when the index, or a part of it, cannot be had; the next search tries anew
 */
export async function searchSite(words: string): Promise<Hit[]> {
  opening ??= openIndex();
  try {
    const { results } = await (await opening).search(words);
    const pages = await Promise.all(results.slice(0, MOST_PAGES).map((result) => result.data()));
    const hits = hitsOf(pages, words);
    if (hits.length === 0) await fetchChunks();
    return hits;
  } catch (error) {
    opening = undefined;
    throw error;
  }
}

/** Its own thread is not worth having: the whole index is 50 KB. */
async function openIndex(): Promise<Instance> {
  // A browser keeps a script that it could not have under its address as failed.
  const again = openings++ === 0 ? '' : `?again=${openings}`;
  const script: Pagefind = await import(/* @vite-ignore */ `${INDEX}pagefind.js${again}`);
  return script.createInstance({ basePath: INDEX, noWorker: true, excerptEllipsis: '…' });
}

/** Pagefind passes over a part of its index that it cannot have, and finds nothing. */
async function fetchChunks(): Promise<void> {
  const wanted = async (file: string) => {
    const response = await fetch(`${INDEX}${file}`);
    if (!response.ok) throw new Error(`${file} was answered with ${response.status}`);
    return response;
  };
  const chunks: string[] = await (await wanted('chunks.json')).json();
  await Promise.all(chunks.map(wanted));
}

function hitsOf(pages: readonly FoundPage[], words: string): Hit[] {
  return pages
    .flatMap(({ meta, sub_results }) =>
      sub_results.map(({ title, url, excerpt, weighted_locations }) => {
        const chapter = meta.place ? [meta.place] : [];
        const place = [...chapter, ...(title === meta.title ? [] : [meta.title])].join(' · ');
        const score = weighted_locations.reduce((sum, { balanced_score }) => sum + balanced_score, 0);
        return { url, title, place, excerpt: partsOf(excerpt), score };
      }),
    )
    .filter(({ excerpt }) => isAlike(excerpt, words))
    .sort((a, b) => isAsTyped(b.excerpt, words) - isAsTyped(a.excerpt, words) || b.score - a.score)
    .slice(0, MOST_HITS);
}

/** For a word that is nowhere Pagefind finds those that begin with the same letter or two. */
function isAlike(excerpt: readonly string[], words: string): boolean {
  const beginnings = (words.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, ALIKE));
  const found = excerpt.filter((_, n) => n % 2 === 1).map((part) => part.toLowerCase());
  return beginnings.some((beginning) => found.some((part) => part.includes(beginning)));
}

/** Where the words stand as they were typed comes before where others of their kind do: 1 before 0. */
function isAsTyped(excerpt: readonly string[], words: string): number {
  return Number(excerpt.join('').toLowerCase().includes(words.toLowerCase()));
}

function partsOf(excerpt: string): string[] {
  return excerpt
    .split(/<\/?mark>/)
    .map((part) => part.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
}
