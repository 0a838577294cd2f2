import { cosine, sine } from '../../nn/elementary.ts';

/** A stroke's points in a square of side 1 in which a digit fits, origin top left; a smooth curve goes through them. */
export type Path = readonly (readonly [number, number])[];

/** What a way of writing asks of the hand that writes it. */
export interface Hand {
  /** Where a joint is this time: from `low` to `high`, each hand at its own place, every time a little beside it. */
  readonly vary: (low: number, high: number) => number;
  /** How a ring ends, from −1 to 1: below 0 short of where it began, above 0 past it. */
  readonly closing: number;
}

/** One way in which people write one character: strokes whose joints each hand has at places of its own. */
export interface Way {
  readonly name: string;
  /** How common it is beside the other ways of the same character. */
  readonly share: number;
  readonly draw: (hand: Hand) => Path[];
}

/** @param share of the writers who write it so, among the ways of one digit */
export function way(name: string, share: number, draw: Way['draw']): Way {
  return { name, share, draw };
}

/** A corner: a point met twice, where the curve does not round off. */
export const corner = (x: number, y: number): Path => [
  [x, y],
  [x, y],
];

const DEGREES_A_POINT = 30;

/**
 * Points along an ellipse. Angles in degrees: 0 is to the right, 90 below, −90 above.
 *
 * @param sweep how far it turns: above 0 clockwise, below 0 against the clock
 * @param end what the radii have come to at the end, as a share of those at the beginning: a spiral
 */
export function arc(
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  from: number,
  sweep: number,
  end = 1,
): Path {
  const steps = Math.max(2, Math.ceil(Math.abs(sweep) / DEGREES_A_POINT));
  return Array.from({ length: steps + 1 }, (_, n) => {
    const share = n / steps;
    const angle = ((from + share * sweep) * Math.PI) / 180;
    const size = 1 + share * (end - 1);
    return [cx + rx * size * cosine(angle), cy + ry * size * sine(angle)] as const;
  });
}

/** A ring from an angle, begun at `from` and closed as the hand closes rings: against the clock unless told otherwise. */
export function ring(
  { closing }: Hand,
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  from: number,
  clockwise = false,
): Path {
  const sweep = 355 + 22 * closing;
  return arc(cx, cy, rx, ry, from, clockwise ? sweep : -sweep, 1 - 0.06 * Math.max(0, closing));
}
