import { type Transaction, inDatabase } from './database.ts';
import { newId } from './new-id.ts';
import { RunTaken } from './run-taken.ts';

/** What the store knows of the page that may write the run. */
interface Claim {
  readonly holder: string;
  /** Milliseconds since 1970 after which it lapses; where the browser has locks, the lock says how long it lasts. */
  readonly until?: number;
}

/** To ask is to wait for one's turn, a moment; to take is not to. */
export type ClaimWay = 'ask' | 'take';

const NAME = 'backprop-by-hand/run';
const KEY = 'run';
/** Milliseconds that a page just left, or loaded anew, may take to let go. */
const PATIENCE = 250;
/** Milliseconds that a claim lasts without locks, unless it is renewed. */
const LEASE = 15_000;

export type RunClaim = ReturnType<typeof createRunClaim>;

/**
 * One page's claim to be the one that writes the reader's run. The claim in the store decides, inside the transaction
 * that writes, so that two pages can never mix; the browser's lock, or a lease where it has none, tells a page that is
 * still there from one that is gone.
 */
export function createRunClaim(locks: LockManager | null = globalThis.navigator?.locks ?? null) {
  const holder = newId();
  let letGo: (() => void) | undefined;
  const inForce = (): Claim => (locks ? { holder } : { holder, until: Date.now() + LEASE });

  /**
   * @param onLost called once, when another page has taken it over
   * @returns whether it is held; not where another page holds it, and it was only asked for
   * @throws Error that says why the browser keeps nothing
   */
  async function hold(how: ClaimWay, onLost: () => void): Promise<boolean> {
    if (letGo) return true;
    if (!locks) {
      if (!(await write(how === 'take'))) return false;
      letGo = keepRenewing(onLost);
      return true;
    }
    letGo = await lock(locks, how, () => {
      if (!letGo) return;
      drop();
      onLost();
    });
    if (!letGo) return false;
    try {
      await write(true);
    } catch (error) {
      release();
      throw error;
    }
    // It may have been stolen in between.
    return letGo !== undefined;
  }

  /** Puts the claim into the store; where it is not forced, only if nobody else's is in force. */
  function write(isForced: boolean): Promise<boolean> {
    return inDatabase(['claims'], 'readwrite', async (transaction) => {
      const claims = transaction.objectStore('claims');
      const there = (await claims.get(KEY)) as Claim | undefined;
      if (!isForced && there && there.holder !== holder && (there.until ?? 0) > Date.now()) return false;
      await claims.put(inForce(), KEY);
      return true;
    });
  }

  function keepRenewing(onLost: () => void): () => void {
    const renewing = setInterval(() => {
      inDatabase(['claims'], 'readwrite', async (transaction) => {
        await check(transaction);
        await transaction.objectStore('claims').put(inForce(), KEY);
      }).catch((error) => {
        // Anything else is said when it is written next.
        if (error instanceof RunTaken) onLost();
      });
    }, LEASE / 3);
    globalThis.addEventListener?.('pagehide', release);
    return () => {
      clearInterval(renewing);
      globalThis.removeEventListener?.('pagehide', release);
    };
  }

  /** @throws RunTaken unless this page may write; within the transaction that does so */
  async function check(transaction: Transaction<'readwrite'>): Promise<void> {
    const there = (await transaction.objectStore('claims').get(KEY)) as Claim | undefined;
    if (!there || there.holder === holder) return;
    drop();
    throw new RunTaken();
  }

  function drop(): void {
    letGo?.();
    letGo = undefined;
  }

  /** Gives it up, for the next who asks. */
  function release(): void {
    if (!letGo) return;
    drop();
    if (locks) return;
    void inDatabase(['claims'], 'readwrite', async (transaction) => {
      await check(transaction);
      await transaction.objectStore('claims').delete(KEY);
    }).catch(() => {});
  }

  return { hold, check, release };
}

/**
 * @returns what unlocks it again, once it is held; undefined where another page holds it
 * @throws DOMException where the browser gives this page no locks
 */
function lock(locks: LockManager, how: ClaimWay, onStolen: () => void): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const options = how === 'take' ? { steal: true } : { signal: AbortSignal.timeout(PATIENCE) };
    locks
      .request(NAME, options, () => new Promise<void>((unlock) => resolve(unlock)))
      .catch((error: DOMException) => {
        // Of what was held and is stolen, nobody waits for an answer any more.
        if (error.name === 'AbortError') onStolen();
        if (error.name === 'AbortError' || error.name === 'TimeoutError') resolve(undefined);
        else reject(error);
      });
  });
}
