import { expect, test } from 'vitest';
import { describeMissing, moved, orderIn, removed } from '../../../../src/components/cells/order-lines.ts';

test('lines are taken out and moved, and at the ends nothing moves', () => {
  expect(removed([4, 2, 7], 1)).toEqual([4, 7]);
  expect(moved([4, 2, 7], 1, -1)).toEqual([2, 4, 7]);
  expect(moved([4, 2, 7], 1, 1)).toEqual([4, 7, 2]);
  expect(moved([4, 2, 7], 0, -1)).toEqual([4, 2, 7]);
  expect(moved([4, 2, 7], 2, 1)).toEqual([4, 2, 7]);
});

test('an order is found again in the code that was kept of it', () => {
  expect(orderIn('function f() {\n  b();\n  a();\n  c();\n}', ['a();', 'b();'])).toEqual([1, 0]);
});

test.each([
  ['ReferenceError: delta2 is not defined', /uses delta2 before/],
  ["ReferenceError: Cannot access 'dA1' before initialization", /uses dA1 before/],
  ["ReferenceError: can't access lexical declaration 'dA1' before initialization", /uses dA1 before/],
  ["ReferenceError: Can't find variable: dW1", /uses dW1 before/],
  ["Identifier 'delta1' has already been declared", /Two of your lines make the same/],
  ['something else', /^something else$/],
])('%s is said in the words of the puzzle', (message, says) => {
  expect(describeMissing(message)).toMatch(says);
});
