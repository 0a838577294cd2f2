/** A file, a link or something kept that cannot be read: the message says why, as a sentence or its end. Nothing has changed. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}
