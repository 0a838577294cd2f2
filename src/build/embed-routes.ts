import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AstroIntegration } from 'astro';
import { embeds } from '../state/site/embeds.ts';
import { shellPath } from './chapter-imports.ts';

/**
 * Each figure of the table `embeds` alone, at `embed/NAME/`. Each is a page of its own, written for the build, and no page for
 * all of them: so it brings the styles and scripts of its figure only.
 *
 * @param layout of these pages, from the root
 * @throws Error where a figure's shell is not there
 */
export function embedRoutes(layout: string): AstroIntegration {
  return {
    name: 'embed-routes',
    hooks: {
      'astro:config:setup': ({ createCodegenDir, injectRoute }) => {
        const folder = createCodegenDir();
        mkdirSync(folder, { recursive: true });
        for (const [name, { shell, props = {} }] of Object.entries(embeds)) {
          const path = shellPath(shell);
          if (!path)
            throw new Error(`The figure ${name} is to be <${shell}>, and there is no ${shell}.astro.`);
          const entrypoint = new URL(`${name}.astro`, folder);
          const page = [
            '---',
            `import EmbedLayout from ${JSON.stringify(resolve(layout))};`,
            `import Figure from ${JSON.stringify(path)};`,
            '---',
            `<EmbedLayout name="${name}"><Figure {...${JSON.stringify(props)}} /></EmbedLayout>`,
          ];
          writeFileSync(entrypoint, page.join('\n'));
          injectRoute({ pattern: `/embed/${name}/`, entrypoint });
        }
      },
    },
  };
}
