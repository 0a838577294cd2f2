interface Node {
  type: string;
  tagName?: string;
  properties?: { className?: unknown; tabIndex?: number; translate?: string; dataPagefindIgnore?: string };
  children?: Node[];
}

/**
 * A rehype plugin: a formula that may be wider than a phone's screen can be reached, and scrolled, by keyboard; and a
 * browser that translates the page leaves formulas and code as they are. The search leaves out those with a fraction: in one
 * line, as it would show them, they are other formulas.
 */
export function rehypeFocusableFormulas() {
  return visit;
}

function visit(node: Node): void {
  const isOf = (name: string) => isOfClass(node, name);
  if (isOf('katex-display')) node.properties!.tabIndex = 0;
  if (isOf('katex') && holds(node, 'mfrac')) node.properties!.dataPagefindIgnore = '';
  if (node.tagName === 'code' || isOf('katex')) node.properties = { ...node.properties, translate: 'no' };
  for (const child of node.children ?? []) visit(child);
}

function isOfClass({ properties }: Node, name: string): boolean {
  return Array.isArray(properties?.className) && properties.className.includes(name);
}

function holds({ children = [] }: Node, name: string): boolean {
  return children.some((child) => isOfClass(child, name) || holds(child, name));
}
