import { signal } from '@preact/signals';
import { createGenerations } from './generations.ts';

/** Of what is fetched before a worker is started. */
export interface Loading {
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
  /** Says that nobody wants it any more. */
  readonly signal: AbortSignal;
}

/** What makes a session: each is called once for an opening. */
export interface SessionParts<Started, Loaded, Opened> {
  /** Fetches what the worker needs. */
  readonly load: (loading: Loading) => Promise<Loaded>;
  /** Starts a worker, or several that end together. */
  readonly start: (loaded: Loaded) => Started;
  /** Makes it ready for what will be asked of it. */
  readonly prepare: (started: Started, loaded: Loaded) => Promise<Opened>;
}

/** What was being opened was let go of in the meantime. */
export class Abandoned extends Error {
  override name = 'Abandoned';
  override message = 'it was given up';
}

/**
 * The life of a computation in a worker: opened once for all who ask, however many ask while it opens; worked with; let go
 * of. What was asked before it was let go of is not heard any more, neither its progress nor its result nor its failure:
 * that is seen to here, and by `Remote.end`, so that those who use it need no guards of their own.
 */
export function createSession<Started extends { readonly end: () => void }, Loaded, Opened>({
  load,
  start,
  prepare,
}: SessionParts<Started, Loaded, Opened>) {
  /** Of what is fetched, from 0 to 1; nothing where nothing is being fetched. */
  const loading = signal<number | undefined>(undefined);
  const lives = createGenerations();
  let opening: Promise<Opened> | undefined;
  let started: Started | undefined;
  let download = new AbortController();

  /** Ends what there is; the next opening begins from nothing. */
  function close(): void {
    download.abort();
    download = new AbortController();
    started?.end();
    [opening, started] = [undefined, undefined];
    loading.value = undefined;
  }

  function letGo(): void {
    lives.begin();
    close();
  }

  async function begin(): Promise<Opened> {
    const isOurs = lives.current();
    try {
      const loaded = await load({
        signal: download.signal,
        onProgress: (share) => {
          if (isOurs()) loading.value = share < 1 ? share : undefined;
        },
      });
      // Nobody would ever end a worker that was started now.
      if (!isOurs()) throw new Abandoned();
      loading.value = undefined;
      started = start(loaded);
      const opened = await prepare(started, loaded);
      if (!isOurs()) throw new Abandoned();
      return opened;
    } catch (error) {
      throw isOurs() ? error : new Abandoned();
    }
  }

  /**
   * Opens it, where it is neither open nor being opened.
   *
   * @throws Error that says what went wrong; the next opening tries again
   * @throws Abandoned when it was let go of in the meantime
   */
  function open(): Promise<Opened> {
    if (opening) return opening;
    const own = begin();
    opening = own;
    own.catch(() => {
      // By now another opening may stand in its place.
      if (opening === own) close();
    });
    return own;
  }

  return {
    loading,
    open,
    letGo,
    /** @returns whether nothing has been let go of since this was called */
    hold: lives.current,
    /** Opens it and does something with it; a failure is told to `failed`, unless it was let go of by then. */
    async work(
      task: (opened: Opened) => Promise<void>,
      failed: (error: Error) => void | Promise<void>,
    ): Promise<void> {
      const isOurs = lives.current();
      try {
        const opened = await open();
        if (isOurs()) await task(opened);
      } catch (error) {
        if (isOurs()) await failed(error as Error);
      }
    },
  };
}
