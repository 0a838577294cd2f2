/** What a page may ask a service worker, each question with its answer, which comes through the port that is sent along. */
export interface Answers {
  /** Of the build that the worker belongs to. */
  readonly version: string;
  /** Whether it does now, instead of when no page of the older version is open any more. */
  readonly 'take over': boolean;
}

export type Question = keyof Answers;
