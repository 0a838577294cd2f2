import { basename } from 'node:path';

interface Node {
  type: string;
  name?: string | null;
  lang?: string | null;
  meta?: string | null;
  value?: string;
  attributes?: Attribute[];
  children?: Node[];
}

interface Attribute {
  type: string;
  name: string;
  value: unknown;
}

/** A cell as a chapter has it. */
export interface LiveFence {
  /** The chapter's file, without its ending: cells of one page share it. */
  readonly page: string;
  /** The same for ever: what a reader makes of the cell is kept under it. */
  readonly id: string;
  /** Among the page's, from 1. */
  readonly place: number;
  /** What it shows, of a cell that is folded away until somebody wants it; empty where it is open. */
  readonly title: string;
  readonly code: string;
}

/**
 * A remark plugin: each code fence of a chapter that is marked live, with a name (` ```ts live losses `), becomes a cell, <Cell>,
 * which is folded away where it has a title too (` ```ts live losses The loss of the digit above `);
 * and each exercise that is checked by code learns its place among the page's cells.
 * To be run before the shells of widgets are imported.
 *
 * @throws Error where a cell has no name, or another's
 */
export function remarkLiveFences() {
  return (tree: Node, file: { path: string }): void => {
    const page = basename(file.path, '.mdx');
    const names = new Set<string>();
    for (const parent of allOf(tree)) {
      if (!parent.children) continue;
      parent.children = parent.children.map((node) => {
        const exercise = exerciseName(node);
        const [name, title] = exercise === undefined ? liveNames(node) : [exercise, ''];
        if (name === undefined) return node;
        if (!/^[a-z][a-z-]*$/.test(name) || names.has(name))
          throw new Error(`${file.path}: a live cell needs a name of its own, and one is called “${name}”`);
        names.add(name);
        const place = names.size;
        if (exercise === undefined) return cellOf({ page, id: name, place, title, code: node.value ?? '' });
        return { ...node, attributes: [...node.attributes!, ...attributesOf({ page, place })] };
      });
    }
  };
}

function* allOf(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children ?? []) yield* allOf(child);
}

/** Name and title of a fence that is marked live; no name where none is. */
function liveNames({ type, lang, meta }: Node): [name: string | undefined, title: string] {
  const marked = type === 'code' && lang === 'ts' ? /^live\b\s*(\S*)\s*(.*)$/.exec(meta ?? '') : null;
  return [marked?.[1], marked?.[2] ?? ''];
}

/** Exercises that are checked by code. */
const CHECKED = ['CodeExercise', 'OrderLines'];

/** What the exercise that a node is, checked by code, is called: its cell is one of the page's. */
function exerciseName({ type, name, attributes }: Node): string | undefined {
  if (!type.startsWith('mdxJsx') || !CHECKED.includes(name!)) return undefined;
  return String(attributes?.find((each) => each.name === 'name')?.value);
}

/** What MDX would have parsed from <Cell page="…" id="…" place="…" title="…" code="…" />. */
function cellOf(fence: LiveFence): Node {
  return { type: 'mdxJsxFlowElement', name: 'Cell', attributes: attributesOf(fence), children: [] };
}

function attributesOf(fence: object): Attribute[] {
  return Object.entries(fence).map(([name, value]) => ({
    type: 'mdxJsxAttribute',
    name,
    value: String(value),
  }));
}
