/** A browser's empty storage with so much room, in characters; Object.keys gives its keys as in a browser. */
export function storage(room = Number.POSITIVE_INFINITY) {
  const methods = {
    getItem: (key: string) => (Object.hasOwn(store, key) ? store[key] : null),
    setItem(key: string, value: string) {
      if (value.length > room) throw new DOMException('no room', 'QuotaExceededError');
      store[key] = value;
    },
    removeItem: (key: string) => void delete store[key],
  };
  const store: Record<string, string> = Object.create(methods);
  return store as unknown as Storage & Record<string, string>;
}
