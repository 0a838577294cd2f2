import { tagHighlighter, tags } from '@lezer/highlight';

/** The classes of code, in the page as it was built and in the editor; their colours are in Cell.css. */
export const codeStyle = tagHighlighter([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], class: 'code-keyword' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: 'code-string' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: 'code-number' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], class: 'code-comment' },
  { tag: [tags.typeName, tags.className], class: 'code-type' },
]);
