import { expect, test } from 'vitest';
import { createRequirement } from '../../../../src/state/site/requirement.ts';

test('what could not be had is said with its reason until it has come', async () => {
  let isThere = false;
  const { failure, load } = createRequirement('The digit cannot be shown', async () => {
    if (!isThere) throw new Error('a.bin could not be fetched');
  });
  expect(failure.value).toBeUndefined();
  await load();
  expect(failure.value).toBe('The digit cannot be shown: a.bin could not be fetched');
  isThere = true;
  await load();
  expect(failure.value).toBeUndefined();
});
