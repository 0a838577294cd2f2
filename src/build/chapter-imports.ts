import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Node {
  type: string;
  name?: string | null;
  value?: string;
  data?: unknown;
  children?: Node[];
}

/** From the root, where builds are run: this file itself is bundled. */
const COMPONENTS = join(process.cwd(), 'src/components');
const FORMULA_STYLES = fileURLToPath(new URL('../styles/formulas.css', import.meta.url));

/**
 * A remark plugin: a chapter imports nothing, and this imports for it the shell of each widget that it names,
 * src/components/FAMILY/NAME.astro, and the styles of formulas where it has some. So a page brings the styles and
 * scripts of what it shows, and no others. To be run after formulas have been found.
 *
 * @throws Error where a chapter names a widget that has no shell
 */
export function remarkChapterImports() {
  return (tree: Node, file: { path: string }): void => {
    const from = (path: string) => relative(dirname(file.path), path).replaceAll('\\', '/');
    const nodes = [...allOf(tree)];
    const imports = [...new Set(nodes.flatMap(componentNamed))].map((name) => {
      const shell = shellPath(name);
      if (!shell)
        throw new Error(`${file.path} names <${name}>, but no ${name}.astro is in src/components/.`);
      return importOf(from(shell), name);
    });
    const hasFormulas = nodes.some(({ type }) => type === 'math' || type === 'inlineMath');
    tree.children!.unshift(...(hasFormulas ? [importOf(from(FORMULA_STYLES))] : []), ...imports);
  };
}

/** The file of a widget's shell. */
export function shellPath(name: string): string | undefined {
  return globSync(`${COMPONENTS}/*/${name}.astro`)[0];
}

function* allOf(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children ?? []) yield* allOf(child);
}

/** The component that a node names; a Fragment is Astro's own. */
function componentNamed({ type, name }: Node): string[] {
  return type.startsWith('mdxJsx') && name && /^[A-Z]/.test(name) && name !== 'Fragment' ? [name] : [];
}

/** What MDX would have parsed from `import NAME from 'PATH'`, or from `import 'PATH'`. */
function importOf(path: string, name?: string): Node {
  const local = { type: 'Identifier', name };
  const declaration = {
    type: 'ImportDeclaration',
    specifiers: name ? [{ type: 'ImportDefaultSpecifier', local }] : [],
    source: { type: 'Literal', value: path, raw: `'${path}'` },
    attributes: [],
  };
  const estree = { type: 'Program', sourceType: 'module', body: [declaration] };
  return { type: 'mdxjsEsm', value: `import ${name ? `${name} from ` : ''}'${path}';`, data: { estree } };
}
