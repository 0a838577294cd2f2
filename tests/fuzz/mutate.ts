import type { Random } from '../../src/lib/nn/random.ts';

/** What has broken readers before: the ends of every kind of number, nothing at all, and words that JavaScript knows. */
const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.5,
  9,
  10,
  255,
  256,
  784,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e308,
  5e-324,
];
const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1e999',
  'NaN',
  'null',
  '__proto__',
  'constructor',
  'toString',
  '\0',
  '\u2028',
  '💥',
  '\ud800',
  '../x',
  'a'.repeat(3000),
];
const ODD: readonly unknown[] = [
  undefined,
  null,
  true,
  Number.NaN,
  Infinity,
  -Infinity,
  [],
  {},
  [null],
  { length: 1e9 },
  ...NUMBERS,
  ...TEXTS,
];

const FIELD = { enumerable: true, writable: true, configurable: true };

/** As many changes are made to one input at most. */
const MOST_CHANGES = 4;

/**
 * A valid input with some things in it changed: bytes flipped, cut out, doubled or overwritten; words and numbers of a
 * text exchanged; fields of an object replaced, left out or doubled. The same generator makes the same input.
 */
export function mutate<T>(valid: T, random: Random): unknown {
  let changed: unknown = structuredClone(valid);
  for (let change = 0; change <= random.below(MOST_CHANGES); change++) changed = changedOnce(changed, random);
  return changed;
}

function changedOnce(value: unknown, random: Random): unknown {
  if (value instanceof Uint8Array)
    return random.below(3) > 0 ? changedBytes(value, random) : changedWords(value, random);
  if (typeof value === 'string') return changedText(value, random);
  if (ArrayBuffer.isView(value)) return changedNumbers(value as Float32Array, random);
  if (typeof value === 'object' && value !== null) return changedObject(value, random);
  return pick(ODD, random);
}

function changedBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = stretch(bytes.length, random);
  const part = bytes.subarray(from, to);
  const others = [bytes.subarray(0, from), bytes.subarray(to)] as const;
  const kinds = [
    () => flipped(bytes, random),
    () => overwritten(bytes, random),
    () => bytes.slice(0, from),
    () => joined(others[0], others[1]),
    () => joined(others[0], part, part, others[1]),
    () => joined(others[0], new Uint8Array(to - from).fill(random.below(256)), others[1]),
    () => joined(bytes, bytes.slice(0, 1 + random.below(64))),
  ];
  return pick(kinds, random)();
}

/** Most that matters stands near the beginning: half of all changes are made there. */
function placeIn(length: number, random: Random): number {
  return random.below(Math.max(1, random.below(2) ? Math.min(length, 256) : length));
}

function stretch(length: number, random: Random): [number, number] {
  const from = placeIn(length, random);
  return [from, Math.min(length, from + 1 + random.below(random.below(2) ? 8 : Math.max(1, length)))];
}

function flipped(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length === 0) return bytes;
  const copy = bytes.slice();
  copy[placeIn(bytes.length, random)]! ^= 1 << random.below(8);
  return copy;
}

/** With a number as machines write it, large or small end first. */
function overwritten(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  const width = pick([1, 2, 4, 8], random);
  if (copy.length < width) return copy;
  const view = new DataView(copy.buffer);
  const at = Math.min(placeIn(copy.length, random), copy.length - width);
  const [number, isLittle] = [
    BigInt(Math.trunc(Math.min(pick(NUMBERS, random), 2 ** 63))),
    random.below(2) === 1,
  ];
  if (width === 8) view.setBigInt64(at, number, isLittle);
  else if (width === 4) view.setUint32(at, Number(number & 0xffffffffn), isLittle);
  else if (width === 2) view.setUint16(at, Number(number & 0xffffn), isLittle);
  else copy[at] = Number(number & 0xffn);
  return copy;
}

/** Bytes that are partly a text. */
function changedWords(bytes: Uint8Array, random: Random): Uint8Array {
  const text = changedText(Buffer.from(bytes).toString('latin1'), random);
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);
}

/** Where a text has words or numbers that can be exchanged: looked for from some place on, not everywhere in a long one. */
function changedText(text: string, random: Random): string {
  const from = placeIn(text.length, random);
  const found = /-?\d+(?:\.\d+)?|"[^"]{0,40}"|\w+|[^\w\s]/.exec(text.slice(from, from + 500));
  const at = from + (found?.index ?? 0);
  const word = found?.[0] ?? '';
  const [before, after] = [text.slice(0, at), text.slice(at + word.length)];
  const odd = pick(ODD, random);
  const kinds = [
    () => before + String(pick(NUMBERS, random)) + after,
    () => before + pick(TEXTS, random) + after,
    () => before + (JSON.stringify(odd) ?? 'undefined') + after,
    () => before + after,
    () => before + word + word + after,
    () => before,
  ];
  return pick(kinds, random)();
}

function changedNumbers(values: Float32Array, random: Random): unknown {
  const copy = values.slice();
  if (random.below(3) === 0) return copy.slice(0, random.below(values.length + 1));
  if (random.below(8) === 0) return Array.from(copy.slice(0, 100));
  copy[random.below(Math.max(1, copy.length))] = pick([Number.NaN, Infinity, ...NUMBERS], random);
  return copy;
}

function changedObject(value: object, random: Random): unknown {
  const keys = Object.keys(value);
  if (keys.length === 0 || random.below(12) === 0) return pick(ODD, random);
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  const key = pick(keys, random);
  const kind = random.below(8);
  if (kind < 5) copy[key] = changedOnce(copy[key], random);
  else if (kind === 5) copy[key] = pick(ODD, random);
  else if (kind === 6) Array.isArray(copy) ? copy.splice(Number(key), 1) : delete copy[key];
  else if (Array.isArray(copy)) copy.push(copy[Number(key)]);
  // Defined, not assigned: `__proto__` is to be a field like any other, as in JSON.
  else Object.defineProperty(copy, pick(TEXTS, random), { ...FIELD, value: copy[key] });
  return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[random.below(from.length)]!;
}
