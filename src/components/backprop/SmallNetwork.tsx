import './SmallNetwork.css';
import { useEffect, useRef } from 'preact/hooks';
import type { Cell, Quantity } from '../../lib/nn/origin.ts';
import type { ByHand } from './by-hand.ts';
import { formatNumber } from '../../explain/numbers.ts';
import { handFactors } from './hand-formula.ts';

/** Where the numbers of the drawing stand, in its units. */
const COLUMN = { x: 40, hidden: 320, output: 700 };
const ROW = [95, 255];
const HEIGHT = 350;
const WIDTH = 790;

/** A number with its place in the drawing. */
interface Placed {
  readonly cell: Cell;
  readonly x: number;
  readonly y: number;
  /** What stands before it. */
  readonly name: string;
}

/** The network as a drawing: on each edge its weight, in each unit its sum, its output and its blame; gradients below what they are of. */
export function SmallNetwork({ hand }: { hand: ByHand }) {
  const pass = hand.pass.value;
  const latest = hand.mode.value === 'watch' ? hand.latest.value : hand.next.value;
  const known = new Set(hand.blanks.value.slice(0, hand.known.value).map(({ cell }) => keyOf(cell)));
  const isBlank = new Set(hand.blanks.value.map(({ cell }) => keyOf(cell)));
  const factors = new Set(latest ? handFactors(pass, latest.cell).map(keyOf) : []);
  const drawing = useRef<SVGSVGElement>(null);
  // On a narrow screen the drawing is wider than its box: what is being worked out stays in sight.
  useEffect(() => {
    drawing.current?.querySelector('.hand-now')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [latest]);
  const look = ({ cell }: Placed) => {
    const key = keyOf(cell);
    const isHere = latest !== undefined && keyOf(latest.cell) === key;
    return {
      text: known.has(key) || !isBlank.has(key) ? formatNumber(pass.value(cell)) : isHere ? '?' : '',
      state: isHere ? 'hand-now' : factors.has(key) ? 'hand-factor' : '',
    };
  };
  return (
    <svg
      ref={drawing}
      class="hand-network"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label="Two inputs, two units, two outputs; each weight on its edge, the gradients below what they are gradients of"
    >
      {edges.map(({ weight, gradient, from, to }) => {
        const isLit = [weight, gradient].some((each) => look(each).state !== '');
        return (
          <path
            key={keyOf(weight.cell)}
            class={isLit ? 'hand-edge hand-edge-lit' : 'hand-edge'}
            d={`M${from[0]} ${from[1]}L${to[0]} ${to[1]}`}
          />
        );
      })}
      {units.map(({ x, y, width, height }) => (
        <rect key={`${x} ${y}`} class="hand-unit" x={x} y={y} width={width} height={height} rx={6} />
      ))}
      {placed.map((each) => {
        const { text, state } = look(each);
        return <NumberAt key={keyOf(each.cell)} placed={each} text={text} state={state} />;
      })}
    </svg>
  );
}

function NumberAt({
  placed: { cell, x, y, name },
  text,
  state,
}: {
  placed: Placed;
  text: string;
  state: string;
}) {
  const isBlame = ['delta', 'weightGradient', 'biasGradient', 'activationGradient'].includes(cell.quantity);
  if (text === '' && isBlame) return null;
  return (
    <g transform={`translate(${x} ${y})`} class={`hand-number ${isBlame ? blameOf(text) : ''} ${state}`}>
      <rect x={-36} y={-11} width={72} height={22} rx={4} />
      <text y={5}>
        <tspan class="hand-name">{name} </tspan>
        {text}
      </text>
    </g>
  );
}

const blameOf = (text: string) => (text.startsWith('−') ? 'hand-blame hand-blame-low' : 'hand-blame');

const at = (quantity: Quantity, layer: number, row: number, column = 0): Cell => ({
  quantity,
  layer,
  row,
  column,
});
const keyOf = ({ quantity, layer, row, column }: Cell) => `${quantity} ${layer} ${row} ${column}`;

const columns = [COLUMN.x, COLUMN.hidden, COLUMN.output];

/** An edge into each unit from each of those before it; its weight stands near the unit that it comes from. */
const edges = [1, 2].flatMap((layer) =>
  ROW.flatMap((toY, row) =>
    ROW.map((fromY, column) => {
      const from = [columns[layer - 1] + (layer === 1 ? 38 : 84), fromY];
      const to = [columns[layer] - (layer === 1 ? 84 : 84), toY];
      const share = row === column ? 0.5 : 0.3;
      const [x, y] = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
      const place = (quantity: Quantity, name: string, below: number): Placed => ({
        cell: at(quantity, layer, row, column),
        x,
        y: y + below + (row === column ? (row === 0 ? -14 : 14) : 0),
        name,
      });
      return { from, to, weight: place('weight', 'W', -11), gradient: place('weightGradient', '∂W', 12) };
    }),
  ),
);

const units = [1, 2].flatMap((layer) =>
  ROW.map((y) => ({ x: columns[layer] - 84, y: y - 60, width: 168, height: 112 })),
);

/** In a unit: sum and output side by side, their blame below them, the bias and its gradient above. */
function inUnit(layer: number, row: number): Placed[] {
  const [x, y] = [columns[layer], ROW[row]];
  const number = (quantity: Quantity, name: string, dx: number, dy: number): Placed => ({
    cell: at(quantity, layer, row),
    x: x + dx,
    y: y + dy,
    name,
  });
  const output =
    layer === 1
      ? [number('activation', 'a', 42, -4), number('activationGradient', '∂a', 42, 24)]
      : [number('target', 'y', 42, -4)];
  return [
    number('bias', 'b', -42, -40),
    number('biasGradient', '∂b', 42, -40),
    number('preActivation', 'z', -42, -4),
    number('delta', 'δ', -42, 24),
    ...output,
  ];
}

const placed: readonly Placed[] = [
  ...ROW.map((y, row): Placed => ({ cell: at('activation', 0, row), x: COLUMN.x, y, name: 'x' })),
  ...edges.flatMap(({ weight, gradient }) => [weight, gradient]),
  ...[1, 2].flatMap((layer) => ROW.flatMap((_, row) => inUnit(layer, row))),
];
