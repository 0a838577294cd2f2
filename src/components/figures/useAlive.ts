import { useEffect, useState } from 'preact/hooks';

/**
 * Whether the island is alive. What it shows of a state that the page shares is to be what was built until then: taking over
 * what was built leaves attributes as they are, though other figures may have changed by now what they are made from.
 */
export function useAlive(): boolean {
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return isAlive;
}
