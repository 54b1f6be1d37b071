type Listener = (event: Event) => void;
type Attributes = Readonly<Record<string, string | boolean | Listener | undefined>>;
type Child = Node | string | null | undefined | false;

/** An element; attributes that begin with `on` are listeners, `true` is an empty attribute. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  apply(element, attributes, children);
  return element;
}

/** The same for drawings. */
export function s(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly Child[]
): Element {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  apply(element, attributes, children);
  return element;
}

function apply(element: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  fill(element, ...children);
}

/** Replaces what stands in an element. Text is never read as markup. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...children.filter((child) => child !== null && isShown(child)));
}

function isShown(child: Child): child is Node | string {
  return child !== undefined && child !== false && child !== '';
}

/** A part of the page that the markup is known to have. */
export function part(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no part ${id}.`);
  return element;
}

/** A listener that starts something and leaves its failures to `failed`. */
export function starts(
  action: () => Promise<unknown>,
  failed: (error: unknown) => void = () => undefined,
): Listener {
  return (event) => {
    event.preventDefault();
    action().catch(failed);
  };
}
