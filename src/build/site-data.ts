import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError, type Dataset, concatenate } from '../lib/data/dataset.ts';
import { readManifest, readShard } from '../lib/data/shards.ts';

const FOLDER = join(process.cwd(), 'public/data');

const read = new Map<string, Promise<Dataset>>();

/**
 * A data set of the site's, read from the files that pages will fetch, while the site is built: for first frames that
 * show what the page will show.
 *
 * @param name as in the manifest: `sample-train`, `train`, …
 * @throws DataError when `npm run data` has not made it
 */
export function siteData(name: string): Promise<Dataset> {
  let reading = read.get(name);
  if (!reading) {
    reading = readShards(name);
    read.set(name, reading);
  }
  return reading;
}

async function readShards(name: string): Promise<Dataset> {
  const manifest = readManifest(JSON.parse(await readFile(join(FOLDER, 'manifest.json'), 'utf8')));
  const shards = manifest.datasets[name];
  if (!shards?.length) throw new DataError(`public/data/ has no set named ${name}: run npm run data`);
  const parts = await Promise.all(
    shards.map(async (entry) => readShard(entry, await readFile(join(FOLDER, entry.file)))),
  );
  return concatenate(parts, name);
}
