import { addRoute, matchPrecache, precache } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';
import type { Answers, Question } from './conversation.ts';

/*
 * The site on the reader's device. One build has one version of this program, with a list of its files
 * (scripts/site/add-service-worker.ts), and keeps all of them before it serves any page.
 *
 * What carries its content in its name comes from the device. All else (pages, networks, kernels) comes from the network, and from the
 * device where the network fails or is slow: so nobody stays with an old build while there is a new one to be had. A new version
 * waits until no page of the old one is open, and leaves the old files alone until then.
 */

/** Written in front of this program when the site is built. */
declare const SITE: {
  readonly version: string;
  /** Addresses from the site's own; without a revision where the name says what is in it. */
  readonly kept: readonly { readonly url: string; readonly revision: string | null }[];
  /** The whole set of digits: megabytes that are kept once somebody has asked for them. */
  readonly whenAsked: readonly string[];
};

declare const self: ServiceWorkerGlobalScope;

/** So long may the network be silent before the reader gets what is on the device. */
const PATIENCE_SECONDS = 3;

const { scope } = self.registration;
/** Other sites of this server may have caches of their own. */
const DIGITS_CACHE = `digits-${scope}`;

const absolute = (url: string) => new URL(url, scope).href;
const changing = new Set(
  SITE.kept.filter(({ revision }) => revision !== null).map(({ url }) => absolute(url)),
);
const whenAsked = new Set(SITE.whenAsked.map(absolute));

precache([...SITE.kept]);

/** A figure alone: it is not kept, and there is nothing to be had in its place. */
const isAlone = (url: string) => url.startsWith(absolute('embed/'));

// The first route that fits is taken.
registerRoute(
  ({ url, request }) =>
    url.href.startsWith(scope) &&
    !isAlone(url.href) &&
    (request.mode === 'navigate' || changing.has(bare(url))),
  new NetworkFirst({
    networkTimeoutSeconds: PATIENCE_SECONDS,
    plugins: [
      {
        // What is kept is the build as a whole: single files of the next are not mixed into it.
        cacheWillUpdate: async () => null,
        cachedResponseWillBeUsed: async ({ request }) => kept(new URL(request.url)),
      },
    ],
  }),
);
registerRoute(({ url }) => whenAsked.has(url.href), new CacheFirst({ cacheName: DIGITS_CACHE }));
addRoute();

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([dropOldDigits(), self.clients.claim()]));
});

self.addEventListener('message', (event) => {
  const question = event.data as Question;
  const answering: Promise<Answers[Question]> =
    question === 'version' ? Promise.resolve(SITE.version) : takeOver();
  event.waitUntil(answering.then((answer) => event.ports[0].postMessage(answer)));
});

/** An address without what only the page's own script reads from it. */
function bare({ origin, pathname }: URL): string {
  return origin + pathname;
}

/** The kept file of an address; where there is none, what the site says of an address that leads nowhere. */
async function kept(url: URL): Promise<Response | undefined> {
  const found = await matchPrecache(bare(url));
  if (found) return found;
  // Servers send on to the folder; a page's links would lead astray without.
  if (changing.has(`${bare(url)}/`)) return Response.redirect(`${bare(url)}/${url.search}`);
  return matchPrecache(absolute('404.html'));
}

async function dropOldDigits(): Promise<void> {
  const cache = await caches.open(DIGITS_CACHE);
  for (const request of await cache.keys()) if (!whenAsked.has(request.url)) await cache.delete(request);
}

/** Takes the place of the older version where the page that asks is the only one: any other may still need its files. */
async function takeOver(): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // The frame in which cells run is a window too, and part of a page; so is that of a figure alone.
  const pages = windows.filter(
    ({ url }) => url.startsWith(scope) && url !== absolute('cells/frame.html') && !isAlone(url),
  );
  if (pages.length > 1) return false;
  await self.skipWaiting();
  return true;
}
