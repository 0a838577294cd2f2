import './Pad.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { type InkPoint, PAD, type Stroke, radiusAt } from '../../lib/ink/stroke.ts';
import { type Drawing, padPoint } from '../../state/digits/drawing.ts';
import { themeChanges } from '../../state/page/theme.ts';
import { type PointerTool, goesBefore, stillTouches, toolOf } from './pointer-tool.ts';

interface Props {
  drawing: Drawing;
  /** Id of the text that says how to draw by keyboard. */
  helpId: string;
  /** Marks over the ink, as SVG in pad units. */
  children?: ComponentChildren;
}

/** How far an arrow key moves the pen, in pad units, and with Shift. */
const STEP = 10;
const LARGE_STEP = 30;

/** The sheet to draw on: pen, mouse and touch; by keyboard a pen that the arrow keys move. It only shows ink. */
export function Pad({ drawing, helpId, children }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef<Painted | undefined>(undefined);
  const pen = useSignal<{ x: number; y: number; down: boolean } | undefined>(undefined);
  /** The pointer that has the pad: one at a time. */
  const held = useRef<Held | undefined>(undefined);
  /** A pen in reach of the pad: what touches it meanwhile is the hand that holds the pen. */
  const isPenNear = useRef(false);
  // Where the pointer has been since the last frame: some browsers report many places for each frame they show.
  const waiting = useRef<InkPoint[]>([]);
  const frame = useRef(0);
  const { strokes, sample } = drawing.sheet.value;
  const theme = themeChanges.value;
  // The theme is among the reasons to paint again: new theme, new colours. Before the frame, so that ink keeps up.
  useLayoutEffect(() => {
    if (!canvas.current) return;
    const next = { strokes, image: sample?.image, theme };
    paint(canvas.current, painted.current, next);
    painted.current = next;
  }, [strokes, sample, theme]);

  const drawWaiting = () => {
    cancelAnimationFrame(frame.current);
    frame.current = 0;
    drawing.extendStroke(waiting.current);
    waiting.current = [];
  };
  /** Whatever had the pad has left it. */
  const letGo = () => {
    held.current = undefined;
    drawWaiting();
  };
  // The end of a touch goes unheard where the window or the tab is left meanwhile.
  useEffect(() => {
    const leave = () => {
      isPenNear.current = false;
      letGo();
    };
    window.addEventListener('blur', leave);
    document.addEventListener('visibilitychange', leave);
    return () => {
      window.removeEventListener('blur', leave);
      document.removeEventListener('visibilitychange', leave);
      cancelAnimationFrame(frame.current);
    };
  }, [drawing]);

  const pointOf = (event: PointerEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    const pressure = event.pointerType === 'pen' && event.pressure > 0 ? event.pressure : 0.5;
    return padPoint(
      ((event.clientX - box.left) / box.width) * PAD,
      ((event.clientY - box.top) / box.height) * PAD,
      pressure,
    );
  };
  const lift = (event: PointerEvent) => {
    if (event.pointerId === held.current?.pointerId) letGo();
  };
  const approach = (event: PointerEvent) => {
    if (event.pointerType === 'pen') isPenNear.current = event.type === 'pointerenter';
  };
  const putDown = (event: PointerEvent) => {
    // A pointer that comes down again was lifted, though nobody heard of it.
    lift(event);
    if (held.current) {
      if (!goesBefore(event, held.current)) return;
      letGo();
      drawing.dropStroke();
    }
    if (isPenNear.current && event.pointerType === 'touch') return;
    const tool = toolOf(event);
    if (!tool) return;
    const point = pointOf(event);
    held.current = { pointerId: event.pointerId, pointerType: event.pointerType, tool, at: point };
    canvas.current!.setPointerCapture(event.pointerId);
    pen.value = undefined;
    if (tool === 'ink') drawing.beginStroke(point);
    else drawing.erase(point, point);
  };
  const move = (event: PointerEvent) => {
    const holder = held.current;
    if (event.pointerId !== holder?.pointerId) return;
    if (!stillTouches(holder.tool, event)) {
      letGo();
      return;
    }
    const events = event.getCoalescedEvents?.() ?? [];
    const points = (events.length > 0 ? events : [event]).map(pointOf);
    if (holder.tool === 'eraser') {
      for (const point of points) {
        drawing.erase(holder.at, point);
        holder.at = point;
      }
      return;
    }
    waiting.current.push(...points);
    if (frame.current === 0) frame.current = requestAnimationFrame(drawWaiting);
  };

  const press = (event: KeyboardEvent) => {
    const key = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : '';
    if (key === 'z' || (key === 'y' && event.ctrlKey)) {
      event.preventDefault();
      drawWaiting();
      if (pen.value) pen.value = { ...pen.value, down: false };
      if (key === 'y' || event.shiftKey) drawing.redo();
      else drawing.undo();
      return;
    }
    const at = pen.value ?? { x: PAD / 2, y: PAD / 2, down: false };
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
      event.key
    ] ?? [0, 0];
    if (dx || dy) {
      const next = { ...at, x: clamp(at.x + dx! * step), y: clamp(at.y + dy! * step) };
      pen.value = next;
      if (next.down) drawing.extendStroke([padPoint(next.x, next.y, 0.5)]);
    } else if (event.key === ' ' || event.key === 'Enter') {
      letGo();
      pen.value = { ...at, down: !at.down };
      if (!at.down) drawing.beginStroke(padPoint(at.x, at.y, 0.5));
    } else if (event.key === 'Escape' && (at.down || held.current)) {
      letGo();
      if (pen.value) pen.value = { ...at, down: false };
    } else {
      return;
    }
    event.preventDefault();
  };
  return (
    <div class="pad">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: the arrow keys belong to the pen, not to a reader's own cursor */}
      <canvas
        ref={canvas}
        aria-label="Drawing pad"
        aria-describedby={helpId}
        role="application"
        tabIndex={0}
        width={PAD * 2}
        height={PAD * 2}
        onPointerEnter={approach}
        onPointerLeave={approach}
        onPointerDown={putDown}
        onPointerMove={move}
        onPointerUp={lift}
        onPointerCancel={lift}
        onLostPointerCapture={lift}
        onKeyDown={press}
        onBlur={() => {
          pen.value = undefined;
        }}
      />
      <svg class="pad-marks" viewBox={`0 0 ${PAD} ${PAD}`} aria-hidden="true">
        {children}
        {pen.value && (
          <circle
            class={pen.value.down ? 'pen pen-down' : 'pen'}
            cx={pen.value.x}
            cy={pen.value.y}
            r={drawing.lineWidth.value / 2}
          />
        )}
      </svg>
      <p class="visually-hidden" aria-live="polite">
        {pen.value &&
          `Pen ${pen.value.down ? 'on paper' : 'lifted'}, ${pen.value.x} from the left, ${pen.value.y} from the top of ${PAD}.`}
      </p>
      {strokes.length === 0 && !sample && !pen.value && (
        <p class="pad-invitation" aria-hidden="true">
          draw a digit
        </p>
      )}
    </div>
  );
}

interface Held {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly tool: PointerTool;
  /** Where an eraser was last. */
  at: InkPoint;
}

function clamp(value: number): number {
  return Math.min(PAD, Math.max(0, value));
}

/** What is on the canvas, and in which state of the theme it was painted. */
interface Painted {
  readonly strokes: readonly Stroke[];
  readonly image: Uint8Array | undefined;
  readonly theme: number;
}

/** Paints what is new, where the rest is on the canvas already: a long stroke costs no more than a short one. */
function paint(canvas: HTMLCanvasElement, before: Painted | undefined, next: Painted): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { strokes, image } = next;
  const isKept = before && before.theme === next.theme && !before.image && !image;
  const start = isKept ? firstNewInk(before.strokes, strokes) : undefined;
  const ink = getComputedStyle(canvas).getPropertyValue('--scale-ink-high');
  const zoom = canvas.width / PAD;
  context.setTransform(zoom, 0, 0, zoom, 0, 0);
  if (!start) context.clearRect(0, 0, PAD, PAD);
  context.fillStyle = ink;
  context.strokeStyle = ink;
  context.lineCap = 'round';
  strokes.slice(start?.stroke).forEach((stroke, n) => {
    paintStroke(context, stroke, n === 0 ? (start?.point ?? 0) : 0);
  });
  if (image) paintSample(context, image);
}

/** The first stroke and its first point that are new; undefined when some of the ink from before has to go. */
function firstNewInk(
  before: readonly Stroke[],
  now: readonly Stroke[],
): { stroke: number; point: number } | undefined {
  const last = before.length - 1;
  if (last < 0) return { stroke: 0, point: 0 };
  for (let n = 0; n < last; n++) if (before[n] !== now[n]) return undefined;
  const { points } = before[last];
  // A stroke that grows keeps its points; another one has others, be they in the same places.
  if (now[last]?.points[points.length - 1] !== points.at(-1)) return undefined;
  return { stroke: last, point: points.length };
}

/** Paints a stroke from one of its points on. */
function paintStroke(context: CanvasRenderingContext2D, stroke: Stroke, from: number): void {
  let before = stroke.points[Math.max(0, from - 1)];
  for (const point of stroke.points.slice(from)) {
    context.lineWidth = radiusAt(stroke, before) + radiusAt(stroke, point);
    context.beginPath();
    context.moveTo(before.x, before.y);
    context.lineTo(point.x, point.y);
    context.stroke();
    before = point;
  }
}

function paintSample(context: CanvasRenderingContext2D, image: Uint8Array): void {
  const size = PAD / 28;
  image.forEach((byte, n) => {
    if (byte === 0) return;
    context.globalAlpha = byte / 255; // how dark a square looks; no number that is computed with
    context.fillRect((n % 28) * size, Math.floor(n / 28) * size, size, size);
  });
  context.globalAlpha = 1;
}
