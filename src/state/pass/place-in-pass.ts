import { type Cell, quantities } from '../../lib/nn/origin.ts';
import { type NetworkName, isNetworkName } from '../site/networks.ts';

/** Where a stepper stands: its digit (in the sample's test images), its network, the steps done, the number opened. */
export interface PlaceInPass {
  readonly digit: number;
  readonly network: NetworkName;
  readonly step: number;
  readonly cell: Cell | undefined;
}

const MOST = 9999;

/** What the page's address says of it; whatever is wrong in the address is left out. */
export function readPlace(hash: string = location.hash): Partial<PlaceInPass> {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const whole = (name: string) => {
    const text = parameters.get(name) ?? '';
    return /^\d{1,4}$/.test(text) ? { [name]: Math.min(MOST, Number(text)) } : {};
  };
  const network = parameters.get('network');
  const cell = readCell(parameters.get('cell') ?? '');
  return {
    ...whole('digit'),
    ...whole('step'),
    ...(isNetworkName(network) && { network }),
    ...(cell && { cell }),
  };
}

/** Puts the place into the address, so that it can be shared; the history of the tab is left as it is. */
export function writePlace({ digit, network, step, cell }: PlaceInPass): void {
  const opened = cell ? `&cell=${cell.quantity}.${cell.layer}.${cell.row}.${cell.column}` : '';
  history.replaceState(null, '', `#digit=${digit}&network=${network}&step=${step}${opened}`);
}

function readCell(text: string): Cell | undefined {
  const [, name, ...numbers] = /^(\w+)\.(\d{1,2})\.(\d{1,4})\.(\d{1,4})$/.exec(text) ?? [];
  const quantity = quantities.find((each) => each === name);
  const [layer, row, column] = numbers.map(Number);
  return quantity && { quantity, layer: layer!, row: row!, column: column! };
}
