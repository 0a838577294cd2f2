import { expect, test } from 'vitest';
import { inNumberedOrder } from '../../../src/lib/models/numbered-order.ts';

test.each([
  [
    ['layer 10', 'layer 2', 'layer 1'],
    ['layer 1', 'layer 2', 'layer 10'],
  ],
  [
    ['W2', 'b1', 'w1', 'B2'],
    ['b1', 'B2', 'w1', 'W2'],
  ],
  [
    ['arr_11', 'arr_9', 'arr_100'],
    ['arr_9', 'arr_11', 'arr_100'],
  ],
  [
    ['a1b10', 'a1b9', 'a0b11'],
    ['a0b11', 'a1b9', 'a1b10'],
  ],
])('%j in the order of their numbers', (names, ordered) => {
  expect(names.toSorted(inNumberedOrder)).toEqual(ordered);
});
