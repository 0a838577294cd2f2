import * as Plot from '@observablehq/plot';

/* Fetched when a cell first names Plot. It draws into the document of the `window` that the kernel has made for it. */
Object.defineProperty(globalThis, 'Plot', { value: Plot, writable: true, configurable: true });
