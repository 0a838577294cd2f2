/** A call of a method of a worker's object, which takes one argument, and beside it a function that hears how far it is. */
export interface Call {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

/** How far a call is, any number of times, then how it ended. */
export type Answer =
  | { readonly id: number; readonly progress: unknown }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: string };
