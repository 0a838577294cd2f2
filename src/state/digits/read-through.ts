import { type ReadonlySignal, computed, signal } from '@preact/signals';
import type { Network } from '../../lib/nn/network.ts';
import { type Trace, traceReading } from '../../lib/nn/trace.ts';
import { loadNetwork } from '../site/networks.ts';
import type { Drawing } from './drawing.ts';

/**
 * The drawing's way through a network, anew with every stroke: forward only, for nobody has labelled it.
 *
 * @param network one that learns nothing any more: its weights are read once
 */
export function passOf(
  drawing: Drawing,
  network: () => Network | undefined,
): ReadonlySignal<Trace | undefined> {
  let last: { readonly reader: Network; readonly traced: Trace } | undefined;
  return computed(() => {
    const [reader, image] = [network(), drawing.preparation.value?.[drawing.way.value].image];
    if (!reader || !image) return undefined;
    const one = { count: 1, width: image.length, values: image, labels: new Uint8Array(1) };
    const before = last?.reader === reader ? last.traced : undefined;
    const traced = traceReading(reader, one, 0, { before });
    last = { reader, traced };
    return traced;
  });
}

/** Its way through the network of the chapters, which is fetched for it. */
export function createReadThrough(drawing: Drawing) {
  const network = signal<Network | undefined>(undefined);
  const pass = passOf(drawing, () => network.value);
  return {
    pass,
    /** Fetches the network; where it cannot be had the map stays empty, and the pad says why. */
    async begin(): Promise<void> {
      network.value = (await loadNetwork('original').catch(() => undefined))?.network;
    },
  };
}
