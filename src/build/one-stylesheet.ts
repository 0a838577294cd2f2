import type { Plugin } from 'vite';

/**
 * All styles in one file, which a reader fetches once: some thirty small ones a page cost seconds on a slow line, and what a figure brought
 * late could come after what it is to give way to. Astro bundles pages and scripts apart from each other: a stylesheet that the pages
 * have is left out of the scripts' bundle.
 */
export function oneStylesheet(): Plugin {
  const ofPages = new Set<string>();
  return {
    name: 'one-stylesheet',
    apply: 'build',
    enforce: 'pre',
    config: () => ({ build: { cssCodeSplit: false } }),
    transform: {
      filter: { id: /\.css$/ },
      handler(_, id) {
        if (this.environment.name !== 'client') ofPages.add(id);
        else if (ofPages.has(id)) return { code: '', map: null };
        return null;
      },
    },
  };
}
