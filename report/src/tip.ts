import { h } from "./dom";

// One box of figures beside whatever the pointer or the keyboard is on.

const box = h("div", { class: "tip", role: "tooltip", id: "tip", hidden: true });

/** Shows the tip of an element while it is pointed at or has the focus. */
export function tip(element: Element, lines: () => [string, ...string[]]): void {
  const show = () => {
    const [title, ...rest] = lines();
    box.replaceChildren(h("strong", {}, title), ...rest.map((line) => h("span", {}, line)));
    if (!box.isConnected) document.body.append(box);
    box.hidden = false;
    place(element.getBoundingClientRect());
    element.setAttribute("aria-describedby", "tip");
  };
  const hide = () => {
    box.hidden = true;
    element.removeAttribute("aria-describedby");
  };
  element.addEventListener("pointerenter", show);
  element.addEventListener("pointerleave", hide);
  element.addEventListener("focus", show);
  element.addEventListener("blur", hide);
}

function place(at: DOMRect): void {
  const gap = 10;
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(document.documentElement.clientWidth - width - 8, at.left + at.width / 2 - width / 2));
  const above = at.top - height - gap;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${(above >= 8 ? above : at.bottom + gap) + scrollY}px`;
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") box.hidden = true;
});
