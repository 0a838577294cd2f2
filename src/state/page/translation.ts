/**
 * Keeps what changes on a page changing while the browser translates it.
 *
 * A page translator takes text nodes out and puts `<font>` elements in their place. Preact still holds the nodes that
 * were taken out: what it writes into them nobody sees, and where it looks for its place among them it finds none. So
 * each node that was replaced is put back before its translation, empty: invisible, yet in its place. When the page
 * writes into it, moves it or takes it away, all translations of its parent go, and the page's own words stand there
 * until the translator, which watches for new text, has come by again. The whole parent, since translators put words
 * of one sentence into the place of others.
 */
export function keepTextAlive(root: Node): void {
  const observer = new MutationObserver((records) => {
    for (const parent of changedByPage(records)) restore(parent);
    const added = new Set(records.flatMap(({ addedNodes }) => Array.from(addedNodes)));
    for (const record of records) takeIn(record, added);
    // What was just done here is no news.
    observer.takeRecords();
  });
  observer.observe(root, { childList: true, characterData: true, subtree: true });
}

/** What stood in the text nodes that now stand empty before their translations. */
const wordsOf = new WeakMap<Node, string>();
/** The translations that stand for such nodes. */
const translations = new WeakSet<Node>();

/** Where the page has changed a node that was translated, or somebody has taken a translation away. */
function changedByPage(records: readonly MutationRecord[]): Set<Node> {
  const parents = new Set<Node>();
  for (const { type, target, removedNodes } of records) {
    if (type === 'characterData') {
      // What the page has written is not to be overwritten with what stood there before.
      if (wordsOf.delete(target) && target.parentNode) parents.add(target.parentNode);
      continue;
    }
    for (const node of removedNodes) {
      if (wordsOf.has(node) || translations.has(node)) parents.add(target);
      if (!node.isConnected) wordsOf.delete(node);
    }
  }
  return parents;
}

/** Gives the text nodes of an element their own words back. */
function restore(parent: Node): void {
  for (const node of Array.from(parent.childNodes)) {
    const words = wordsOf.get(node);
    if (words !== undefined) (node as Text).data = words;
    wordsOf.delete(node);
    if (translations.has(node)) parent.removeChild(node);
  }
}

/**
 * Puts text nodes that have just been replaced back, empty, before what replaced them.
 *
 * @param added what has come into the page together with this change: a translation that was there before is not of it
 */
function takeIn(record: MutationRecord, added: ReadonlySet<Node>): void {
  const { target, addedNodes, removedNodes, previousSibling, nextSibling } = record;
  // Within a translation all is the translator's.
  if (target.nodeName === 'FONT') return;
  const translation = [...addedNodes, previousSibling, nextSibling].find(
    (node) => node?.nodeName === 'FONT' && node.parentNode === target && added.has(node),
  );
  if (!translation) return;
  for (const node of removedNodes) {
    if (node.nodeType !== Node.TEXT_NODE || node.isConnected) continue;
    wordsOf.set(node, (node as Text).data);
    translations.add(translation);
    (node as Text).data = '';
    target.insertBefore(node, translation);
  }
}
