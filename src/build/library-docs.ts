import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** What the editor says of a name that cells can import, or find in their scope. */
export interface LibraryDoc {
  readonly name: string;
  /** Where it comes from: `lib/nn/losses.ts`, or "in every cell". */
  readonly from: string;
  /** As it is declared, without its body. */
  readonly signature: string;
  /** Its docstring, without the stars. */
  readonly text: string;
}

/** Something that a file exports, or a part of it. */
export interface Declared {
  readonly name: string;
  readonly kind: 'function' | 'class' | 'interface' | 'type' | 'value' | 'part';
  readonly signature: string;
  readonly text: string;
  readonly line: number;
  /** Of a function: its parameters by name; of one that it takes apart, the parts. */
  readonly parameters: readonly string[];
  /** What a class, an interface or an object holds for everyone. */
  readonly parts: readonly Declared[];
}

export interface LibraryFile {
  /** From the repository's root. */
  readonly file: string;
  readonly declared: readonly Declared[];
  /** Which file each name that is imported here comes from; files of the library only. */
  readonly imported: ReadonlyMap<string, string>;
}

const SCOPE = 'src/sandbox/scope.ts';

/** A signature that is longer has a line for each parameter; a value that is longer is not written out. */
const WIDTH = 92;

/** All that the library exports, file by file, cut out of the sources; the kernels' own language, which no page imports, aside. */
export function libraryFiles(root = process.cwd()): LibraryFile[] {
  return globSync('src/lib/**/*.ts', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.includes('/assembly/'))
    .sort()
    .map((file) => libraryFile(file, readFileSync(join(root, file), 'utf8')));
}

/** What a file of the library exports, in its order, and where the names that it uses come from. */
export function libraryFile(file: string, source: string): LibraryFile {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const imported = new Map<string, string>();
  for (const node of tree.statements.filter(ts.isImportDeclaration)) {
    const bindings = node.importClause?.namedBindings;
    const { text: from } = node.moduleSpecifier as ts.StringLiteral;
    if (!from.startsWith('.') || !bindings || !ts.isNamedImports(bindings)) continue;
    for (const { name } of bindings.elements) imported.set(name.text, posix.join(posix.dirname(file), from));
  }
  return { file, declared: tree.statements.filter(isExported).flatMap(declaredIn), imported };
}

/** What the editor knows: the functions, classes and values of the library that have words, and what every cell finds. */
export function libraryDocs(root = process.cwd()): LibraryDoc[] {
  const library = libraryFiles(root).flatMap(({ file, declared }) =>
    declared
      .filter(({ kind }) => kind === 'function' || kind === 'class' || kind === 'value')
      .map((each) => ({ ...each, from: file.slice('src/'.length) })),
  );
  const scope = inScope(readFileSync(join(root, SCOPE), 'utf8')).map((each) => ({
    ...each,
    from: 'in every cell',
  }));
  return [...library, ...scope]
    .filter(({ text }) => text !== '')
    .map(({ name, from, signature, text }) => ({ name, from, signature, text }));
}

/** The functions inside `createScope`. */
function inScope(source: string): Declared[] {
  const found: Declared[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && ts.isBlock(node.parent)) found.push(...declaredIn(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(SCOPE, source, ts.ScriptTarget.Latest, true));
  return found;
}

function isExported(node: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}

function declaredIn(node: ts.Statement): Declared[] {
  if (ts.isFunctionDeclaration(node))
    return [describe(node, 'function', callable(nameOf(node), node), [], node.parameters)];
  if (ts.isClassDeclaration(node))
    return [describe(node, 'class', withHeritage('class', node), partsOf(node.members))];
  if (ts.isInterfaceDeclaration(node))
    return [describe(node, 'interface', withHeritage('interface', node), partsOf(node.members))];
  if (ts.isTypeAliasDeclaration(node)) {
    const parts = ts.isTypeLiteralNode(node.type) ? partsOf(node.type.members) : [];
    const signature = parts.length > 0 ? `type ${nameOf(node)}` : node.getText().replace(/^export |;$/g, '');
    return [describe(node, 'type', signature, parts)];
  }
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map(declaredValue);
  return [];
}

function declaredValue(node: ts.VariableDeclaration): Declared {
  const value = node.initializer && bare(node.initializer);
  if (value && ts.isArrowFunction(value))
    return describe(node, 'function', callable(nameOf(node), value), [], value.parameters);
  const parts = value && ts.isObjectLiteralExpression(value) ? partsOf(value.properties) : [];
  const written = `${nameOf(node)} = ${node.initializer?.getText()}`;
  const isShort = written.length <= WIDTH && !written.includes('\n');
  const typed = node.type ? `${nameOf(node)}: ${node.type.getText()}` : nameOf(node);
  return describe(node, 'value', isShort ? written : typed, isShort ? [] : parts);
}

/** A value without what only says its type. */
function bare(node: ts.Expression): ts.Expression {
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? bare(node.expression) : node;
}

/** Of the parts of a class, an interface or an object those that everyone may use. */
function partsOf(
  members: readonly (ts.ClassElement | ts.TypeElement | ts.ObjectLiteralElement)[],
): Declared[] {
  return members.flatMap((node) => {
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    if (ts.getCombinedModifierFlags(node as ts.Declaration) & hidden) return [];
    if (ts.isConstructorDeclaration(node))
      return [describe(node, 'part', callable('constructor', node), [], node.parameters)];
    if (!node.name || ts.isPrivateIdentifier(node.name)) return [];
    const name = node.name.getText();
    const isStatic = ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Static;
    const called = isStatic ? `static ${name}` : name;
    if (ts.isMethodDeclaration(node) || ts.isMethodSignature(node))
      return [describe(node, 'part', callable(called, node), [], node.parameters)];
    const type = 'type' in node ? (node.type as ts.TypeNode | undefined) : undefined;
    const optional = 'questionToken' in node && node.questionToken ? '?' : '';
    return [describe(node, 'part', type ? `${called}${optional}: ${type.getText()}` : called)];
  });
}

function describe(
  node: ts.Node,
  kind: Declared['kind'],
  signature: string,
  parts: readonly Declared[] = [],
  parameters: readonly ts.ParameterDeclaration[] = [],
): Declared {
  const line = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
  return {
    name: nameOf(node),
    kind,
    signature,
    text: textOf(node),
    line,
    parameters: parameters.flatMap(({ name }) => namesIn(name)),
    parts,
  };
}

function namesIn(binding: ts.BindingName): string[] {
  if (ts.isIdentifier(binding)) return [binding.text];
  return binding.elements.flatMap((each) => (ts.isBindingElement(each) ? namesIn(each.name) : []));
}

function nameOf(node: ts.Node): string {
  const { name } = node as ts.NamedDeclaration;
  return name?.getText() ?? 'constructor';
}

function callable(name: string, node: ts.SignatureDeclaration): string {
  const generic = node.typeParameters
    ? `<${node.typeParameters.map((each) => each.getText()).join(', ')}>`
    : '';
  const parameters = node.parameters.map((each) => each.getText().replace(/\s+/g, ' '));
  const end = node.type ? `: ${node.type.getText()}` : '';
  const line = `${name}${generic}(${parameters.join(', ')})${end}`;
  if (line.length <= WIDTH) return line;
  return `${name}${generic}(\n${parameters.map((each) => `  ${each},\n`).join('')})${end}`;
}

function withHeritage(word: string, node: ts.ClassDeclaration | ts.InterfaceDeclaration): string {
  const heritage = node.heritageClauses?.map((clause) => ` ${clause.getText()}`).join('') ?? '';
  return `${word} ${nameOf(node)}${heritage}`;
}

/** The last docstring before it, its tags among it. */
function textOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const words = comments.at(-1)?.getText() ?? '';
  return words
    .replace(/^\/\*\*|\*\/$/g, '')
    .replace(/^\s*\*? ?/gm, '')
    .trim();
}
