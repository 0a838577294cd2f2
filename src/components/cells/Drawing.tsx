import '../figures/Chart.css';
import './Drawing.css';
import { type VNode, h } from 'preact';
import type { Mark } from '../../sandbox/protocol.ts';
import { saneMark } from '../../state/cells/sane-mark.ts';
import { ScrollBox } from '../figures/ScrollBox.tsx';

/** What a cell has drawn: built anew, mark by mark, of those that can only be looked at. */
export function Drawing({ root }: { root: Mark }) {
  const sane = saneMark(root);
  if (!sane) return <p class="quiet">This drawing has nothing in it that can be shown.</p>;
  return (
    <ScrollBox label="A chart that the cell drew">
      <div class="chart cell-drawing notranslate">{elementOf(sane, 0)}</div>
    </ScrollBox>
  );
}

function elementOf({ tag, attributes, children }: Mark, key: number): VNode {
  const properties = { ...Object.fromEntries(attributes), key };
  return h(
    tag,
    properties,
    children.map((child, n) => (typeof child === 'string' ? child : elementOf(child, n))),
  ) as VNode;
}
