import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { rehypeFocusableFormulas } from './src/build/focusable-formulas.ts';
import { remarkChapterImports } from './src/build/chapter-imports.ts';
import { remarkLiveFences } from './src/build/live-fences.ts';
import { embedRoutes } from './src/build/embed-routes.ts';
import { near } from './src/build/near.ts';
import { oneStylesheet } from './src/build/one-stylesheet.ts';
import { searchIndex } from './src/build/search-index.ts';
import { touched } from './src/build/touched.ts';
import { texOptions } from './src/lib/notation.ts';

/** Formulas are laid out while the site is built: the page needs KaTeX's styles and fonts, none of its code. */
const processor = unified({
  remarkPlugins: [remarkMath, remarkLiveFences, remarkChapterImports],
  rehypePlugins: [
    [rehypeKatex, { ...texOptions, macros: { ...texOptions.macros } }],
    rehypeFocusableFormulas,
  ],
});

/** Of KaTeX's fonts, those that have been cut down (scripts/site/build-fonts.ts) stand for the whole ones. */
const cutFonts = fileURLToPath(new URL('src/styles/fonts/', import.meta.url));
const cutFormulaFonts = readdirSync(cutFonts)
  .filter((name) => name.startsWith('KaTeX_'))
  .map((name) => ({ find: `fonts/${name}`, replacement: `${cutFonts}${name}` }));

/** What every page asks for comes as one file: by itself each of its nine parts would be less than the headers and turns it costs. */
const ofEveryPage = {
  name: 'every-page',
  test: /node_modules\/@?preact\/|vite\/preload-helper|src\/state\/(?:.*\/)?(?:storage|theme|exercises|translation)\.ts$/,
};

export default defineConfig({
  base: process.env.SITE_BASE || '/',
  trailingSlash: 'always',
  output: 'static',
  devToolbar: { enabled: false },
  integrations: [
    mdx(),
    preact(),
    near(),
    touched(),
    embedRoutes('src/layouts/EmbedLayout.astro'),
    searchIndex(),
  ],
  markdown: { processor, syntaxHighlight: 'prism' },
  // Nothing is inlined as a data: address, which the policy below would refuse for fonts.
  vite: {
    build: { assetsInlineLimit: 0 },
    plugins: [oneStylesheet()],
    resolve: { alias: cutFormulaFonts },
    environments: {
      client: { build: { rolldownOptions: { output: { codeSplitting: { groups: [ofEveryPage] } } } } },
    },
  },
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'none'",
      ],
      // The fast kernels and the search are WebAssembly.
      scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"] },
      // KaTeX places its boxes by style attributes; style elements stay bound to their hashes.
      styleDirective: { resources: ["'self'", { resource: "'unsafe-inline'", kind: 'attribute' }] },
    },
  },
});
