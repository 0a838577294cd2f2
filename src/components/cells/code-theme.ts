import { EditorView } from '@codemirror/view';

/** The editor in the colours and faces of the page, which its shadow root inherits. */
export const codeTheme = EditorView.theme({
  '&': {
    color: 'var(--ink)',
    backgroundColor: 'var(--sheet)',
    fontSize: '0.85rem',
  },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--code-face)', lineHeight: '1.55' },
  '.cm-content': { padding: 'var(--gap-3) 0', caretColor: 'var(--ink)' },
  '.cm-gutters': {
    color: 'var(--ink-faint)',
    backgroundColor: 'var(--sheet)',
    borderRight: '1px solid var(--ruling)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--ruling) 50%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '& > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { background: 'var(--hand-soft)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--hand-soft)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--ruling)' },
  '.cm-tooltip': {
    maxWidth: 'min(34rem, 90vw)',
    color: 'var(--ink)',
    backgroundColor: 'var(--sheet)',
    border: '1px solid var(--ink-faint)',
    font: 'var(--size-small) / 1.45 var(--control-face)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--paper)',
    backgroundColor: 'var(--ink)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--code-face)' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.8' },
  '.cm-word-help': { padding: 'var(--gap-2) var(--gap-3)' },
  '.cm-word-help code': { fontFamily: 'var(--code-face)', fontSize: '0.78rem', whiteSpace: 'pre-wrap' },
  '.cm-word-help p': { margin: 'var(--gap-1) 0 0', whiteSpace: 'pre-line' },
  '.code-keyword': { color: 'var(--code-keyword)' },
  '.code-string': { color: 'var(--code-string)' },
  '.code-number': { color: 'var(--code-number)' },
  '.code-comment': { color: 'var(--ink-soft)', fontStyle: 'italic' },
  '.code-type': { color: 'var(--code-type)' },
});
