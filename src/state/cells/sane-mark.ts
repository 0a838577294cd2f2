import type { Mark } from '../../sandbox/protocol.ts';

/** What can only be looked at: no element that loads, links, runs, or is written into. */
const TAGS = new Set([
  ...[
    'svg',
    'g',
    'path',
    'line',
    'rect',
    'circle',
    'ellipse',
    'polyline',
    'polygon',
    'text',
    'tspan',
    'title',
  ],
  ...['defs', 'clipPath', 'linearGradient', 'stop', 'figure', 'figcaption', 'h2', 'h3', 'div', 'span'],
]);

const ATTRIBUTES = new Set([
  ...[
    'aria-hidden',
    'clip-path',
    'cx',
    'cy',
    'd',
    'dx',
    'dy',
    'fill',
    'fill-opacity',
    'fill-rule',
    'font-family',
  ],
  ...[
    'font-size',
    'font-variant',
    'font-weight',
    'gradientTransform',
    'gradientUnits',
    'height',
    'id',
    'offset',
  ],
  ...[
    'opacity',
    'paint-order',
    'points',
    'r',
    'rotate',
    'rx',
    'ry',
    'shape-rendering',
    'stop-color',
    'stroke',
  ],
  ...['stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'stroke-miterlimit', 'stroke-opacity'],
  ...[
    'stroke-width',
    'style',
    'text-anchor',
    'transform',
    'viewBox',
    'width',
    'x',
    'x1',
    'x2',
    'y',
    'y1',
    'y2',
  ],
]);

/** Of a style: what cannot lay anything over the page. */
const STYLES = new Set([
  ...[
    'background',
    'color',
    'fill',
    'font',
    'font-size',
    'font-style',
    'font-variant',
    'font-weight',
    'height',
  ],
  ...['line-height', 'max-width', 'mix-blend-mode', 'opacity', 'stroke', 'stroke-width', 'text-anchor'],
  ...['vertical-align', 'white-space', 'width'],
]);

/** Names in a cell's drawing are told from those of the page by this. */
const OWN = 'cell-';

const MOST_DEPTH = 40;

/**
 * A drawing that came out of a cell, without all that is not known to be harmless: its elements, attributes and styles are
 * picked out of lists. It may be anything.
 */
export function saneMark(mark: unknown, depth = 0): Mark | undefined {
  const { tag, attributes, children } = (mark ?? {}) as Partial<Mark>;
  if (typeof tag !== 'string' || !TAGS.has(tag) || depth > MOST_DEPTH) return undefined;
  return {
    tag,
    attributes: listOf(attributes).flatMap((pair) => saneAttribute(listOf(pair))),
    children: listOf(children).flatMap((child): (Mark | string)[] => {
      const sane = typeof child === 'string' ? child : saneMark(child, depth + 1);
      return sane === undefined ? [] : [sane];
    }),
  };
}

function saneAttribute([name, value]: readonly unknown[]): [string, string][] {
  if (typeof name !== 'string' || typeof value !== 'string' || !ATTRIBUTES.has(name)) return [];
  if (name === 'id') return [[name, OWN + value]];
  if (name === 'style') return [[name, saneStyle(value)]];
  const sane = saneValue(value);
  return sane === undefined ? [] : [[name, sane]];
}

/** What names something else may name only a part of a cell's drawing. */
function saneValue(value: string): string | undefined {
  if (!/url\s*\(|image|\\/i.test(value)) return value;
  const own = /^url\(["']?#([\w-]+)["']?\)$/.exec(value)?.[1];
  return own === undefined ? undefined : `url(#${OWN}${own})`;
}

function saneStyle(style: string): string {
  const kept = style.split(';').filter((each) => {
    const [name, value = ''] = each.split(':').map((part) => part.trim());
    return STYLES.has(name) && saneValue(value) === value;
  });
  return kept.join(';');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
