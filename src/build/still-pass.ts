import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest, readShard } from '../lib/data/shards.ts';
import { trace } from '../lib/nn/trace.ts';
import { describeStep } from '../state/pass-sentences.ts';
import { shippedNetwork } from './shipped-network.ts';

const FOLDER = join(process.cwd(), 'public/data');

/** For readers without JavaScript: what each step of the forward pass does to the sample's first digit, in sentences. */
export async function stillPass(): Promise<string[]> {
  const { datasets } = readManifest(JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')));
  const shard = datasets['sample-test']![0]!;
  const digits = await readShard(shard, readFileSync(join(FOLDER, shard.file)));
  const pass = trace(shippedNetwork('original'), digits, 0);
  return pass.steps
    .filter(({ direction }) => direction === 'forward')
    .map((step) => describeStep(pass, step));
}
