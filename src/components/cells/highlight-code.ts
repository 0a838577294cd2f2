import { typescriptLanguage } from '@codemirror/lang-javascript';
import { highlightCode } from '@lezer/highlight';
import { codeStyle } from './code-style.ts';

/** A stretch of code, and what it is, if that has a colour: `keyword`. */
export interface CodeToken {
  readonly text: string;
  readonly kind: string;
}

/** TypeScript in the colours in which the editor will show it; used while the site is built. */
export function highlight(code: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  highlightCode(
    code,
    typescriptLanguage.parser.parse(code),
    codeStyle,
    (text, style) => tokens.push({ text, kind: style.replace('code-', '') }),
    () => tokens.push({ text: '\n', kind: '' }),
  );
  return tokens;
}
