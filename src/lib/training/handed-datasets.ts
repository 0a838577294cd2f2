import { type Dataset, concatenate } from '../data/dataset.ts';

/** Data sets that are handed over part by part, so that no part takes long; asked for by their names. */
export class HandedDatasets {
  readonly #parts = new Map<string, Dataset[]>();

  /** The next images of the set with this name. */
  give(part: Dataset): void {
    const parts = this.#parts.get(part.name) ?? [];
    this.#parts.set(part.name, [...parts, part]);
  }

  /** @throws Error when nothing was given under this name */
  whole(name: string): Dataset {
    const parts = this.#parts.get(name);
    if (!parts) throw new Error(`no data set named ${name} was given`);
    if (parts.length === 1) return parts[0];
    const whole = concatenate(parts, name);
    this.#parts.set(name, [whole]);
    return whole;
  }
}
