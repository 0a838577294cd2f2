/** A call of a method of a worker's object, which takes one argument, and the answer to it. */
export interface Call {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

export type Answer =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly failure: string };
