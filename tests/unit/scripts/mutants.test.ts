import { expect, test } from 'vitest';
import { type Fault, placeProblem, withFault, withoutFault } from '../../../scripts/mutants/fault.ts';
import { faults } from '../../../scripts/mutants/faults.ts';

const fault: Fault = {
  name: 'random: always the same',
  file: 'src/lib/nn/random.ts',
  find: 'export class Random',
  put: 'export class Fixed',
  tests: ['tests/unit/nn/random.test.ts'],
};

test('every fault of the list has its place: its text stands once in its file, and its tests are there', () => {
  expect(faults.flatMap((each) => placeProblem(each) ?? [])).toEqual([]);
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
});

test('a fault whose text has gone, or whose tests have, is named', () => {
  expect(placeProblem(fault)).toBeUndefined();
  expect(placeProblem({ ...fault, find: 'nothing of the kind' })).toMatch(/always the same.*stands nowhere/);
  expect(placeProblem({ ...fault, find: 'return' })).toMatch(/stands \d+ times/);
  expect(placeProblem({ ...fault, tests: ['tests/unit/gone.test.ts'] })).toContain('gone.test.ts');
});

test('a fault changes its text and nothing else', () => {
  const [before, after] = [withoutFault(fault), withFault(fault)];
  expect(after.replace('Fixed', 'Random')).toBe(before);
  expect(after).not.toBe(before);
});
