// Which compressor is followed through the page. Whatever shows compressors marks its elements with data-subject.

type Listener = (key: string | null) => void;

let followed: string | null = null;
const listeners: Listener[] = [];

export const current = (): string | null => followed;

/** Follows a compressor; the one that is followed already is let go. */
export function toggle(key: string): void {
  follow(followed === key ? null : key);
}

export function follow(key: string | null): void {
  followed = key;
  for (const element of document.querySelectorAll<Element>("[data-subject]")) mark(element);
  document.documentElement.classList.toggle("following", key !== null);
  for (const listener of listeners) listener(key);
}

export function onFollow(listener: Listener): void {
  listeners.push(listener);
}

/** Brings an element that was just made up to date. */
export function mark(element: Element): void {
  const own = element.getAttribute("data-subject") === followed;
  element.classList.toggle("followed", own);
  if (element.hasAttribute("aria-pressed")) element.setAttribute("aria-pressed", String(own));
}
