import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { typescriptLanguage } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { codeStyle } from './code-style.ts';
import { completeCode, documentWord } from './code-help.ts';
import { codeTheme } from './code-theme.ts';

export interface CodeEditorOptions {
  readonly code: string;
  /** What is written in it, for those who do not see it. */
  readonly label: string;
  readonly onEdit: (code: string) => void;
  /** Shift+Enter, which moves on to the next cell, or Ctrl+Enter, which does not. */
  readonly onRun: (movesOn: boolean) => void;
  /** Escape: the way out, since Tab is the page's. */
  readonly onLeave: () => void;
  /** Names that cells have made. */
  readonly names: () => Iterable<string>;
}

/** A place in the code that something is said of, counted from 1. */
export interface CodeMark {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface CodeEditor {
  readonly focus: () => void;
  readonly replace: (code: string) => void;
  readonly mark: (mark: CodeMark | undefined) => void;
  readonly end: () => void;
}

/**
 * CodeMirror in an element of the page. It stands in a shadow root: there its styles are objects, and in the page they would be
 * style elements, which the policy refuses.
 */
export function openCodeEditor(host: HTMLElement, options: CodeEditorOptions): CodeEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const run = (movesOn: boolean) => () => {
    options.onRun(movesOn);
    return true;
  };
  const leave = () => {
    options.onLeave();
    return true;
  };
  const keys = keymap.of([
    { key: 'Shift-Enter', run: run(true) },
    { key: 'Mod-Enter', run: run(false) },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...defaultKeymap.filter(({ key }) => key !== 'Escape'),
    ...historyKeymap,
    { key: 'Escape', run: leave },
  ]);
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: options.code,
      extensions: [
        keys,
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        typescriptLanguage,
        syntaxHighlighting(codeStyle),
        autocompletion({ override: [completeCode(options.names)], icons: false }),
        hoverTooltip(documentWord),
        codeTheme,
        EditorView.contentAttributes.of({ 'aria-label': options.label, tabindex: '0', translate: 'no' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onEdit(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    focus: () => view.focus(),
    replace: (code) => {
      if (code === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: code } });
    },
    mark: (mark) => view.dispatch(setDiagnostics(view.state, mark ? [diagnosticOf(view.state, mark)] : [])),
    end: () => view.destroy(),
  };
}

function diagnosticOf({ doc }: EditorState, { line, column, message }: CodeMark) {
  const { from, to } = doc.line(Math.min(line, doc.lines));
  const start = Math.min(from + column - 1, to);
  const word = /^[\p{ID_Continue}$]+/u.exec(doc.sliceString(start, to))?.[0].length ?? 1;
  return { from: start, to: Math.min(start + word, to), severity: 'error' as const, message };
}
