import { formatNumber } from '../../explain/numbers.ts';
import './PathNetwork.css';
import type { WeightPaths } from './path-explorer.ts';

/** Lines drawn at most: more of them are a grey cloud. */
const DRAWN = 24;
const HEIGHT = 330;
const columns = { pixel: 12, first: 110, second: 230, output: 350 };
const second = (unit: number) => 10 + unit * 10;
const output = (unit: number) => 25 + unit * 31;
const MIDDLE = HEIGHT / 2;

/** The largest paths of a weight, drawn on the network: their width is the size of the product, their colour its sign. */
export function PathNetwork({ paths }: { paths: WeightPaths }) {
  const open = paths.lines.filter(({ closedIn, product }) => closedIn.length === 0 && product !== 0);
  const drawn = open.slice(0, DRAWN);
  const most = Math.abs(drawn[0]?.product ?? 1);
  const mostKept = Math.max(...paths.kept.map(Math.abs));
  const width = (product: number) => 0.6 + 5 * (Math.abs(product) / most);
  return (
    <svg
      class="path-network notranslate"
      viewBox={`0 0 400 ${HEIGHT}`}
      role="img"
      aria-label={`The ${drawn.length} largest of them on the network, from the pixel to the loss`}
    >
      <path class="path-stem" d={`M${columns.pixel} ${MIDDLE}H${columns.first}`} />
      {drawn.toReversed().map(({ units, product }) => {
        const [, inSecond, inOutput] = units;
        const to = inSecond === undefined ? '' : `L${columns.second} ${second(inSecond)}`;
        const end = inOutput === undefined ? '' : `L${columns.output} ${output(inOutput)}L396 ${MIDDLE}`;
        return (
          <path
            key={units.join()}
            class={product < 0 ? 'path-line path-falling' : 'path-line path-rising'}
            d={`M${columns.first} ${MIDDLE}${to}${end}`}
            stroke-width={width(product)}
          />
        );
      })}
      <rect class="path-node" x={columns.pixel - 6} y={MIDDLE - 6} width={12} height={12} />
      <circle
        class={`path-node${signOf(paths.ownBlame)}`}
        cx={columns.first}
        cy={MIDDLE}
        r={paths.ownBlame === undefined ? 7 : 15}
      />
      {paths.ownBlame !== undefined && (
        <text x={columns.first} y={MIDDLE + 34} class="path-own">
          δ = {formatNumber(paths.ownBlame)}
        </text>
      )}
      {Array.from({ length: 32 }, (_, unit) => {
        const kept = paths.kept[unit];
        const sign = signOf(kept);
        const radius = kept === undefined ? 3 : 2 + 5 * Math.sqrt(Math.abs(kept) / mostKept);
        return (
          <circle
            key={unit}
            class={`path-node${sign}`}
            cx={columns.second}
            cy={second(unit)}
            r={kept === 0 ? 2 : radius}
          />
        );
      })}
      {Array.from({ length: 10 }, (_, unit) => (
        <g key={unit} class={paths.foldFrom === 3 ? '' : 'path-folded'}>
          <circle class="path-node" cx={columns.output} cy={output(unit)} r={4} />
          <text x={columns.output + 9} y={output(unit) + 4}>
            {unit}
          </text>
        </g>
      ))}
    </svg>
  );
}

function signOf(blame: number | undefined): string {
  if (!blame) return '';
  return blame < 0 ? ' path-falling' : ' path-rising';
}
