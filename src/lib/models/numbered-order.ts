/**
 * Orders names as people number them, layer 2 before layer 10, whatever their capitals. (A browser's own comparison, asked for
 * the first time, takes as long as reading a network of the chapters.)
 */
export function inNumberedOrder(a: string, b: string): number {
  const [first, second] = [keyOf(a), keyOf(b)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

/** No number in a name has more digits than this that could be a layer's. */
const DIGITS = 16;

function keyOf(name: string): string {
  return name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(DIGITS, '0'));
}
