import type { Answers, Question } from '../../service-worker/conversation.ts';

const NEWER = 'There is a newer version of these pages. This one goes on as it is.';

/**
 * Keeps the site on the reader's device, by the service worker that the page names, and tells of a newer version. Nothing
 * is loaded anew unless the reader says so, and a page of the older version goes on as it is. A page that does not say which
 * version it is of belongs to a site without a service worker.
 */
export async function keepOnDevice(page: Document): Promise<void> {
  const version = page.querySelector<HTMLMetaElement>('meta[name="site-version"]')?.content;
  // Who saves data is not sent megabytes unasked.
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  const place = page.querySelector<HTMLElement>('[data-service-worker]');
  if (!version || !place || connection?.saveData) return;
  // Refused where nothing may be kept.
  const registration = await navigator.serviceWorker
    .register(place.dataset['serviceWorker'] ?? '')
    .catch(() => undefined);
  if (!registration) return;

  const look = async () => {
    const worker = await newestOf(registration);
    if (!worker) return;
    if ((await ask(worker, 'version')) !== version) tellOfNewer(page, registration);
    // This page came with the worker that waits: no other page may need the older one.
    else if (worker === registration.waiting) await ask(worker, 'take over');
  };
  // The server is out of reach, or the worker has gone: there will be another look.
  const lookInPassing = () => void look().catch(() => {});
  registration.addEventListener('updatefound', lookInPassing);
  page.addEventListener('visibilitychange', () => {
    if (page.visibilityState === 'visible' && navigator.onLine) lookInPassing();
  });
  await navigator.serviceWorker.ready;
  place.hidden = false;
  lookInPassing();
}

/** The newest service worker that the server has, installed; undefined while it cannot be asked. */
async function newestOf(registration: ServiceWorkerRegistration): Promise<ServiceWorker | undefined> {
  await registration.update();
  const { installing } = registration;
  if (installing) await installed(installing);
  return registration.waiting ?? registration.active ?? undefined;
}

function installed(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state !== 'installing') resolve();
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

function tellOfNewer(page: Document, registration: ServiceWorkerRegistration): void {
  const place = page.querySelector<HTMLElement>('[data-newer]');
  if (!place?.hidden) return;
  place.hidden = false;
  const [sentence] = place.querySelectorAll('p');
  const [load, goOn] = place.querySelectorAll('button');
  // Spoken where it comes into what is there already.
  requestAnimationFrame(() => {
    if (sentence) sentence.textContent = NEWER;
  });
  load?.addEventListener('click', () => void loadNewer(registration));
  goOn?.addEventListener('click', () => place.remove());
}

async function loadNewer({ waiting }: ServiceWorkerRegistration): Promise<void> {
  const taken = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
  });
  if (waiting && (await ask(waiting, 'take over'))) await taken;
  location.reload();
}

function ask<Q extends Question>(worker: ServiceWorker, question: Q): Promise<Answers[Q]> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<Answers[Q]>) => resolve(data);
    worker.postMessage(question, [port2]);
  });
}
