import { zipSync } from 'fflate';
import { writeNpy, writeNpyTexts } from '../../src/lib/models/npy.ts';
import type { NetworkModel } from '../../src/lib/nn/model.ts';

/** What was changed as a value, as the text or the bytes that a reader is given. */
export const text = (input: unknown) =>
  input instanceof Uint8Array ? new TextDecoder().decode(input) : asText(input);
export const asText = (input: unknown) => (typeof input === 'string' ? input : (JSON.stringify(input) ?? ''));
export const bytes = (input: unknown) =>
  input instanceof Uint8Array ? input : new TextEncoder().encode(asText(input));

export async function* piecesOf(input: unknown): AsyncGenerator<string | Uint8Array> {
  const whole = input instanceof Uint8Array ? input : asText(input);
  for (let at = 0; at < whole.length; at += 1000) yield whole.slice(at, at + 1000);
}

export function utf16(words: string): Uint8Array {
  return new Uint8Array(Buffer.from(`\uFEFF${words}`, 'utf16le'));
}

export function zipOf(input: unknown): Uint8Array {
  // What packs the zip cannot pack a file of this name.
  const named = Object.entries((input ?? {}) as object).filter(([name]) => name !== '__proto__');
  const entries = named.map(([name, value]) => [name || '0', bytes(value)]);
  return zipSync(Object.fromEntries(entries));
}

export function partsOfSafetensors(file: Uint8Array) {
  const start = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
  return { header: JSON.parse(text(file.subarray(8, start))), body: file.slice(start) };
}

export function safetensorsOf(input: unknown): Uint8Array {
  const { header, body } = (input ?? {}) as Record<string, unknown>;
  const words = new TextEncoder().encode(JSON.stringify(header) ?? '');
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(words.length), true);
  return Uint8Array.of(...length, ...words, ...bytes(body));
}

export function originalWeights({ layers }: NetworkModel): Uint8Array {
  const rows = ['4', 'none', 'input', '3', 'relu', 'hidden', '2', 'softmax', 'output'];
  const table = Buffer.from(writeNpyTexts(rows)).toString('latin1').replace('(9,), }  ', '(3, 3), }');
  const arrays = layers.flatMap(({ weights, bias, units, inputs }) => [
    writeNpy([units, inputs], Float64Array.from(weights)),
    writeNpy([units], Float64Array.from(bias)),
  ]);
  return Uint8Array.of(
    ...Uint8Array.from(table, (letter) => letter.charCodeAt(0)),
    ...arrays.flatMap((array) => [...array]),
  );
}
