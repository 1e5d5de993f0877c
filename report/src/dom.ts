import { printable } from "./format";

// Elements are made, never parsed: text stays text. Control characters of names are seen, not obeyed: a Text node is taken as it is.

type Child = Node | string | number | null | undefined | false | Child[];
type Attributes = Record<string, string | number | boolean | undefined | ((event: never) => void)>;

const spoken = ["aria-label", "title", "alt"];

/** An element. Attributes that start with "on" are listeners; true is an empty attribute, false and undefined none. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : spoken.includes(name) ? printable(String(value)) : String(value));
  }
  append(element, children);
  return element;
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child instanceof Node ? child : printable(String(child)));
  }
}

let ids = 0;

/** An id that nothing else has. */
export const newId = (what: string): string => `${what}-${++ids}`;

/** A table in a box that scrolls by itself, so that the page never does sideways. */
export function tableBox(label: string, ...rows: Child[]): HTMLElement {
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, h("table", {}, h("caption", { class: "hidden" }, label), ...rows));
}
