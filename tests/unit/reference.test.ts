import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import glossary from '../../content/glossary.json' with { type: 'json' };
import sources from '../../content/sources.json' with { type: 'json' };
import { shapes } from '../../src/components/reference/shapes.ts';
import { notation } from '../../src/lib/notation.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (pattern: string) =>
  globSync(pattern, { cwd: ROOT }).map((file) => readFileSync(`${ROOT}/${file}`, 'utf8'));
const chapters = textOf('content/*.mdx').join('\n');

/** Whose work is followed: "Kingma and Ba 2015", "He et al. 2015", "Simard, Steinkraus and Platt 2003", "Wilson 1927". */
const CITATION = /\b([A-Z]\p{L}+)(?:, [A-Z]\p{L}+)*(?: et al\.| and [A-Z]\p{L}+)? ((?:19|20)\d\d)\b/gu;

describe('the words', () => {
  test('are each explained once, and each is used in a chapter', () => {
    expect(new Set(glossary.map(({ id }) => id)).size).toBe(glossary.length);
    expect(new Set(glossary.map(({ word }) => word)).size).toBe(glossary.length);
    expect(glossary.filter(({ id }) => !chapters.includes(`<Term of="${id}">`))).toEqual([]);
  });

  test('have addresses of their own on their page', () => {
    const parts = [...readFileSync(`${ROOT}/content/reference.mdx`, 'utf8').matchAll(/^## (.*)$/gm)];
    const ids = [
      ...parts.map(([, heading]) => heading!.toLowerCase()),
      ...glossary.map(({ id }) => id),
      ...sources.map(({ id }) => id),
      ...new Set(sources.map(({ kind }) => kind)),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('every letter that stands for many numbers says how many, and one of each layer counts its units', () => {
  const layered = Object.entries(notation).filter(([, { layered }]) => layered);
  for (const [name] of layered) expect(shapes[name as keyof typeof shapes], name).toContain('n_\\ell');
});

describe('the sources', () => {
  test('say what was taken, and lead there; two are known that have no lasting address', () => {
    for (const { id, authors, title, where, taken } of sources) {
      for (const text of [authors, title, where, taken]) expect(text.trim(), id).not.toBe('');
      expect(taken, id).toMatch(/\.$/);
    }
    expect(sources.filter(({ url }) => !url?.startsWith('https://')).map(({ id }) => id)).toEqual([
      'cody-1980',
      'digit-recognition',
    ]);
  });

  test('stand in the order of their authors', () => {
    const ids = sources.filter(({ kind }) => kind === 'publication').map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
  });

  test('have all that the library and the chapters cite', () => {
    const cited = [...textOf('src/{lib,explain,components}/**/*.{ts,tsx,astro}'), chapters].flatMap((text) =>
      [...text.matchAll(CITATION)].map(([, name, year]) => `${name} ${year}`),
    );
    expect(cited.length).toBeGreaterThan(20);
    const isThere = (citation: string) => {
      const [name, year] = citation.split(' ');
      return sources.some((source) => source.authors.includes(name!) && String(source.year) === year);
    };
    expect([...new Set(cited)].filter((citation) => !isThere(citation))).toEqual([]);
  });
});
