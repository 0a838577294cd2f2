import type { Mark } from './protocol.ts';

/*
 * As much of a document as Plot needs to draw into, where there is none: elements with attributes, styles and children.
 * What is drawn leaves the worker as data (`markOf`).
 */

/** Read from outside, where names and texts may have been set to anything. */
const MOST_MARKS = 20_000;

export class SmallText {
  readonly nodeType = 3;
  readonly ownerDocument: SmallDocument;
  textContent: string;
  parentNode: SmallElement | null = null;

  constructor(owner: SmallDocument, text: string) {
    this.ownerDocument = owner;
    this.textContent = text;
  }
}

type SmallNode = SmallElement | SmallText;

export class SmallElement {
  readonly nodeType = 1;
  readonly ownerDocument: SmallDocument;
  readonly namespaceURI: string;
  readonly tagName: string;
  readonly childNodes: SmallNode[] = [];
  readonly style: SmallStyle;
  parentNode: SmallElement | null = null;
  readonly #attributes = new Map<string, string>();

  constructor(owner: SmallDocument, namespace: string, name: string) {
    this.ownerDocument = owner;
    this.namespaceURI = namespace;
    this.tagName = name;
    this.style = new SmallStyle(this);
  }

  get attributes(): ReadonlyMap<string, string> {
    return this.#attributes;
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }
  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }
  setAttribute(name: string, value: unknown): void {
    this.#attributes.set(name, String(value));
  }
  setAttributeNS(_namespace: string, name: string, value: unknown): void {
    this.setAttribute(name, value);
  }
  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }
  removeAttributeNS(_namespace: string, name: string): void {
    this.removeAttribute(name);
  }

  get children(): SmallElement[] {
    return this.childNodes.filter((node) => node instanceof SmallElement);
  }
  get firstChild(): SmallNode | null {
    return this.childNodes[0] ?? null;
  }
  get lastChild(): SmallNode | null {
    return this.childNodes.at(-1) ?? null;
  }
  get nextSibling(): SmallNode | null {
    const among = this.parentNode?.childNodes ?? [];
    return among[among.indexOf(this) + 1] ?? null;
  }
  appendChild<T extends SmallNode>(node: T): T {
    return this.insertBefore(node, null);
  }
  insertBefore<T extends SmallNode>(node: T, before: SmallNode | null): T {
    node.parentNode?.removeChild(node);
    const at = before ? this.childNodes.indexOf(before) : this.childNodes.length;
    this.childNodes.splice(at, 0, node);
    node.parentNode = this;
    return node;
  }
  removeChild<T extends SmallNode>(node: T): T {
    const at = this.childNodes.indexOf(node);
    if (at >= 0) this.childNodes.splice(at, 1);
    node.parentNode = null;
    return node;
  }
  append(...nodes: (SmallNode | string)[]): void {
    for (const node of nodes) {
      this.appendChild(typeof node === 'string' ? this.ownerDocument.createTextNode(node) : node);
    }
  }
  remove(): void {
    this.parentNode?.removeChild(this);
  }

  get textContent(): string {
    return this.childNodes.map((node) => node.textContent).join('');
  }
  set textContent(text: string) {
    for (const node of [...this.childNodes]) this.removeChild(node);
    if (text) this.append(String(text));
  }

  /** Nothing ever happens to what is drawn here. */
  addEventListener(): void {}
  removeEventListener(): void {}
  querySelector(): null {
    return null;
  }
  querySelectorAll(): SmallElement[] {
    return [];
  }
}

class SmallStyle {
  readonly #owner: SmallElement;
  readonly #properties = new Map<string, string>();

  constructor(owner: SmallElement) {
    this.#owner = owner;
  }
  setProperty(name: string, value: unknown): void {
    this.#properties.set(name, String(value));
    this.#write();
  }
  removeProperty(name: string): void {
    this.#properties.delete(name);
    this.#write();
  }
  getPropertyValue(name: string): string {
    return this.#properties.get(name) ?? '';
  }
  #write(): void {
    this.#owner.setAttribute(
      'style',
      [...this.#properties].map(([name, value]) => `${name}: ${value}`).join('; '),
    );
  }
}

const HTML = 'http://www.w3.org/1999/xhtml';

export class SmallDocument {
  readonly nodeType = 9;
  readonly documentElement: SmallElement;
  /** Where d3 looks for what a node belongs to. */
  readonly defaultView = null;

  constructor() {
    this.documentElement = this.createElement('html');
  }
  createElement(name: string): SmallElement {
    return this.createElementNS(HTML, name);
  }
  createElementNS(namespace: string, name: string): SmallElement {
    return new SmallElement(this, namespace, name);
  }
  createTextNode(text: string): SmallText {
    return new SmallText(this, text);
  }
}

/**
 * What was drawn, as data.
 *
 * @throws RangeError where there is more than a page can show
 */
export function markOf(root: SmallElement): Mark {
  let count = 0;
  const read = (element: SmallElement): Mark => {
    if (++count > MOST_MARKS) throw new RangeError(`a drawing of more than ${MOST_MARKS} marks is too large`);
    return {
      tag: element.tagName,
      attributes: [...element.attributes],
      children: element.childNodes.map((node) =>
        node instanceof SmallElement ? read(node) : node.textContent,
      ),
    };
  };
  return read(root);
}
