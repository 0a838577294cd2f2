import { type ShippedName, shippedNetworks } from './networks.ts';

/** Where a stepper stands: its digit (in the sample's test images), its network, and the steps done. */
export interface PlaceInPass {
  readonly digit: number;
  readonly network: ShippedName;
  readonly step: number;
}

const MOST = 9999;

/** What the page's address says of it; whatever is wrong in the address is left out. */
export function readPlace(hash: string = location.hash): Partial<PlaceInPass> {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const whole = (name: string) => {
    const text = parameters.get(name) ?? '';
    return /^\d{1,4}$/.test(text) ? { [name]: Math.min(MOST, Number(text)) } : {};
  };
  const network = shippedNetworks.find(({ name }) => name === parameters.get('network'));
  return { ...whole('digit'), ...whole('step'), ...(network && { network: network.name }) };
}

/** Puts the place into the address, so that it can be shared; the history of the tab is left as it is. */
export function writePlace({ digit, network, step }: PlaceInPass): void {
  history.replaceState(null, '', `#digit=${digit}&network=${network}&step=${step}`);
}
