import { useRef } from 'preact/hooks';

/** The first value that was there: what a guess was about stays what it is compared with. */
export function useFirst<T>(value: T | undefined): T | undefined {
  const first = useRef<T | undefined>(undefined);
  first.current ??= value;
  return first.current;
}
