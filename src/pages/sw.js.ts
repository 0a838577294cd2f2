import { noServiceWorker } from '../build/no-service-worker.ts';

/** Until scripts/site/add-service-worker.ts puts the real one in its place. */
export function GET(): Response {
  return new Response(noServiceWorker, { headers: { 'Content-Type': 'text/javascript; charset=utf-8' } });
}
