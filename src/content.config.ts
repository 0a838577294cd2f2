import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { z } from 'astro/zod';

const chapters = defineCollection({
  loader: glob({ pattern: '*.mdx', base: './content' }),
  schema: z.object({
    /** Its place in the story; the pages beside it, such as the lab, come last. */
    order: z.number().int().min(0),
    /** Of a chapter's further pages, which may be left for later: the first is 1. */
    further: z.number().int().min(1).optional(),
    /** Its address below the base path; empty for the front page. */
    path: z.string().regex(/^([a-z]+\/){0,2}$/),
    title: z.string(),
    /** What its link says beside the title. */
    lead: z.string(),
    status: z.enum(['ready', 'being-written']),
    /** What it will hold, while it is being written. */
    planned: z.array(z.string()).default([]),
    /** Parts that once were on this page, by their old names, and where they are now: old links still lead there. */
    moved: z.record(z.string(), z.string()).default({}),
  }),
});

/** What a word means here, in a sentence or two. */
const glossary = defineCollection({
  loader: file('./content/glossary.json'),
  schema: z.object({
    /** As the list of words calls it; a chapter may write it in the plural. */
    word: z.string(),
    text: z.string(),
  }),
});

/** What the site took from others. */
const sources = defineCollection({
  loader: file('./content/sources.json'),
  schema: z.object({
    kind: z.enum(['publication', 'digits', 'software']),
    authors: z.string(),
    year: z.number().int().optional(),
    title: z.string(),
    /** The journal, conference or publisher. */
    where: z.string(),
    /** Where it can be read or had; left out of what has no lasting place in the net. */
    url: z.string().startsWith('https://').optional(),
    /** What of it is on these pages, in a sentence or two. */
    taken: z.string(),
  }),
});

export const collections = { chapters, glossary, sources };
