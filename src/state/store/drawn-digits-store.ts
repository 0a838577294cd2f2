import { type WrittenDigit, readStrokes, writeStrokes } from '../../lib/ink/stroke-file.ts';
import { inDatabase } from './database.ts';

const KEY = 'drawn';

/**
 * Keeps the digits that the reader has drawn, as the text of a file of strokes; where that is not possible they last as long as the
 * page.
 */
export async function storeDrawnDigits(digits: readonly WrittenDigit[]): Promise<boolean> {
  try {
    await inDatabase(['datasets'], 'readwrite', async (transaction) => {
      const store = transaction.objectStore('datasets');
      if (digits.length > 0) await store.put(writeStrokes(digits), KEY);
      else await store.delete(KEY);
    });
    return true;
  } catch {
    return false;
  }
}

/** Those that were kept, if they are there and whole. */
export async function storedDrawnDigits(): Promise<WrittenDigit[]> {
  try {
    const text = await inDatabase(['datasets'], 'readonly', (transaction) =>
      transaction.objectStore('datasets').get(KEY),
    );
    return typeof text === 'string' ? readStrokes(text) : [];
  } catch {
    return [];
  }
}
