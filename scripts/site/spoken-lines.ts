/** Said of a place, and nothing of what is there. */
const SILENT = /^(?:end(?: of|,)|paragraph$|main$|article$)/;
/** What is said in small pieces. */
const IN_PIECES = ['math', 'superscript', 'subscript'];

/**
 * Phrases of a screen reader as lines to read: without the ends of things, each heading after an empty line, and a formula in one
 * line.
 */
export function foldSpeech(phrases: readonly string[]): string[] {
  const lines: string[] = [];
  let [whole, pieces]: [string | undefined, string[]] = [undefined, []];
  for (const phrase of phrases) {
    if (whole === undefined && IN_PIECES.includes(phrase)) [whole, pieces] = [phrase, []];
    else if (whole !== undefined && phrase === `end of ${whole}`) {
      lines.push([`${whole},`, ...pieces].join(' '));
      whole = undefined;
    } else if (SILENT.test(phrase)) continue;
    else if (whole !== undefined) pieces.push(phrase);
    else {
      if (phrase.startsWith('heading,')) lines.push('');
      lines.push(phrase);
    }
  }
  return lines;
}
