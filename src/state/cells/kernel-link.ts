import plotAddress from '../../sandbox/plot.ts?worker&url';
import programAddress from '../../sandbox/worker.ts?worker&url';
import type { FromKernel, ToKernel } from '../../sandbox/protocol.ts';
import { address } from '../site/address.ts';

/** A kernel that runs: what can be said to it. */
export interface KernelLink {
  readonly post: (message: ToKernel, transfer?: Transferable[]) => void;
  readonly end: () => void;
}

/** Milliseconds in which a kernel has to have come to life. */
const PATIENCE = 15_000;

let framing: Promise<MessagePort> | undefined;
const texts = new Map<string, Promise<string>>();

/**
 * Starts a kernel in the page's frame for cells, in the place of the last one. Of what the site serves it gets texts and
 * data, never an address.
 *
 * @throws Error that says why there is none; a later call tries again
 */
export async function startKernel(heard: (message: FromKernel) => void): Promise<KernelLink> {
  const [control, program] = await Promise.all([openFrame(), fetchText(programAddress)]);
  const { port1: port, port2: theirs } = new MessageChannel();
  const end = () => {
    port.close();
    control.postMessage(null);
  };
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string) => {
      end();
      closeFrame();
      reject(new Error(`the cells could not be started: ${reason}`));
    };
    const timer = setTimeout(() => fail('their frame does not answer'), PATIENCE);
    control.onmessage = ({ data }: MessageEvent<string>) => fail(data);
    port.onmessage = ({ data }: MessageEvent<FromKernel>) => {
      if (data?.kind !== 'ready') return heard(data);
      clearTimeout(timer);
      control.onmessage = null;
      resolve();
    };
    control.postMessage(program, [theirs]);
  });
  return { post: (message, transfer = []) => port.postMessage(message, transfer), end };
}

/** The program of Plot, which a kernel asks for when a cell names it. */
export function plotProgram(): Promise<string> {
  return fetchText(plotAddress);
}

function openFrame(): Promise<MessagePort> {
  framing ??= new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.src = address('cells/frame.html');
    frame.title = 'Where cells run';
    frame.hidden = true;
    frame.addEventListener('load', () => {
      const { port1, port2 } = new MessageChannel();
      frame.contentWindow!.postMessage(null, location.origin, [port2]);
      resolve(port1);
    });
    document.body.append(frame);
  });
  return framing;
}

/** After a failure the next kernel gets a new one. */
function closeFrame(): void {
  framing = undefined;
  for (const frame of document.querySelectorAll('iframe[title="Where cells run"]')) frame.remove();
}

/** A file of the site as text, fetched once. */
function fetchText(file: string): Promise<string> {
  const known = texts.get(file);
  if (known) return known;
  const fetching = fetch(file).then(
    (response) => {
      if (!response.ok) throw new Error(`the server answered ${response.status}.`);
      return response.text();
    },
    () => {
      throw new Error('a file could not be fetched: is the connection there?');
    },
  );
  texts.set(file, fetching);
  fetching.catch(() => texts.delete(file));
  return fetching;
}
