/** A line of the puzzle by its place in the heap. */
export type Order = readonly number[];

export const added = (order: Order, line: number): Order => [...order, line];

export const removed = (order: Order, at: number): Order => order.toSpliced(at, 1);

/** A line moved up or down among the chosen ones; at the ends nothing changes. */
export function moved(order: Order, at: number, by: -1 | 1): Order {
  const to = at + by;
  if (to < 0 || to >= order.length) return order;
  return order.toSpliced(at, 1).toSpliced(to, 0, order[at]);
}

/** The chosen lines that a function's text holds: what was kept of an earlier visit. */
export function orderIn(code: string, heap: readonly string[]): Order {
  return code.split('\n').flatMap((line) => {
    const at = heap.indexOf(line.trim());
    return at < 0 ? [] : [at];
  });
}

/** What is wrong with an order in which a line uses what no line before it has made. */
export function describeMissing(message: string): string {
  // As Chromium, Firefox and Safari say it.
  const missing =
    /(?:access '|declaration '|find variable: |ReferenceError: )(\w+)'?(?: is not defined| before init|$)/.exec(
      message,
    )?.[1];
  if (/already been declared/.test(message)) {
    return 'Two of your lines make the same number: only one of them can be right.';
  }
  return missing ? `A line, or the return, uses ${missing} before any line has made it.` : message;
}
