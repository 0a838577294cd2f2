import { type QuantityName, notation } from '../lib/notation.ts';
import type { Cell, Quantity } from '../lib/nn/origin.ts';
import { factorsOf } from '../lib/nn/origin.ts';
import type { Trace } from '../lib/nn/trace.ts';
import { usualLayers } from '../lib/training/usual-layers.ts';
import { type CellPicture, cellPicture, pictureSize, usualShape } from './cell-picture.ts';
import { largestSize } from './contributions.ts';
import { quantityName } from './names.ts';
import { formatCount, formatNumber } from './numbers.ts';

/** All the numbers of one quantity in one layer: a part of the map. */
export interface MapPart {
  readonly quantity: Quantity;
  readonly layer: number;
  readonly kind: 'picture' | 'mosaic' | 'matrix' | 'strip' | 'number';
  /** Whether each of its numbers stands for a digit. */
  readonly isOutput: boolean;
}

/** What stands above one another in the map: what forward left there, and below it the blame for it. */
export interface MapColumn {
  readonly above: readonly MapPart[];
  readonly below: readonly MapPart[];
}

/**
 * Which way the map has come: there is no row of blame where nothing is to be blamed; a pass that is charged for its weights has the
 * gradients of that in it.
 */
export type MapScope = 'reading' | 'forward' | 'backward' | 'charged';

/** Whether a map has a row of blame. */
export function isBackward(scope: MapScope): boolean {
  return scope === 'backward' || scope === 'charged';
}

const usualSizes = { depth: usualLayers.length - 1, shape: usualShape };

/** A pass of the network of the chapters, before there is one: what its map has in it. */
const usual = (scope: MapScope) => ({
  ...usualSizes,
  has: (quantity: Quantity, layer: number) =>
    (quantity !== 'penaltyGradient' || scope === 'charged') &&
    ((layer > 0 && layer < usualSizes.depth) ||
      (quantity !== 'activationSlope' && quantity !== 'activationGradient')),
});

/**
 * The whole network from left to right: the input; weights, biases, sums and activations of each layer; the label and the
 * loss. In the row below, for a pass that went back: the gradients of each, under what they are gradients of.
 */
export function mapColumns(pass: Trace | undefined, scope: MapScope): MapColumn[] {
  const { depth, shape, has } = pass ? inPass(pass) : usual(scope);
  const part = (quantity: Quantity, layer: number): MapPart => ({
    quantity,
    layer,
    kind: kindOf(quantity, shape(quantity, layer)),
    isOutput: quantity === 'activation' && layer === depth,
  });
  const below = (layer: number, ...of: Quantity[]) =>
    isBackward(scope) ? of.filter((each) => has(each, layer)).map((each) => part(each, layer)) : [];
  const columns: MapColumn[] = [{ above: [part('activation', 0)], below: below(0, 'activationGradient') }];
  for (let layer = 1; layer <= depth; layer++) {
    columns.push(
      { above: [part('weight', layer)], below: below(layer, 'weightGradient', 'penaltyGradient') },
      { above: [part('bias', layer)], below: below(layer, 'biasGradient') },
      { above: [part('preActivation', layer)], below: below(layer, 'delta') },
      { above: [part('activation', layer)], below: below(layer, 'activationSlope', 'activationGradient') },
    );
  }
  if (scope === 'reading') return columns;
  return [
    ...columns,
    { above: [part('target', depth)], below: [] },
    { above: [part('loss', depth)], below: [] },
  ];
}

function inPass(pass: Trace): ReturnType<typeof usual> {
  return {
    depth: pass.depth,
    shape: (quantity, layer) => pass.shape(quantity, layer),
    has: (quantity, layer) => pass.steps.some((step) => step.quantity === quantity && step.layer === layer),
  };
}

function kindOf(quantity: Quantity, [rows, columns]: readonly [number, number]): MapPart['kind'] {
  if (quantity === 'loss') return 'number';
  if (columns === 784) return 'mosaic';
  if (columns > 1) return 'matrix';
  return rows === 784 ? 'picture' : 'strip';
}

/** The size of a part's picture in squares, also before its numbers are there. Vectors stand upright. */
export function mapPictureSize(
  pass: Trace | undefined,
  { quantity, layer, kind }: MapPart,
): { rows: number; columns: number } {
  const { rows, columns } = pictureSize(pass ? pass.shape(quantity, layer) : usualShape(quantity, layer));
  return kind === 'strip' ? { rows: columns, columns: rows } : { rows, columns };
}

/** The numbers of a part as its picture has them. */
export function mapPicture(pass: Trace, part: MapPart): CellPicture {
  const picture = cellPicture(pass, part.quantity, part.layer);
  return { ...picture, ...mapPictureSize(pass, part) };
}

/** What a part is called in formulas, also before there is a pass. */
export function mapLetter(pass: Trace | undefined, { quantity, layer }: MapPart): QuantityName {
  if (pass) return quantityName(pass, quantity, layer);
  if (quantity !== 'activation') return quantity;
  return layer === 0 ? 'input' : layer === usualSizes.depth ? 'probability' : 'activation';
}

/** Which parts the numbers of a part are made from, each once. */
export function sourcesOf(pass: Trace, { quantity, layer }: Pick<Cell, 'quantity' | 'layer'>): string[] {
  const origin = pass.origin({ quantity, layer, row: 0, column: 0 });
  if (origin.kind === 'given') return [];
  return [...new Set(factorsOf(origin).map(partKey))];
}

export function partKey({ quantity, layer }: Pick<Cell, 'quantity' | 'layer'>): string {
  return `${quantity} ${layer}`;
}

/** What a part is, for those who do not see it. @param mask dropout's, of its units */
export function describePart(
  pass: Trace,
  { quantity, layer }: Pick<Cell, 'quantity' | 'layer'>,
  mask?: ArrayLike<number>,
): string {
  const { spoken, layered } = notation[quantityName(pass, quantity, layer)];
  const values = pass.values(quantity, layer);
  const name = `${spoken.charAt(0).toUpperCase()}${spoken.slice(1)}${layered ? ` of layer ${layer}` : ''}`;
  return `${name}: ${formatCount(values.length)} values, up to ${formatNumber(largestSize(values))} in size.${mask ? ` Units dropped: ${Array.from(mask).filter((kept) => kept === 0).length}.` : ' The arrow keys move along them, Enter opens one.'}`;
}
