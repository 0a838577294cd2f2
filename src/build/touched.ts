import type { AstroIntegration } from 'astro';

declare module 'astro' {
  interface AstroClientDirectives {
    /** Islands of one name come alive together; where something is kept under it, when they come into view. */
    'client:touched'?: string;
  }
}

/** Gives islands the directive `client:touched`, which src/state/page/touched.ts carries out. */
export function touched(): AstroIntegration {
  return {
    name: 'touched',
    hooks: {
      'astro:config:setup': ({ addClientDirective }) =>
        addClientDirective({ name: 'touched', entrypoint: './src/state/page/touched.ts' }),
    },
  };
}
