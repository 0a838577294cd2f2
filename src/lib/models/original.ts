import {
  MOST_LAYERS,
  type NetworkFile,
  NetworkFileError,
  type ReadLayer,
  assemble,
  usualLoss,
} from './network-file.ts';
import { type NpyNumbers, readNpy } from './npy.ts';

/*
 * The weight file of the project that this site re-implements: NumPy arrays written one after another into one file.
 * First the layers as texts, a row each: units, activation, type (input, hidden, output); then W and b of each layer in
 * turn, as float64. A layer of type input has no weights.
 */

/** @throws NetworkFileError */
export function readOriginal(bytes: Uint8Array): NetworkFile {
  const { array: table, end } = readNpy(bytes, 'the table of layers');
  if (table.kind !== 'texts' || table.shape.length !== 2 || table.shape[1] !== 3) {
    throw new NetworkFileError(
      'the first array is not a table of layers: units, activation and type in each row',
    );
  }
  const rows = Array.from({ length: table.shape[0] }, (_, row) =>
    readRow(table.values.slice(row * 3, row * 3 + 3), row),
  );
  const [input, ...weighted] = rows;
  if (input?.type !== 'input')
    throw new NetworkFileError('the table of layers does not begin with one of type input');
  if (weighted.length > MOST_LAYERS) throw new NetworkFileError(`the table names ${weighted.length} layers`);

  let offset = end;
  const next = (name: string): NpyNumbers => {
    const { array, end: after } = readNpy(bytes, name, offset);
    if (array.kind !== 'numbers') throw new NetworkFileError(`${name} holds texts, not numbers`);
    offset = after;
    return array;
  };
  let inputs = input.units;
  const layers = weighted.map(({ units, activation }, l): ReadLayer => {
    const W = next(`W of layer ${l + 1}`);
    const b = next(`b of layer ${l + 1}`);
    if (W.shape.length !== 2 || W.shape[0] !== units || W.shape[1] !== inputs) {
      throw new NetworkFileError(
        `W of layer ${l + 1} is ${W.shape.join(' × ')}, where its table says ${units} × ${inputs}`,
      );
    }
    const layer = { units, inputs, activation, weights: W.values, bias: b.values };
    inputs = units;
    return layer;
  });
  if (offset !== bytes.length)
    throw new NetworkFileError(`the file has ${bytes.length - offset} bytes after its last array`);
  const output = layers.at(-1)?.activation ?? '';
  return assemble(layers, { loss: usualLoss(output) });
}

function readRow(
  fields: readonly string[],
  row: number,
): { units: number; activation: string; type: string } {
  const [units, activation, type] = fields.map((field) => field.trim().toLowerCase()) as [
    string,
    string,
    string,
  ];
  if (!/^\d{1,6}$/.test(units) || Number(units) === 0) {
    throw new NetworkFileError(`row ${row + 1} of the table of layers has "${fields[0]}" units`);
  }
  const expected = row === 0 ? ['input'] : ['hidden', 'output'];
  if (!expected.includes(type)) {
    throw new NetworkFileError(
      `row ${row + 1} of the table of layers is of type "${fields[2]}", not ${expected.join(' or ')}`,
    );
  }
  return { units: Number(units), activation, type };
}
