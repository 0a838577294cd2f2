import { ensureSite, SITE_DIRECTORY, siteBase } from './build.ts';
import { serveSite } from './site/serve.ts';

/** The port of `npm start` where PORT names none; the next free one is taken where it is in use. */
const DEFAULT_PORT = 4321;

/** `npm start`: builds what is missing or stale, serves the site until it is interrupted. */
async function start(): Promise<void> {
  const port = readPort(process.env['PORT']);
  await ensureSite();
  const host = process.env['HOST'] || 'localhost';
  const site = await serveSite({ directory: SITE_DIRECTORY, base: siteBase(), host, port });
  if (port !== 0 && site.port !== port) console.log(`Port ${port} is taken.`);
  console.log(`\n  Backprop by Hand: ${site.url}\n  Ctrl-C stops it.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void site.close().then(() => process.exit(0)));
  }
}

function readPort(text: string | undefined): number {
  if (!text) return DEFAULT_PORT;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new Error(`PORT must be a whole number from 0 to 65535, not "${text}".`);
  }
  return port;
}

await start().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
