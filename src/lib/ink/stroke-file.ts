import { PAD, type Stroke, checkStroke } from './stroke.ts';

/** A digit as the pen went, and what its writer says it is. */
export interface WrittenDigit {
  readonly label: number;
  readonly strokes: readonly Stroke[];
}

/** A file that holds no digits as strokes, or damaged ones: the message says what is wrong and where. */
export class StrokeFileError extends Error {
  override name = 'StrokeFileError';
}

const FORMAT = 'backprop-by-hand strokes';
const VERSION = 1;
/** More than anybody writes; a file that claims more would only fill the memory. */
const MOST_DIGITS = 100_000;

/** Digits as the text of a file: JSON, points as [x, y, pressure] with all their digits, so that they come back the same. */
export function writeStrokes(digits: readonly WrittenDigit[]): string {
  const plain = digits.map(({ label, strokes }) => ({
    label,
    strokes: strokes.map(({ points, width }) => ({
      width,
      points: points.map(({ x, y, pressure }) => [x, y, pressure]),
    })),
  }));
  // A digit a line: what changed in a file can be seen.
  const lines = plain.map((digit) => JSON.stringify(digit)).join(',\n');
  return `{"format":${JSON.stringify(FORMAT)},"version":${VERSION},"pad":${PAD},"digits":[\n${lines}\n]}\n`;
}

/** @throws StrokeFileError that says what is wrong with the file, and with which of its digits */
export function readStrokes(text: string): WrittenDigit[] {
  const file = parsed(text);
  if (file?.['format'] !== FORMAT) throw new StrokeFileError('this is not a file of strokes from this site');
  if (file['version'] !== VERSION || file['pad'] !== PAD) {
    throw new StrokeFileError(
      `it is of version ${JSON.stringify(file['version'])} and for a pad of ${JSON.stringify(file['pad'])} units; this page reads version ${VERSION} and ${PAD} units`,
    );
  }
  const { digits } = file;
  if (!Array.isArray(digits) || digits.length === 0) throw new StrokeFileError('there are no digits in it');
  if (digits.length > MOST_DIGITS)
    throw new StrokeFileError(`it has ${digits.length} digits, more than ${MOST_DIGITS}`);
  return digits.map((digit, n) => {
    try {
      return digitOf(digit);
    } catch (error) {
      throw new StrokeFileError(`digit ${n + 1} of ${digits.length}: ${(error as Error).message}`);
    }
  });
}

function digitOf(digit: unknown): WrittenDigit {
  const { label, strokes } = fieldsOf(digit);
  if (!(Number.isInteger(label) && (label as number) >= 0 && (label as number) <= 9)) {
    throw new StrokeFileError(`its label is ${JSON.stringify(label)}, and no digit from 0 to 9`);
  }
  if (!Array.isArray(strokes) || strokes.length === 0) throw new StrokeFileError('it has no strokes');
  return { label: label as number, strokes: strokes.map(strokeOf) };
}

function strokeOf(given: unknown): Stroke {
  const { width, points } = fieldsOf(given);
  if (!Array.isArray(points)) throw new StrokeFileError('a stroke has no points');
  const stroke: Stroke = {
    width: numberIn(width),
    points: points.map((point: unknown) => {
      const [x, y, pressure] = Array.isArray(point) ? point.map(numberIn) : [];
      return { x, y, pressure };
    }),
  };
  checkStroke(stroke);
  return stroke;
}

/** JSON has no NaN: what is no number there is to be none here. */
function numberIn(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return (value ?? {}) as Record<string, unknown>;
}
