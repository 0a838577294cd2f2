import { UMAP } from 'umap-js';
import { Random } from '../nn/random.ts';
import { type Shadow, measureShadow } from './shadow.ts';

const NEIGHBOURS = 15;

/** What a map is made of. */
export interface MapAsked {
  /** (examples × units) */
  readonly values: Float32Array;
  readonly units: number;
  /** Draws where every example begins, and what is drawn on the way. */
  readonly seed: number;
}

/** How far a map is. */
export interface MapProgress {
  readonly epoch: number;
  readonly epochs: number;
  /** (examples × 2) */
  readonly places: Float64Array;
}

/**
 * A map of examples on which neighbours stay neighbours, as far as two directions allow (UMAP; McInnes, Healy and Melville 2018), by
 * the package umap-js: made epoch by epoch, so that it can be watched, and left off.
 */
export class NeighbourMap {
  #umap: UMAP | undefined;
  #random = new Random(0);
  #progress = { epoch: 0, epochs: 0 };
  #asked: MapAsked | undefined;

  /**
   * Finds each example's neighbours and puts everything anywhere.
   *
   * @throws Error when there are no more than 15 examples
   */
  begin(asked: MapAsked): MapProgress {
    this.#asked = asked;
    this.#random = new Random(asked.seed);
    this.#umap = new UMAP({ nNeighbors: NEIGHBOURS, random: () => this.#random.uniform() });
    this.#progress = { epoch: 0, epochs: this.#umap.initializeFit(rowsOf(asked.values, asked.units)) };
    return this.#now();
  }

  /** @throws Error before `begin` */
  advance({ epochs }: { readonly epochs: number }): MapProgress {
    const umap = this.#begun();
    const until = Math.min(this.#progress.epochs, this.#progress.epoch + epochs);
    let { epoch } = this.#progress;
    while (epoch < until) epoch = umap.step();
    this.#progress = { ...this.#progress, epoch };
    return this.#now();
  }

  /**
   * Where other examples belong on the finished map: among their neighbours. The map stays as it is.
   *
   * @param values (others × units)
   * @returns (others × 2); the same for the same others, whenever they are asked about
   * @throws Error before the last epoch
   */
  place({ values }: { readonly values: Float32Array }): Float64Array {
    const umap = this.#begun();
    const { epoch, epochs } = this.#progress;
    if (epoch < epochs) throw new Error(`the map is at epoch ${epoch} of ${epochs}`);
    this.#random = new Random(this.#asked!.seed);
    return Float64Array.from(umap.transform(rowsOf(values, this.#asked!.units)).flat());
  }

  /** What a picture of the examples keeps of how they lie among their units: this map, or any other. */
  measure({ places }: { readonly places: Float64Array }): Shadow {
    this.#begun();
    return measureShadow(this.#asked!.values, this.#asked!.units, places);
  }

  #begun(): UMAP {
    if (!this.#umap) throw new Error('no map was begun');
    return this.#umap;
  }

  #now(): MapProgress {
    return { ...this.#progress, places: Float64Array.from(this.#begun().getEmbedding().flat()) };
  }
}

function rowsOf(values: Float32Array, units: number): number[][] {
  return Array.from({ length: values.length / units }, (_, row) =>
    Array.from(values.subarray(row * units, (row + 1) * units)),
  );
}
