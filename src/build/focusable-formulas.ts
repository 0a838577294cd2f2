interface Node {
  type: string;
  tagName?: string;
  properties?: { className?: unknown; tabIndex?: number };
  children?: Node[];
}

/** A rehype plugin: a formula that may be wider than a phone's screen can be reached, and scrolled, by keyboard. */
export function rehypeFocusableFormulas() {
  return visit;
}

function visit(node: Node): void {
  const classes = node.properties?.className;
  if (Array.isArray(classes) && classes.includes('katex-display')) node.properties!.tabIndex = 0;
  for (const child of node.children ?? []) visit(child);
}
