/**
 * Things that are begun one after the other, of which only the latest counts: who holds on to an earlier one finds that
 * it is over.
 */
export function createGenerations() {
  let latest = 0;
  const current = () => {
    const own = latest;
    return () => own === latest;
  };
  return {
    /** @returns whether what is on now is still on */
    current,
    /** Begins the next; the one before is over. @returns whether this one is still on */
    begin(): () => boolean {
      latest++;
      return current();
    },
  };
}
