import './HeatImage.css';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ColourScale } from '../../lib/notation.ts';
import { formatNumber } from '../../explain/numbers.ts';
import { themeChanges } from '../../state/page/theme.ts';

interface Props {
  /** Numbers to show, row-major; an image of nothing but paper when left out. */
  values: ArrayLike<number> | undefined;
  rows: number;
  columns: number;
  scale: ColourScale;
  /** The value that has the scale's full colour; its negative has the other end's. */
  full: number;
  /** Fills its frame, whatever the frame's proportions; squares stay square where it is left out. */
  stretched?: boolean;
  /** What the picture is, for those who do not see it. */
  label: string;
  /** Called with the number pointed at, or moved to by the arrow keys, and with nothing on leaving. */
  onPoint?: ((index: number | undefined) => void) | undefined;
  /** Called with the number clicked on, tapped, or chosen by Enter. */
  onChoose?: ((index: number) => void) | undefined;
  /** Says a number for screen readers; its place and its value when left out. */
  describe?: ((index: number) => string) | undefined;
  /** The number that is being pointed at, here or elsewhere. */
  pointed?: number | undefined;
  /** Marks over the picture, as SVG whose unit is one square. */
  children?: ComponentChildren;
}

/**
 * Numbers as a picture with crisp squares, in the colours of the theme. One that can be pointed into is a slider over its
 * numbers: the arrow keys move, and a screen reader says each.
 */
export function HeatImage(props: Props) {
  const { values, rows, columns, scale, full, label, onPoint, onChoose, pointed, children } = props;
  const { stretched = false } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef<Picture | undefined>(undefined);
  const theme = themeChanges.value;
  // Before the frame is shown: paper gets no second one.
  useLayoutEffect(() => {
    const picture = { values, rows, columns, scale, full, theme };
    if (!canvas.current || isSame(picture, painted.current)) return;
    paint(canvas.current, picture);
    painted.current = { ...picture, values: values && Float64Array.from(values) };
  }, [values, rows, columns, scale, full, theme]);

  const at = pointed ?? Math.floor((rows * columns) / 2);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      if (!onChoose) return;
      event.preventDefault();
      onChoose(at);
      return;
    }
    const next = moved(event.key, at, rows, columns);
    if (next === undefined) return;
    event.preventDefault();
    onPoint?.(next);
  };
  const under = (event: MouseEvent): number | undefined => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
    return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : undefined;
  };
  const point = (event: MouseEvent): number | undefined => {
    const index = under(event);
    if (index !== undefined) onPoint?.(index);
    return index;
  };
  const interactive = onPoint && {
    // While its numbers are on their way it keeps the focus, and there is nothing to move over yet.
    ...(values && {
      role: 'slider' as const,
      'aria-valuemin': 0,
      'aria-valuemax': rows * columns - 1,
      'aria-valuenow': at,
      'aria-valuetext': (props.describe ?? describePlace(values, rows, columns))(at),
    }),
    tabIndex: 0,
    onKeyDown: press,
    onPointerMove: point,
    onPointerDown: point,
    onPointerLeave: () => onPoint(undefined),
    onClick: (event: MouseEvent) => {
      // Again: a finger has left by now, and the focus that its tap brings points at the middle.
      const index = point(event);
      if (index !== undefined) onChoose?.(index);
    },
    onFocus: () => onPoint(at),
    onBlur: () => onPoint(undefined),
  };
  return (
    <div
      class={onPoint ? 'heat heat-live' : 'heat'}
      style={stretched ? {} : { aspectRatio: `${columns} / ${rows}` }}
    >
      <canvas ref={canvas} width={columns} height={rows} role="img" aria-label={label} {...interactive} />
      {children && (
        <svg
          class="heat-marks"
          viewBox={`0 0 ${columns} ${rows}`}
          preserveAspectRatio={stretched ? 'none' : undefined}
          aria-hidden="true"
        >
          {children}
        </svg>
      )}
      {pointed !== undefined && (
        <span
          class="heat-mark"
          style={{
            left: `${((pointed % columns) / columns) * 100}%`,
            top: `${(Math.floor(pointed / columns) / rows) * 100}%`,
            width: `${100 / columns}%`,
            height: `${100 / rows}%`,
          }}
        />
      )}
    </div>
  );
}

/** A picture of 28 × 28 in ink: `values` are bytes. */
export function DigitImage(
  props: Pick<Props, 'label' | 'onPoint' | 'pointed' | 'children'> & { image: Uint8Array | undefined },
) {
  return <HeatImage {...props} values={props.image} rows={28} columns={28} scale="ink" full={255} />;
}

/** Where an arrow key, Home or End leads from a place; undefined for other keys, and at the edge. */
function moved(key: string, from: number, rows: number, columns: number): number | undefined {
  const last = rows * columns - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
  if (step === undefined) return undefined;
  const to = from + step;
  return to >= 0 && to <= last ? to : from;
}

function describePlace(values: ArrayLike<number> | undefined, rows: number, columns: number) {
  return (index: number): string => {
    const value = values?.[index] ?? 0;
    const text = Number.isInteger(value) ? String(value) : formatNumber(value);
    const column = index % columns;
    return rows === 1
      ? `${column}: ${text}`
      : `row ${Math.floor(index / columns)}, column ${column}: ${text}`;
  };
}

/** All that a picture is painted from; the theme is part of it: new theme, new colours. */
interface Picture extends Pick<Props, 'values' | 'rows' | 'columns' | 'scale' | 'full'> {
  readonly theme: number;
}

/** Whether painting would change nothing: a run hands over new arrays more often than new numbers. */
function isSame(next: Picture, last: Picture | undefined): boolean {
  const reasons = ['rows', 'columns', 'scale', 'full', 'theme'] as const;
  if (!last || reasons.some((name) => next[name] !== last[name])) return false;
  const [numbers, before] = [next.values, last.values];
  if (!numbers || !before) return numbers === before;
  for (let n = 0; n < next.rows * next.columns; n++) if (numbers[n] !== before[n]) return false;
  return true;
}

function paint(canvas: HTMLCanvasElement, { values, rows, columns, scale, full, theme }: Picture): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const [low, middle, high] = coloursOf(scale, theme, context);
  const picture = context.createImageData(columns, rows);
  for (let n = 0; n < rows * columns; n++) {
    const share = Math.max(-1, Math.min(1, (values?.[n] ?? 0) / full));
    const end = share < 0 ? low : high;
    for (let c = 0; c < 3; c++) picture.data[n * 4 + c] = middle[c] + Math.abs(share) * (end[c] - middle[c]);
    picture.data[n * 4 + 3] = 255;
  }
  context.putImageData(picture, 0, 0);
}

type Rgb = readonly [red: number, green: number, blue: number];
type Colours = readonly [low: Rgb, middle: Rgb, high: Rgb];

/** Of each scale in each theme: to ask for them makes the browser work out styles in the midst of painting. */
const known = new Map<string, Colours>();

function coloursOf(scale: ColourScale, theme: number, context: CanvasRenderingContext2D): Colours {
  const key = scale + theme;
  let colours = known.get(key);
  if (!colours) {
    const style = getComputedStyle(document.documentElement);
    const ends = ['low', scale === 'ink' ? 'low' : 'middle', 'high'];
    const read = (end: string) => colour(context, style.getPropertyValue(`--scale-${scale}-${end}`));
    colours = ends.map(read) as unknown as Colours;
    known.set(key, colours);
  }
  return colours;
}

/** A CSS colour as red, green and blue: the browser's own reading of it. */
function colour(context: CanvasRenderingContext2D, css: string): Rgb {
  context.fillStyle = css;
  const hex = context.fillStyle;
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}
