/** How long something is kept: until the reader clears it, or as long as the tab is open. */
type Until = 'cleared' | 'closed';

/** Blocked storage throws when it is only named. */
const storages = { cleared: () => localStorage, closed: () => sessionStorage } as const;

/**
 * Reads what an earlier visit kept. Storage may be blocked, and what is in it may be damaged: then it is as if nothing
 * had been kept.
 *
 * @param isValid whether a value is what was once written under this key
 */
export function readKept<T>(
  key: string,
  isValid: (value: unknown) => value is T,
  until: Until = 'cleared',
): T | undefined {
  try {
    const value: unknown = JSON.parse(storages[until]().getItem(key) ?? 'null');
    return isValid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether storage can be read, and there is nothing at all under this key. */
export function isNothingKept(key: string): boolean {
  try {
    return localStorage.getItem(key) === null;
  } catch {
    return false;
  }
}

/** Keeps a value for later visits, or for this one; returns whether that was possible. */
export function keep(key: string, value: unknown, until: Until = 'cleared'): boolean {
  try {
    storages[until]().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Forgets a value of earlier visits; returns whether that was possible. */
export function forget(key: string): boolean {
  try {
    localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}
