import { type Edit, blank } from './edits.ts';

/** A node of a syntax tree, as far as it is looked at here. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** A cell that cannot be run as it is written. */
export class CellError extends Error {
  override name = 'CellError';
  /** In the source. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Expressions with a type beside them. */
const BESIDE_AN_EXPRESSION = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
]);

/** What TypeScript makes code of, and not only checks. */
const NOT_ERASABLE: Readonly<Record<string, string>> = {
  TSEnumDeclaration: 'an enum is more than types: use an object instead',
  TSModuleDeclaration: 'a namespace is more than types: use a module or an object instead',
  TSParameterProperty: 'a parameter property is more than a type: assign it in the constructor',
  TSImportEqualsDeclaration: 'import … = is not known here: write import { … } from …',
  TSExportAssignment: 'export = is not known here',
};

/** Names before a member of a class that say something to TypeScript alone. */
const MODIFIERS = /\b(?:public|private|protected|readonly|override|abstract)\b/g;

/**
 * Spaces for all that is a type, so that every place of the code stays where it is.
 *
 * @param tree of the whole source
 * @throws CellError at what cannot be erased
 */
export function eraseTypes(tree: SyntaxNode, source: string): Edit[] {
  const edits: Edit[] = [];
  const erase = (from: number, to: number) => {
    if (to > from) edits.push({ from, to, text: blank(source.slice(from, to)) });
  };
  /** A statement's place is kept apart from what stands before it. */
  const eraseStatement = ({ start, end }: SyntaxNode) =>
    edits.push({ from: start, to: end, text: `;${blank(source.slice(start + 1, end))}` });

  const visit = (node: SyntaxNode): void => {
    if (isTypeStatement(node)) {
      eraseStatement(node);
    } else if (NOT_ERASABLE[node.type]) {
      throw new CellError(NOT_ERASABLE[node.type], node.start);
    } else if (BESIDE_AN_EXPRESSION.has(node.type)) {
      eraseBeside(node);
      visit(node['expression'] as SyntaxNode);
    } else if (node.type.startsWith('TS') || isTypeMember(node)) {
      erase(node.start, node.end);
    } else if (node.type === 'Identifier') {
      // Its type, and the mark before that.
      erase(node.start + (node['name'] as string).length, node.end);
    } else {
      eraseAround(node);
      for (const child of childrenOf(node)) visit(child);
    }
  };

  /** Of an expression with a type beside it the expression stays, in its brackets if it has some. */
  const eraseBeside = ({ type, start, end, ...node }: SyntaxNode): void => {
    const beside = (node['typeAnnotation'] ?? node['typeArguments']) as SyntaxNode | undefined;
    const word = { TSAsExpression: 'as', TSSatisfiesExpression: 'satisfies' }[type];
    if (!beside)
      erase(end - 1, end); // x!
    else if (type === 'TSTypeAssertion') erase(start, source.indexOf('>', beside.end) + 1);
    else erase(word ? source.lastIndexOf(word, beside.start - 1) : beside.start, end);
  };

  /** What is no node of its own: words before a class or a member, marks after a name, a parameter `this`. */
  const eraseAround = (node: SyntaxNode): void => {
    if (node.type.startsWith('Class') && node['abstract']) erase(node.start, node.start + 'abstract'.length);
    const interfaces = node['implements'] as readonly SyntaxNode[] | undefined;
    if (interfaces?.length) {
      erase(source.lastIndexOf('implements', interfaces[0].start), interfaces[0].start);
    }
    const parameter = (node['params'] as readonly SyntaxNode[] | undefined)?.[0];
    if (parameter?.['name'] === 'this') {
      erase(parameter.end, parameter.end + /^\s*,?/.exec(source.slice(parameter.end))![0].length);
      erase(parameter.start, parameter.start + 'this'.length);
    }
    if (node.type !== 'PropertyDefinition' && node.type !== 'MethodDefinition') return;
    const key = node['key'] as SyntaxNode;
    for (const { 0: word, index } of source.slice(node.start, key.start).matchAll(MODIFIERS)) {
      erase(node.start + index, node.start + index + word.length);
    }
    const after = key.end + (node['computed'] ? 1 : 0);
    if (/[?!]/.test(source[after] ?? '')) erase(after, after + 1);
  };

  visit(tree);
  return edits;
}

function isTypeStatement(node: SyntaxNode): boolean {
  if (node['declare'] && node.type !== 'PropertyDefinition') return true;
  if (node['exportKind'] === 'type' && node.type === 'ExportNamedDeclaration') return true;
  if (node['importKind'] === 'type' && node.type === 'ImportDeclaration') return true;
  return ['TSTypeAliasDeclaration', 'TSInterfaceDeclaration', 'TSDeclareFunction'].includes(node.type);
}

/** A member of a class that only says of what type something is. */
function isTypeMember(node: SyntaxNode): boolean {
  if (node.type === 'PropertyDefinition') return Boolean(node['abstract'] || node['declare']);
  return node.type === 'MethodDefinition' && (node['value'] as SyntaxNode).type === 'TSDeclareMethod';
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}
