import { registerHooks } from 'node:module';

/** Node loads the site's modules as they are; what Vite would write in place of `import.meta.env` is written here. */
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith('/src/state/site/address.ts')) return loaded;
    return { ...loaded, source: String(loaded.source).replace('import.meta.env.BASE_URL', "'/'") };
  },
});
