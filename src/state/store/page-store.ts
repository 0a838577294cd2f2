import type { RunStore } from './run-store.ts';

let opened: Promise<RunStore> | undefined;
/** Fetched when it is first asked for: a page whose runs are kept nowhere does without it. */
function open(): Promise<RunStore> {
  if (opened) return opened;
  const opening = import('./run-store.ts').then(({ createRunStore }) => createRunStore());
  opened = opening;
  opening.catch(() => {
    opened = undefined;
  });
  return opening;
}

/** The store of this page, in the browser's database. */
export const pageStore: RunStore = {
  claim: {
    hold: async (how, onLost) => (await open()).claim.hold(how, onLost),
    release: () => void opened?.then(({ claim }) => claim.release()),
  },
  kept: async () => (await open()).kept(),
  keep: async (run) => (await open()).keep(run),
  forget: async () => (await open()).forget(),
};

/** A store that keeps nothing. */
export const nowhere: RunStore = {
  claim: { hold: async () => true, release: () => {} },
  kept: async () => undefined,
  keep: async () => {},
  forget: async () => {},
};
