import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { localCompletionSource } from '@codemirror/lang-javascript';
import type { EditorView, Tooltip } from '@codemirror/view';
import type { LibraryDoc } from '../../build/library-docs.ts';
import { address } from '../../state/site/address.ts';

let fetching: Promise<ReadonlyMap<string, LibraryDoc>> | undefined;

/** What there is to be called, by name; fetched with the first word that is written. Nothing where it cannot be fetched. */
function libraryDocs(): Promise<ReadonlyMap<string, LibraryDoc>> {
  fetching ??= fetch(address('cells/docs.json'))
    .then((response) => response.json() as Promise<LibraryDoc[]>)
    .then((docs) => new Map(docs.map((doc) => [doc.name, doc])))
    .catch(() => {
      fetching = undefined;
      return new Map();
    });
  return fetching;
}

/** Completes names: of this code, of what other cells have made, of the library and of the scope. */
export function completeCode(names: () => Iterable<string>) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[\p{ID_Start}$_][\p{ID_Continue}$]*/u);
    if (!word && !context.explicit) return null;
    const local = localCompletionSource(context);
    const docs = await libraryDocs();
    const options = new Map<string, Completion>();
    for (const { name, from, text } of docs.values())
      options.set(name, { label: name, detail: from, info: text });
    for (const name of names()) options.set(name, { label: name, detail: 'of a cell' });
    for (const option of local?.options ?? []) options.set(option.label, option);
    return {
      from: word?.from ?? context.pos,
      options: [...options.values()],
      validFor: /^[\p{ID_Continue}$]*$/u,
    };
  };
}

/** What the word under the pointer is, where the library or the scope has it. */
export async function documentWord(view: EditorView, at: number): Promise<Tooltip | null> {
  const range = view.state.wordAt(at);
  const doc = range && (await libraryDocs()).get(view.state.sliceDoc(range.from, range.to));
  if (!range || !doc) return null;
  return { pos: range.from, end: range.to, create: () => ({ dom: helpOf(doc) }) };
}

function helpOf({ signature, from, text }: LibraryDoc): HTMLElement {
  const help = document.createElement('div');
  help.className = 'cm-word-help';
  const [code, place, words] = [
    document.createElement('code'),
    document.createElement('p'),
    document.createElement('p'),
  ];
  code.textContent = signature;
  place.textContent = from;
  words.textContent = text;
  help.append(code, words, place);
  return help;
}
