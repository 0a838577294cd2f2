/** What a cell finds beside JavaScript itself. All else of the worker's world is taken away. */
const LEFT = [
  'Blob',
  'DOMException',
  'Event',
  'EventTarget',
  'TextDecoder',
  'TextEncoder',
  'WebAssembly',
  'atob',
  'btoa',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'performance',
  'queueMicrotask',
  'self',
  'setInterval',
  'setTimeout',
  'structuredClone',
];

/** JavaScript's own names, but for those that make code from text: the frame's policy refuses them too. */
const LANGUAGE = [
  ...['AggregateError', 'Array', 'ArrayBuffer', 'AsyncDisposableStack', 'Atomics', 'BigInt', 'BigInt64Array'],
  ...['BigUint64Array', 'Boolean', 'DataView', 'Date', 'DisposableStack', 'Error', 'EvalError'],
  ...['FinalizationRegistry', 'Float16Array', 'Float32Array', 'Float64Array', 'Function', 'Infinity'],
  ...['Int16Array', 'Int32Array', 'Int8Array', 'Intl', 'Iterator', 'JSON', 'Map', 'Math', 'NaN', 'Number'],
  ...['Object', 'Promise', 'Proxy', 'RangeError', 'ReferenceError', 'Reflect', 'RegExp', 'Set', 'String'],
  ...['SuppressedError', 'Symbol', 'SyntaxError', 'Temporal', 'TypeError', 'URIError', 'Uint16Array'],
  ...['Uint32Array', 'Uint8Array', 'Uint8ClampedArray', 'WeakMap', 'WeakRef', 'WeakSet', 'decodeURI'],
  ...['decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'globalThis', 'isFinite', 'isNaN'],
  ...['parseFloat', 'parseInt', 'undefined', 'unescape'],
];

/**
 * Takes from a world all that leads out of it: what asks a server, starts another worker, speaks to the page, or keeps
 * something. The policy of the frame forbids the same; this is the second lock.
 *
 * @param world the global object, whose chain of prototypes is emptied too
 */
export function shutDoors(world: object): void {
  const kept = new Set<PropertyKey>([...LEFT, ...LANGUAGE]);
  for (let each = world; each && each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    for (const name of Object.getOwnPropertyNames(each)) {
      // Events are how the engine itself speaks to a worker.
      if (kept.has(name) || name === 'constructor' || each === globalThis.EventTarget?.prototype) continue;
      shut(each, name);
    }
  }
}

/** A property that cannot be deleted is hidden behind one of the same name. */
function shut(owner: object, name: string): void {
  if (Reflect.deleteProperty(owner, name)) return;
  Reflect.defineProperty(owner, name, { value: undefined, writable: true, configurable: true });
}
