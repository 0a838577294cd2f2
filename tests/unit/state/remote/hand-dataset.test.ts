import { afterEach, expect, test, vi } from 'vitest';
import type { Dataset } from '../../../../src/lib/data/dataset.ts';
import { HandedDatasets } from '../../../../src/lib/training/handed-datasets.ts';
import { handDataset, inSharedMemory, isShared } from '../../../../src/state/remote/hand-dataset.ts';
import { repeatedDigits } from '../../training/digits.ts';

afterEach(() => vi.unstubAllGlobals());

/** More than one part's worth. */
const dataset = repeatedDigits(7000);

/** What a worker would be given, as it would arrive there. */
async function given(handed: Dataset): Promise<Dataset[]> {
  const parts: Dataset[] = [];
  await handDataset({ give: async (part) => void parts.push(structuredClone(part)) }, handed);
  return parts;
}

test('a page that is not isolated hands over copies, part by part', async () => {
  vi.stubGlobal('crossOriginIsolated', false);
  expect(inSharedMemory(dataset)).toBe(dataset);
  const parts = await given(dataset);
  expect(parts.length).toBeGreaterThan(1);
  const handed = new HandedDatasets();
  for (const part of parts) handed.give(part);
  const whole = handed.whole(dataset.name);
  expect(whole.count).toBe(dataset.count);
  expect(whole.labels).toEqual(dataset.labels);
  expect(Buffer.compare(whole.values, dataset.values)).toBe(0);
});

test('an isolated page hands over its own memory, all at once', async () => {
  vi.stubGlobal('crossOriginIsolated', true);
  const shared = inSharedMemory(dataset);
  expect(isShared(dataset)).toBe(false);
  expect(isShared(shared)).toBe(true);
  expect(Buffer.compare(shared.values, dataset.values)).toBe(0);
  const [part, ...others] = await given(shared);
  expect(others).toEqual([]);
  expect(part!.labels).toEqual(dataset.labels);
  // The same bytes, not others like them.
  shared.values[5] = 123;
  expect(part!.values[5]).toBe(123);
});
