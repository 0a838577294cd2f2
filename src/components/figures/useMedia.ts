import { useLayoutEffect, useState } from 'preact/hooks';

/** Whether the window is as a media query says; while the site is built it is taken to be. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(true);
  useLayoutEffect(() => {
    const media = matchMedia(query);
    const read = () => setMatches(media.matches);
    read();
    media.addEventListener('change', read);
    return () => media.removeEventListener('change', read);
  }, [query]);
  return matches;
}
