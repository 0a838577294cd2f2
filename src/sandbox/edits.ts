/** Something in a source that is replaced. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A source with its edits made, and the way back. */
export interface Edited {
  readonly code: string;
  /** Where in the source a place of the code was; within what was put in, where that was put. */
  readonly sourceOffset: (offset: number) => number;
}

/**
 * Makes edits, none of which may overlap another; of several at one place the first given comes first.
 */
export function applyEdits(source: string, edits: readonly Edit[]): Edited {
  const inOrder = [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
  /** Where each kept piece begins, in the code and in the source. */
  const pieces = [{ code: 0, source: 0 }];
  let [code, at] = ['', 0];
  for (const { from, to, text } of inOrder) {
    code += source.slice(at, from);
    pieces.push({ code: code.length, source: from });
    code += text;
    pieces.push({ code: code.length, source: to });
    at = to;
  }
  code += source.slice(at);
  return {
    code,
    sourceOffset: (offset) => {
      const n = pieces.findLastIndex((piece) => piece.code <= offset);
      const [piece, next] = [pieces[n], pieces[n + 1]];
      return Math.min(piece.source + offset - piece.code, next?.source ?? source.length);
    },
  };
}

/** The same room, empty: spaces, and the line breaks that were there. */
export function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}

/** A place as a person counts: from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export function placeOf(source: string, offset: number): Place {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

export function offsetOf(code: string, { line, column }: Place): number {
  let start = 0;
  for (let n = 1; n < line; n++) {
    const end = code.indexOf('\n', start);
    if (end < 0) return code.length;
    start = end + 1;
  }
  return Math.min(start + column - 1, code.length);
}
