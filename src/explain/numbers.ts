/*
 * Every number that a page prints, speaks or shows at the pointer is written here: with a true minus sign, one style of
 * exponent (4.29e−4), and no zeros that nothing has measured. A number that is exactly a short decimal ends where it ends:
 * 0.5 is a half, 0.500 something near it.
 */

/** A number of a figure or a sentence: so many decimals, or so many digits where that says more; three unless told otherwise. */
export function formatNumber(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (!(size < Infinity) || size === 0) return special(value);
  if (size < 0.001 || size >= 1e5) return written(value, value.toExponential(digits - 1));
  return written(value, size >= 0.1 ? value.toFixed(digits) : value.toPrecision(digits));
}

/** A number with all the digits that it has. */
export function formatExact(value: number): string {
  return Number.isFinite(value) ? withTrueSigns(String(value)) : special(value);
}

/** A measured number in so many digits, and in more where it has more before the point: 0.0812, 2.30, 213. */
export function formatSignificant(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (!(size < Infinity) || size === 0) return special(value);
  if (size < 0.001 || size >= 1e6) return written(value, value.toExponential(digits - 1));
  return written(value, value.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(size)))));
}

/** A number as near as so many digits come to it, to be reckoned with as it is shown. */
export function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** A number with so many decimals, whether they say something or not: for columns, and what moves under a slider. */
export function formatDecimals(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return special(value);
  const text = value.toFixed(decimals);
  return withTrueSigns(Number(text) === 0 ? text.replace('-', '') : text);
}

/** An order of size, as a power of ten with one digit before it: 3e−7. */
export function formatMagnitude(value: number, digits = 1): string {
  if (!Number.isFinite(value) || value === 0) return special(value);
  return withTrueSigns(value.toExponential(digits - 1));
}

/** How many times as much: a whole number while one can be read, else a power of ten. */
export function formatRatio(ratio: number): string {
  return ratio < 1e6 && ratio >= 100 ? formatCount(ratio) : formatSignificant(ratio);
}

/**
 * A share of 1 in percent, its sign kept in the number's line. What is not all is never 100 %, and what is not nothing
 * never 0 %.
 *
 * @param decimals as many as what was counted bears: 2 for ten thousand images
 */
export function formatShare(share: number, decimals = 1): string {
  const percent = 100 * share;
  if (!Number.isFinite(percent)) return special(percent);
  const text = percent.toFixed(decimals);
  const step = 10 ** -decimals;
  if (Number(text) === 100 && share < 1) return `>\u00a0${(100 - step).toFixed(decimals)}\u00a0%`;
  if (Number(text) === 0 && share !== 0)
    return `${share < 0 ? '>\u00a0−' : '<\u00a0'}${step.toFixed(decimals)}\u00a0%`;
  return `${withTrueSigns(text)}\u00a0%`;
}

/** How many: a whole number, with a comma at the thousands. (The browser's own way of doing it takes 16 ms to wake up.) */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return special(count);
  return withTrueSigns(String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ','));
}

/** Seconds as somebody would say them, rounded before they are cut into minutes and hours: never 60 of anything. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return special(seconds);
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.ceil(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A time that was measured. */
export function formatMilliseconds(milliseconds: number): string {
  return `${milliseconds < 10 ? formatSignificant(milliseconds, 2) : formatCount(milliseconds)} ms`;
}

export function formatMegabytes(bytes: number): string {
  return `${formatDecimals(bytes / 1e6, 1)} MB`;
}

/** For attributes of drawings, which nobody reads: a tenth of a unit is enough, and the sign is the keyboard's. */
export function formatCoordinate(value: number, decimals = 1): string {
  return value.toFixed(decimals);
}

/** A number that was written here, read back; NaN for what is none. */
export function parseNumber(text: string): number {
  const plain = text.replaceAll('−', '-').replaceAll(',', '');
  return plain.endsWith('∞') ? Number(plain.replace('∞', 'Infinity')) : Number(plain || 'none');
}

/** The numbers of an equation, as they are to be printed. */
export interface PrintedEquation {
  readonly inputs: readonly string[];
  readonly result: string;
  /** Whether what is printed comes to the result as printed; the sign before it says so too. */
  readonly isExact: boolean;
  readonly sign: '=' | '≈';
}

/** No number is printed with more digits than this; what would need more is said to be about equal. */
const MOST_DIGITS = 15;

/**
 * Prints the numbers of an equation with as many digits as it takes for it to hold as printed: whoever works it out from
 * the printed numbers, and rounds as the result is rounded, gets the printed result.
 *
 * @param made the equation: from its inputs to its result
 * @param result what the network has, which may be rounded to float32
 * @param least digits of the result: more than three where it has to be told apart from something
 */
export function printEquation(
  inputs: readonly number[],
  made: (inputs: readonly number[]) => number,
  result: number,
  least = 3,
): PrintedEquation {
  const scale = Math.max(Math.abs(result), ...inputs.map(Math.abs));
  for (let digits = least; digits <= least + 2; digits++) {
    const right = formatNumber(result, digits);
    for (let more = digits; more <= MOST_DIGITS; more++) {
      const left = inputs.map((input) => formatNumber(input, more));
      if (isSaidBy(right, made(left.map(parseNumber)), digits, scale)) {
        return { inputs: left, result: right, isExact: true, sign: '=' };
      }
    }
  }
  const left = inputs.map((input) => formatNumber(input));
  return { inputs: left, result: formatNumber(result), isExact: false, sign: '≈' };
}

/** Whether a number, rounded as the text is, is what the text says; what the computer's own rounding adds does not count. */
function isSaidBy(text: string, value: number, digits: number, scale: number): boolean {
  const [rounded, said] = [parseNumber(formatNumber(value, digits)), parseNumber(text)];
  return Object.is(rounded, said) || Math.abs(rounded - said) <= 1e-15 * scale;
}

/** Two numbers that are not equal, with as many digits as it takes to tell them apart. */
export function formatApart(a: number, b: number): readonly [string, string] {
  const digits = digitsApart(a, b);
  return [formatNumber(a, digits), formatNumber(b, digits)];
}

/** How many digits two numbers need to differ in print; three where none are enough. */
export function digitsApart(a: number, b: number): number {
  for (let digits = 3; digits <= MOST_DIGITS; digits++) {
    if (formatNumber(a, digits) !== formatNumber(b, digits)) return digits;
  }
  return 3;
}

/** Zeros at the end go where the number ends there exactly. */
function written(value: number, text: string): string {
  const short = text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '');
  return withTrueSigns(Number(text) === value ? short : text);
}

function withTrueSigns(text: string): string {
  return text.replace('e+', 'e').replaceAll('-', '−');
}

function special(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  return value === 0 ? '0' : value < 0 ? '−∞' : '∞';
}
