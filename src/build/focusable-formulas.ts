interface Node {
  type: string;
  tagName?: string;
  properties?: { className?: unknown; tabIndex?: number; translate?: string };
  children?: Node[];
}

/**
 * A rehype plugin: a formula that may be wider than a phone's screen can be reached, and scrolled, by keyboard; and a
 * browser that translates the page leaves formulas and code as they are.
 */
export function rehypeFocusableFormulas() {
  return visit;
}

function visit(node: Node): void {
  const classes = node.properties?.className;
  const isOf = (name: string) => Array.isArray(classes) && classes.includes(name);
  if (isOf('katex-display')) node.properties!.tabIndex = 0;
  if (node.tagName === 'code' || isOf('katex')) node.properties = { ...node.properties, translate: 'no' };
  for (const child of node.children ?? []) visit(child);
}
