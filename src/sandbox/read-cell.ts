import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser } from 'acorn';
import { type Edit, type Edited, applyEdits } from './edits.ts';
import { CellError, type SyntaxNode, childrenOf, eraseTypes } from './erase-types.ts';

/** A cell that can be run: the body of a module. */
export interface ReadCell extends Edited {
  /** What it makes at its top level, which all cells share. */
  readonly names: readonly string[];
}

/** What the code of a cell calls of the kernel's. */
export const HOOKS = { guard: '$guard', value: '$value', import: '$import' } as const;

const parser = Parser.extend(tsPlugin() as never);

/**
 * Makes a module of a cell's TypeScript. What it declares at its top level becomes a name that all cells share, and can be
 * declared again; its last expression is its value; each loop that need not end calls a guard.
 *
 * @throws CellError at the place in the source that cannot be read
 */
export function readCell(source: string): ReadCell {
  const tree = parse(source);
  const edits = eraseTypes(tree, source);
  const names: string[] = [];
  const statements = tree['body'] as SyntaxNode[];
  for (const statement of statements) shareNames(statement, source, edits, names);
  const last = statements.at(-1);
  if (last?.type === 'ExpressionStatement') {
    const { start, end } = last['expression'] as SyntaxNode;
    edits.push(insert(last.start, ';'), insert(start, `${HOOKS.value}((`), insert(end, '))'));
  }
  rewriteWithin(tree, edits);
  return { names, ...applyEdits(source, edits) };
}

function parse(source: string): SyntaxNode {
  try {
    const options = { ecmaVersion: 'latest', sourceType: 'module', locations: true } as const;
    return parser.parse(source, options) as unknown as SyntaxNode;
  } catch (error) {
    const { message, pos } = error as SyntaxError & { pos?: number };
    if (pos === undefined) throw error;
    throw new CellError(message.replace(/ \(\d+:\d+\)$/, ''), pos);
  }
}

const insert = (at: number, text: string): Edit => ({ from: at, to: at, text });

/** Makes an assignment to shared names of each declaration, and finds these names. */
function shareNames(statement: SyntaxNode, source: string, edits: Edit[], names: string[]): void {
  const { type, start, end } = statement;
  if (statement['declare']) return;
  if (type === 'ImportDeclaration') {
    importLibrary(statement, source, edits, names);
    return;
  }
  if (type === 'ExportNamedDeclaration') {
    const inner = statement['declaration'] as SyntaxNode | null;
    if (statement['exportKind'] === 'type') return;
    if (!inner) throw new CellError('cells share all their names: there is nothing to export', start);
    edits.push({ from: start, to: inner.start, text: ' '.repeat(inner.start - start) });
    shareNames(inner, source, edits, names);
    return;
  }
  if (type.startsWith('Export')) {
    throw new CellError('cells share all their names: there is nothing to export', start);
  }
  if (type === 'VariableDeclaration') {
    const declarations = statement['declarations'] as SyntaxNode[];
    edits.push({ from: start, to: start + String(statement['kind']).length, text: ';(' });
    for (const { id, init, end: after } of declarations) {
      names.push(...boundNames(id as SyntaxNode));
      if (!init) edits.push(insert(after, ' = undefined'));
    }
    edits.push(insert(declarations.at(-1)!.end, ')'));
    return;
  }
  const id = statement['id'] as SyntaxNode | undefined;
  if (type === 'ClassDeclaration') {
    names.push(String(id!['name']));
    edits.push(insert(start, `;(${id!['name']} = `), insert(end, ')'));
  }
  if (type === 'FunctionDeclaration') {
    names.push(String(id!['name']));
    // Before all else: it may be called before it stands.
    edits.unshift(insert(0, `globalThis.${id!['name']} = ${id!['name']};`));
  }
}

/** An import of the library becomes a look into it. */
function importLibrary(statement: SyntaxNode, source: string, edits: Edit[], names: string[]): void {
  const { start, end } = statement;
  if (statement['importKind'] === 'type') return;
  const module = (statement['source'] as SyntaxNode)['raw'] as string;
  const taken: string[] = [];
  let target = '';
  for (const specifier of statement['specifiers'] as SyntaxNode[]) {
    if (specifier['importKind'] === 'type') continue;
    const local = String((specifier['local'] as SyntaxNode)['name']);
    names.push(local);
    if (specifier.type === 'ImportDefaultSpecifier') {
      throw new CellError('the modules of the library have no default: write { … } around the names', start);
    }
    if (specifier.type === 'ImportNamespaceSpecifier') target = local;
    else taken.push(`${(specifier['imported'] as SyntaxNode)['name']}: ${local}`);
  }
  if (taken.length > 0) target = `{ ${taken.join(', ')} }`;
  const breaks = source.slice(start, end).replace(/[^\n]/g, '');
  const assigned = target ? `${target} = ` : '';
  edits.push({ from: start, to: end, text: `;(${assigned}await ${HOOKS.import}(${module}));${breaks}` });
}

/** The names that a pattern binds. */
function boundNames(pattern: SyntaxNode): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [String(pattern['name'])];
    case 'ObjectPattern':
      return (pattern['properties'] as SyntaxNode[]).flatMap((property) =>
        boundNames((property['value'] ?? property['argument']) as SyntaxNode),
      );
    case 'ArrayPattern':
      return (pattern['elements'] as (SyntaxNode | null)[]).flatMap((each) => (each ? boundNames(each) : []));
    case 'AssignmentPattern':
      return boundNames(pattern['left'] as SyntaxNode);
    case 'RestElement':
      return boundNames(pattern['argument'] as SyntaxNode);
    default:
      return [];
  }
}

/**
 * What may stand anywhere: every `while`, `do` and `for` without a condition calls the guard, as the loops that nothing else
 * need end, and `import(…)` looks into the library.
 */
function rewriteWithin(node: SyntaxNode, edits: Edit[]): void {
  if (node.type === 'ImportExpression') {
    edits.push({ from: node.start, to: node.start + 'import'.length, text: HOOKS.import });
  }
  const isOpen = node.type === 'ForStatement' && !node['test'];
  if (node.type === 'WhileStatement' || node.type === 'DoWhileStatement' || isOpen) {
    const body = node['body'] as SyntaxNode;
    const call = `${HOOKS.guard}();`;
    if (body.type === 'BlockStatement') edits.push(insert(body.start + 1, call));
    else edits.push(insert(body.start, `{${call}`), insert(body.end, '}'));
  }
  for (const child of childrenOf(node)) rewriteWithin(child, edits);
}
