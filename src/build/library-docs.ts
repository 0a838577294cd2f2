import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

const SCOPE = 'src/sandbox/scope.ts';

/** The documentation of all that the library exports, and of what every cell finds, cut out of the sources. */
export function libraryDocs(root = process.cwd()): LibraryDoc[] {
  const files = globSync('src/lib/**/*.ts', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.includes('/assembly/'))
    .sort();
  const library = files.flatMap((file) => docsOf(root, file, file.slice('src/'.length), isExported));
  const scope = docsOf(root, SCOPE, 'in every cell', isInScope);
  return [...library, ...scope];
}

function docsOf(
  root: string,
  file: string,
  from: string,
  isWanted: (node: ts.Node) => boolean,
): LibraryDoc[] {
  const text = readFileSync(join(root, file), 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const docs: LibraryDoc[] = [];
  const visit = (node: ts.Node): void => {
    if (isWanted(node)) {
      for (const name of namesOf(node))
        docs.push({ name, from, signature: signatureOf(node, tree), text: textOf(node) });
    }
    if (file === SCOPE || ts.isSourceFile(node)) ts.forEachChild(node, visit);
  };
  visit(tree);
  return docs.filter(({ text: words }) => words !== '');
}

function isExported(node: ts.Node): boolean {
  if (!ts.isFunctionDeclaration(node) && !ts.isClassDeclaration(node) && !ts.isVariableStatement(node))
    return false;
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** The functions inside `createScope`. */
function isInScope(node: ts.Node): boolean {
  return ts.isFunctionDeclaration(node) && ts.isBlock(node.parent);
}

function namesOf(node: ts.Node): string[] {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations
      .map(({ name }) => name.getText())
      .filter((name) => /^\w+$/.test(name));
  }
  const { name } = node as ts.FunctionDeclaration | ts.ClassDeclaration;
  return name ? [name.text] : [];
}

function signatureOf(node: ts.Node, tree: ts.SourceFile): string {
  if (ts.isFunctionDeclaration(node)) {
    const parameters = node.parameters.map((parameter) => parameter.getText(tree)).join(', ');
    return `${node.name?.text}(${parameters})${node.type ? `: ${node.type.getText(tree)}` : ''}`;
  }
  if (ts.isClassDeclaration(node)) return `class ${node.name?.text}`;
  return (node as ts.VariableStatement).declarationList.declarations[0].name.getText(tree);
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
