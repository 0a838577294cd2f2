/**
 * A service worker that ends the site's service worker: takes its place at once, throws away what it keeps and signs itself off.
 * Open pages go on, with the network alone. It is what a site without one serves under its address, `npm run dev` and a build with
 * `KILL_SERVICE_WORKER=1`, because a browser that has one asks there for a newer one with every page.
 */
export const noServiceWorker = `addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(end()));
async function end() {
  // Other sites of this server may have caches of their own.
  for (const name of await caches.keys()) if (name.endsWith(registration.scope)) await caches.delete(name);
  await registration.unregister();
}
`;
