import type { Described } from './protocol.ts';

/** So much is looked at: deeper, longer and further than that nobody reads. */
const DEPTH = 3;
const ITEMS = 20;
const ENTRIES = 30;
const TEXT = 4000;

const WORDS = new Set(['boolean', 'undefined', 'symbol', 'bigint']);

/** A value of a cell as data: what it is, and as much of what is in it as can be read. Never throws. */
export function describe(value: unknown, depth = DEPTH): Described {
  try {
    return look(value, depth);
  } catch {
    return { kind: 'word', text: 'something that cannot be looked at' };
  }
}

function look(value: unknown, depth: number): Described {
  if (typeof value === 'number') return { kind: 'number', value };
  if (typeof value === 'string') return { kind: 'string', text: value.slice(0, TEXT), length: value.length };
  if (value === null) return { kind: 'word', text: 'null' };
  if (WORDS.has(typeof value)) return { kind: 'word', text: String(value).slice(0, TEXT) };
  if (typeof value === 'function') return { kind: 'word', text: wordOf(value as { name: unknown }) };
  if (value instanceof Error) return { kind: 'word', text: `${value.name}: ${value.message}`.slice(0, TEXT) };
  if (value instanceof Promise) return { kind: 'word', text: 'a promise: write await before it' };
  if (isList(value)) {
    const items = depth > 0 ? Array.from({ length: Math.min(ITEMS, value.length) }, (_, n) => value[n]) : [];
    return list(nameOf(value), value.length, items, depth);
  }
  if (value instanceof Set)
    return list('Set', value.size, depth > 0 ? [...value].slice(0, ITEMS) : [], depth);
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => [String(key), item] as const);
    return record('Map', entries, depth);
  }
  const object = value as Record<string, unknown>;
  return record(
    nameOf(object),
    Object.keys(object).map((key) => [key, object[key]] as const),
    depth,
  );
}

function list(name: string, length: number, items: readonly unknown[], depth: number): Described {
  return { kind: 'list', name, length, items: items.map((item) => describe(item, depth - 1)) };
}

function record(name: string, entries: readonly (readonly [string, unknown])[], depth: number): Described {
  const seen = depth > 0 ? entries.slice(0, ENTRIES) : [];
  return {
    kind: 'record',
    name,
    entries: seen.map(([key, item]) => [key.slice(0, 100), describe(item, depth - 1)] as const),
    more: entries.length - seen.length,
  };
}

function isList(value: unknown): value is ArrayLike<unknown> & object {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function nameOf(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' ? name.slice(0, 100) : 'Object';
}

function wordOf({ name }: { name: unknown }): string {
  return name ? `function ${String(name).slice(0, 100)}` : 'a function without a name';
}
