import type { AstroIntegration } from 'astro';

declare module 'astro' {
  interface AstroClientDirectives {
    'client:near'?: boolean;
  }
}

/** Gives islands the directive `client:near`, which src/state/page/near.ts carries out. */
export function near(): AstroIntegration {
  return {
    name: 'near',
    hooks: {
      'astro:config:setup': ({ addClientDirective }) =>
        addClientDirective({ name: 'near', entrypoint: './src/state/page/near.ts' }),
    },
  };
}
