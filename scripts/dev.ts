import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare } from './site/prepare.ts';

/** `npm run dev`: makes digit data and kernels where they are missing, then hands over to Astro's own server. */
async function develop(): Promise<void> {
  await prepare();
  const astro = fileURLToPath(new URL('../node_modules/astro/bin/astro.mjs', import.meta.url));
  const server = spawn(process.execPath, [astro, 'dev', ...process.argv.slice(2)], { stdio: 'inherit' });
  server.once('exit', (code) => process.exit(code ?? 1));
  // The terminal sends Ctrl-C to Astro as well: wait until it has ended.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => server.kill());
}

await develop().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
