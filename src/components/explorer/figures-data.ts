import { useEffect, useState } from 'preact/hooks';
import type { PixelStatistics } from '../../lib/data/statistics.ts';
import { type Collection, beginWithSample, collection, statistics } from '../../state/digits/collection.ts';
import { findOwnDataset } from '../../state/digits/own-dataset.ts';

/**
 * What the page's figures show; the sample is fetched for the first of them. Nothing at the first drawing: an island
 * that comes alive late must first draw what was built, or what differs would stay as it was built.
 */
export function useFiguresData(): { from: Collection | undefined; counted: PixelStatistics | undefined } {
  const [isAlive, setAlive] = useState(false);
  useEffect(() => {
    setAlive(true);
    void beginWithSample();
    void findOwnDataset();
  }, []);
  const [from, counted] = [collection.value, statistics.value];
  return isAlive ? { from, counted } : { from: undefined, counted: undefined };
}
