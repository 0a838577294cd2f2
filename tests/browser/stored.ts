import type { StoreName } from '../../src/state/store/form.ts';
import type { OtherPage } from './other-browsers.ts';

/**
 * What a store of the browser's database holds by now, lists of numbers as arrays. A page shows what the reader did at
 * once, and the store takes a moment: who leaves or reloads the page before is too early.
 */
export async function stored<Value = unknown>(
  page: Pick<OtherPage, 'evaluate'>,
  name: StoreName,
): Promise<Value[]> {
  return JSON.parse(await page.evaluate(readStore, name));
}

/** In the page: as JSON, since not every driver brings lists of numbers home. */
function readStore(name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('backprop-by-hand');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction(name).objectStore(name).getAll();
      opening.result.close();
      reading.onerror = () => reject(reading.error);
      reading.onsuccess = () =>
        resolve(
          JSON.stringify(reading.result, (_, value) =>
            ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value,
          ),
        );
    };
  });
}

/** How many epochs the run has that is kept; none where none is. */
export async function storedEpochs(page: Pick<OtherPage, 'evaluate'>): Promise<number | undefined> {
  const [run] = await stored<{ last: { epochs: number } }>(page, 'runs');
  return run?.last.epochs;
}
