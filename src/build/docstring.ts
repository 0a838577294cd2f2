/** A docstring taken apart. A paragraph is a list of words and of code, in turns: code stands at the odd places. */
export interface Docstring {
  readonly paragraphs: readonly Prose[];
  readonly parameters: readonly { readonly name: string; readonly words: Prose }[];
  readonly returns: readonly Prose[];
  readonly throws: readonly Prose[];
}

export type Prose = readonly string[];

/**
 * Reads what stands in a docstring, its stars taken away: paragraphs, then tags.
 *
 * @throws Error for a tag that no page would show
 */
export function readDocstring(text: string): Docstring {
  // With a line before it, so that a docstring that begins with a tag has no words.
  const [words, ...tagged] = `\n${text}`.split(/^(?=@\w)/m);
  const tags = tagged.map((tag) => /^@(\w+)\s+([\s\S]*)$/.exec(tag) ?? [tag, tag, '']);
  const unknown = tags.find(([, name]) => !['param', 'returns', 'throws'].includes(name));
  if (unknown)
    throw new Error(`A docstring has the tag @${unknown[1]}, which the pages of the library do not know.`);
  const of = (wanted: string) => tags.filter(([, name]) => name === wanted).map(([, , rest]) => rest);
  return {
    paragraphs: words
      .split(/\n\s*\n/)
      .filter((paragraph) => paragraph.trim() !== '')
      .map(proseOf),
    parameters: of('param').map((rest) => {
      const [name] = rest.split(/\s/, 1);
      return { name, words: proseOf(rest.slice(name.length)) };
    }),
    returns: of('returns').map(proseOf),
    throws: of('throws').map(proseOf),
  };
}

function proseOf(text: string): Prose {
  return text.trim().replace(/\s+/g, ' ').split('`');
}
