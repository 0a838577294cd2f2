/**
 * Reads what an earlier visit kept. Storage may be blocked, and what is in it may be damaged: then it is as if nothing
 * had been kept.
 *
 * @param isValid whether a value is what was once written under this key
 */
export function readKept<T>(key: string, isValid: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isValid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value for later visits; returns whether that was possible. */
export function keep(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
