import type { ActivationChoice } from './activation-choice.ts';
import { MOST_BYTES, type NetworkFile, NetworkFileError } from './network-file.ts';
import { looksLikeNpy } from './npy.ts';
import { readNpz } from './npz.ts';
import { readOriginal } from './original.ts';
import { looksLikeSafetensors, readSafetensors } from './safetensors.ts';
import { looksLikeZip } from './zip.ts';

/**
 * Opens a network's file, whichever of the known formats it is in: safetensors, .npz, or the original project's weights.
 *
 * @param choice what the reader says of activations that the file does not name
 * @throws NetworkFileError that says what is wrong; then nothing was loaded
 */
export function openNetwork(bytes: Uint8Array, choice: ActivationChoice = {}): NetworkFile {
  if (bytes.length > MOST_BYTES) {
    throw new NetworkFileError(
      `the file has ${Math.round(bytes.length / 1e6)} MB; ${MOST_BYTES / 1e6} MB is the most`,
    );
  }
  if (looksLikeNpy(bytes)) return readOriginal(bytes);
  if (looksLikeZip(bytes)) return readNpz(bytes, choice);
  if (looksLikeSafetensors(bytes)) return readSafetensors(bytes, choice);
  throw new NetworkFileError(
    'this is no network: neither a safetensors file, nor .npz, nor weights of the original project',
  );
}
