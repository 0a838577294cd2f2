import { computed, signal } from '@preact/signals';
import { mnistStyle } from '../../lib/ink/prepare.ts';
import { Raster } from '../../lib/ink/raster.ts';
import { type Stroke, checkStroke } from '../../lib/ink/stroke.ts';
import { keep, readKept } from '../store/storage.ts';

const KEY = 'backprop-by-hand/own-drawing';

/** The reader's latest drawing, as the pen went; the digit that they say it is, once they have said it. */
export interface OwnDrawing {
  readonly strokes: readonly Stroke[];
  readonly label?: number;
}

const kept = signal<OwnDrawing | undefined>(undefined);

/** The drawing that every page offers first, and its 784 bytes. */
export const ownDrawing = computed(() => kept.value);
export const ownDrawingImage = computed(() => kept.value && mnistStyle(Raster.of(kept.value.strokes))?.image);

/** Finds the drawing that an earlier page has kept. */
export function findOwnDrawing(): void {
  kept.value ??= readKept(KEY, isOwnDrawing);
}

/** Keeps a drawing for the pages to come; where nothing can be kept it lasts as long as the page. */
export function keepOwnDrawing(drawing: OwnDrawing): void {
  if (drawing.strokes.length === 0) return;
  kept.value = drawing;
  keep(KEY, drawing);
}

/** Notes what the drawing is meant to be. */
export function labelOwnDrawing(label: number): void {
  const drawing = kept.peek();
  if (drawing) keepOwnDrawing({ ...drawing, label });
}

function isOwnDrawing(value: unknown): value is OwnDrawing {
  const { strokes, label } = (value ?? {}) as Partial<OwnDrawing>;
  if (!Array.isArray(strokes) || strokes.length === 0) return false;
  if (label !== undefined && !(Number.isInteger(label) && label >= 0 && label <= 9)) return false;
  try {
    for (const stroke of strokes) checkStroke(stroke);
    return true;
  } catch {
    return false;
  }
}
