/** A name that nothing else has: of a run, or of a page that writes it. */
export function newId(): string {
  // `randomUUID` would not be there on a page that came over plain HTTP.
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}
