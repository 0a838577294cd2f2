import { createHash } from 'node:crypto';

/*
 * The frame in which cells run: a helper file from the site, and in it a frame without an origin, whose only work is to
 * start a worker and to end it.
 *
 * Two frames, because neither alone would do. One that is sandboxed cannot be a file: browsers refuse it where the site
 * is isolated, and no cache of the site's would serve it. One that the page itself writes would be bound by the page's policy,
 * which allows no worker and no import of what a reader has written. So the page frames the helper, whose own policy allows
 * just that and nothing else, and what the helper writes inherits this policy. Neither ever sees an address of the
 * site's: the worker's program comes to them as text.
 */

/** In the frame without an origin: `program` starts a worker in the place of the last one, nothing ends it. */
const INNER = `
addEventListener('message', ({ ports: [control] }) => {
  let worker;
  control.onmessage = ({ data: program, ports }) => {
    worker?.terminate();
    worker = undefined;
    if (!program) return;
    const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
    worker = new Worker(address);
    worker.onerror = ({ message }) => control.postMessage(message || 'the worker could not be started');
    worker.postMessage(null, ports);
  };
}, { once: true });
`;

const INNER_PAGE = `<!doctype html><title>Cells</title><script>${INNER}</script>`;

/** In the helper: hands the page's port on to the frame that it has made. */
const OUTER = `
const frame = document.createElement('iframe');
frame.sandbox = 'allow-scripts';
frame.srcdoc = ${JSON.stringify(INNER_PAGE).replaceAll('</', '<\\/')};
const loaded = new Promise((resolve) => { frame.onload = resolve; });
document.documentElement.append(frame);
addEventListener('message', async ({ source, origin, ports }) => {
  if (source !== parent || origin !== location.origin) return;
  await loaded;
  frame.contentWindow.postMessage(null, '*', ports);
}, { once: true });
`;

const POLICY = [
  "default-src 'none'",
  "frame-src 'self'",
  `script-src ${hashOf(OUTER)} ${hashOf(INNER)} blob: 'wasm-unsafe-eval'`,
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The helper, whole. */
export const cellFrame = `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${POLICY}" />
<title>Cells run in here</title>
<script>${OUTER}</script>
</html>
`;

/** As a policy names a script. */
function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}
