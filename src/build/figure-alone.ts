import { readFileSync } from 'node:fs';
import { render } from 'astro:content';
import { embeds } from '../state/site/embeds.ts';
import { chaptersInOrder } from './chapters.ts';
import { shellPath } from './chapter-imports.ts';

/** A figure that stands alone, with where it comes from. */
export interface FigureAlone {
  readonly name: string;
  readonly title: string;
  /** The page that it belongs to. */
  readonly chapter: string;
  /** Its part of that page, below the site's base path. */
  readonly path: string;
}

/**
 * All figures that stand alone, in the order of the chapters that name them.
 *
 * @throws Error where no chapter names one, or it has no name for those who do not see it
 */
export async function figuresAlone(): Promise<FigureAlone[]> {
  const names = Object.keys(embeds);
  const found: (FigureAlone & { place: number })[] = [];
  for (const [at, chapter] of (await chaptersInOrder()).entries()) {
    const body = chapter.body ?? '';
    const { headings } = await render(chapter);
    for (const name of names) {
      const place = body.search(tagOf(name));
      if (place < 0) continue;
      const before = body.slice(0, place).match(/^## /gm)?.length ?? 0;
      const part = headings.filter(({ depth }) => depth === 2)[before - 1];
      const { path, title } = chapter.data;
      found.push({
        name,
        title: titleOf(name),
        chapter: title,
        path: part ? `${path}#${part.slug}` : path,
        place: at * 1e6 + place,
      });
    }
  }
  const lost = names.filter((name) => !found.some((figure) => figure.name === name));
  if (lost.length > 0)
    throw new Error(`No chapter has the figures ${lost.join(', ')} of src/state/site/embeds.ts.`);
  return found.sort((a, b) => a.place - b.place).map(({ place: _, ...figure }) => figure);
}

/** As a chapter names it: of several of one kind the one of its name. */
function tagOf(name: string): RegExp {
  const { shell, props } = embeds[name];
  return new RegExp(props?.['name'] ? `<${shell} name="${props['name']}"` : `<${shell}\\b`);
}

function titleOf(name: string): string {
  const { shell, props } = embeds[name];
  const given = props?.['label'];
  if (typeof given === 'string') return given;
  const [, label] =
    /<figure[^>]*aria-label="([^"]+)"/.exec(readFileSync(shellPath(shell) ?? shell, 'utf8')) ?? [];
  if (!label) throw new Error(`${shell}.astro gives its figure no aria-label.`);
  return label;
}
