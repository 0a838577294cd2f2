import { crc32 } from './crc32.ts';
import { DataError, type Dataset, PIXELS, createDataset } from './dataset.ts';

/*
 * The data as the site serves it. A shard is some images' labels, then their pixels, deflated (gzip); a manifest names
 * the shards of each data set with their sizes and checksums. A shard's name carries its checksum, so that it may be
 * cached for ever, and does not end in .gz, which some servers would take for an encoding to undo.
 */

/** A shard as the manifest names it. */
export interface ShardEntry {
  readonly file: string;
  readonly count: number;
  /** Bytes to download. */
  readonly bytes: number;
  /** CRC-32 of the downloaded bytes, in hexadecimal. */
  readonly checksum: string;
}

/** Which shards make up each data set. */
export interface Manifest {
  readonly version: 1;
  readonly datasets: Readonly<Record<string, readonly ShardEntry[]>>;
}

/** @param name of the shard, without its checksum and ending: `train-0` */
export async function writeShard(
  name: string,
  dataset: Dataset,
): Promise<{ entry: ShardEntry; bytes: Uint8Array }> {
  const plain = new Uint8Array(dataset.count * (1 + PIXELS));
  plain.set(dataset.labels);
  plain.set(dataset.values, dataset.count);
  const bytes = await through(plain, new CompressionStream('gzip'));
  const checksum = crc32(bytes).toString(16).padStart(8, '0');
  const file = `${name}.${checksum}.bin`;
  return { entry: { file, count: dataset.count, bytes: bytes.length, checksum }, bytes };
}

/**
 * The images of one shard, every byte as it was.
 *
 * @throws DataError naming the shard, when it is not what the manifest says
 */
export async function readShard(entry: ShardEntry, bytes: Uint8Array): Promise<Dataset> {
  if (bytes.length !== entry.bytes) {
    throw new DataError(
      `${entry.file} has ${bytes.length} bytes where ${entry.bytes} were expected: the download is not whole`,
    );
  }
  if (crc32(bytes) !== Number.parseInt(entry.checksum, 16)) {
    throw new DataError(`${entry.file} arrived damaged: its checksum is not ${entry.checksum}`);
  }
  const plain = await through(bytes, new DecompressionStream('gzip')).catch((error: Error) => {
    throw new DataError(`${entry.file} cannot be unpacked: ${error.message}`);
  });
  if (plain.length !== entry.count * (1 + PIXELS)) {
    throw new DataError(
      `${entry.file} unpacks to ${plain.length} bytes, which are not ${entry.count} images`,
    );
  }
  return createDataset(entry.file, plain.subarray(entry.count), plain.subarray(0, entry.count));
}

/** @throws DataError that says what of the manifest is wrong */
export function readManifest(value: unknown): Manifest {
  const manifest = value as Partial<Manifest> | null;
  const datasets = manifest?.datasets;
  if (manifest?.version !== 1 || typeof datasets !== 'object' || datasets === null) {
    throw new DataError('the manifest of the data is not one that this version of the site can read');
  }
  for (const [name, shards] of Object.entries(datasets)) {
    if (!Array.isArray(shards) || !shards.every(isShardEntry)) {
      throw new DataError(`the manifest's entry for ${name} is damaged`);
    }
  }
  return manifest as Manifest;
}

function isShardEntry(entry: Partial<ShardEntry> | null): boolean {
  return (
    typeof entry === 'object' &&
    /^[\w-]+\.[0-9a-f]{8}\.bin$/.test(entry?.file ?? '') &&
    /^[0-9a-f]{8}$/.test(entry?.checksum ?? '') &&
    [entry?.count, entry?.bytes].every((size) => Number.isInteger(size) && size! > 0 && size! < 2 ** 31)
  );
}

/** Bytes after they have gone through a stream that packs or unpacks. */
export async function through(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const body = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(body).arrayBuffer());
}
