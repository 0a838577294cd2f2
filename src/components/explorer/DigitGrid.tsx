import './DigitGrid.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { SIDE } from '../../lib/data/dataset.ts';
import { themeChanges } from '../../state/page/theme.ts';

interface Props {
  count: number;
  digitAt: (place: number) => { image: Uint8Array; label: number };
  opened: number;
  onOpen: (place: number) => void;
}

/** A digit's square on the screen, in CSS pixels, and in the picture that is scaled to it. */
const SQUARE = 44;
const CELL = SIDE + 2;

/**
 * Any number of digits in rows that scroll. Only those in sight are drawn, all in one picture: scrolling through
 * 70,000 is as quick as through 70. To assistive technology it is a list whose one present option is the opened digit.
 */
export function DigitGrid({ count, digitAt, opened, onOpen }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ columns: 1, rowsInSight: 1 });
  const { columns, rowsInSight } = size;
  const theme = themeChanges.value;

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const measure = () =>
      setSize({
        columns: Math.max(1, Math.floor(box.clientWidth / SQUARE)),
        rowsInSight: Math.max(1, Math.ceil(box.clientHeight / SQUARE) + 1),
      });
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    const picture = canvas.current;
    if (!box || !picture) return;
    const inks = inkColours(picture);
    const draw = () => {
      const firstRow = Math.floor(box.scrollTop / SQUARE);
      picture.style.transform = `translateY(${-(box.scrollTop % SQUARE)}px)`;
      paint(picture, inks, firstRow * columns, Math.min(count, (firstRow + rowsInSight) * columns), opened, {
        columns,
        digitAt,
      });
    };
    draw();
    box.addEventListener('scroll', draw, { passive: true });
    return () => box.removeEventListener('scroll', draw);
  }, [count, digitAt, columns, rowsInSight, opened, theme]);

  // The opened digit stays in sight when it is moved by keys, and the first is when the filter changes.
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const top = Math.floor(opened / columns) * SQUARE;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + SQUARE > box.scrollTop + box.clientHeight) box.scrollTop = top + SQUARE - box.clientHeight;
  }, [opened, columns, count]);

  const move = (event: KeyboardEvent) => {
    const page = columns * Math.max(1, rowsInSight - 2);
    const next = {
      ArrowLeft: opened - 1,
      ArrowRight: opened + 1,
      ArrowUp: opened - columns,
      ArrowDown: opened + columns,
      PageUp: Math.max(0, opened - page),
      PageDown: Math.min(count - 1, opened + page),
      Home: 0,
      End: count - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    if (next >= 0 && next < count) onOpen(next);
  };
  const open = (event: MouseEvent) => {
    const box = scroller.current!.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / SQUARE);
    const row = Math.floor((event.clientY - box.top + scroller.current!.scrollTop) / SQUARE);
    const place = row * columns + column;
    if (column < columns && place < count) onOpen(place);
  };
  return (
    <div
      ref={scroller}
      class="digit-grid"
      role="listbox"
      aria-label="The digits. The arrow keys open one after the other."
      aria-activedescendant="opened-digit"
      tabIndex={0}
      onKeyDown={move}
      onClick={open}
    >
      <canvas ref={canvas} />
      <div class="digit-grid-length" style={{ height: `${Math.ceil(count / columns) * SQUARE}px` }}>
        {/* biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names this as its active option */}
        <span
          id="opened-digit"
          class="visually-hidden"
          role="option"
          aria-selected="true"
          aria-setsize={count}
          aria-posinset={opened + 1}
        >
          {`A ${digitAt(opened).label}`}
        </span>
      </div>
    </div>
  );
}

interface Sheet {
  readonly columns: number;
  readonly digitAt: Props['digitAt'];
}

/** Draws digits `from` to, but not including, `to`, row after row, and a frame around the opened one. */
function paint(
  canvas: HTMLCanvasElement,
  inks: Uint32Array,
  from: number,
  to: number,
  opened: number,
  { columns, digitAt }: Sheet,
): void {
  const rows = Math.max(1, Math.ceil((to - from) / columns));
  canvas.width = columns * CELL;
  canvas.height = rows * CELL;
  canvas.style.width = `${columns * SQUARE}px`;
  canvas.style.height = `${rows * SQUARE}px`;
  const context = canvas.getContext('2d');
  if (!context) return;
  const picture = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(picture.data.buffer).fill(inks[0]);
  for (let place = from; place < to; place++) {
    const { image } = digitAt(place);
    const corner =
      (Math.floor((place - from) / columns) * CELL + 1) * canvas.width +
      ((place - from) % columns) * CELL +
      1;
    for (let n = 0; n < SIDE * SIDE; n++) {
      const value = image[n];
      if (value !== 0) pixels[corner + Math.floor(n / SIDE) * canvas.width + (n % SIDE)] = inks[value];
    }
  }
  context.putImageData(picture, 0, 0);
  if (opened < from || opened >= to) return;
  context.strokeStyle = getComputedStyle(canvas).getPropertyValue('--hand-plain');
  context.lineWidth = 2;
  const [row, column] = [Math.floor((opened - from) / columns), (opened - from) % columns];
  context.strokeRect(column * CELL + 1, row * CELL + 1, CELL - 2, CELL - 2);
}

/** The 256 shades from paper to ink, each as one number the way image data has it. */
function inkColours(canvas: HTMLCanvasElement): Uint32Array {
  const context = canvas.getContext('2d')!;
  const style = getComputedStyle(canvas);
  const ends = ['low', 'high'].map((end) => {
    context.fillStyle = style.getPropertyValue(`--scale-ink-${end}`);
    const hex = String(context.fillStyle);
    return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  });
  const bytes = new Uint8ClampedArray(256 * 4);
  for (let value = 0; value < 256; value++) {
    for (let c = 0; c < 3; c++) bytes[value * 4 + c] = ends[0][c] + (value / 255) * (ends[1][c] - ends[0][c]);
    bytes[value * 4 + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}
