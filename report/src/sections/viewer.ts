import type { Audit, Exhibit } from "../data";
import { h, newId } from "../dom";
import { printable } from "../format";

/** A radio group in a row. */
function choices(legend: string, names: string[], chosen: number, pick: (at: number) => void): HTMLElement {
  const group = newId("choice");
  return h("fieldset", { class: "choices" }, h("legend", {}, legend), names.map((name, i) =>
    h("label", {}, h("input", { type: "radio", name: group, checked: i === chosen, onchange: () => pick(i) }), h("span", {}, name))));
}

/** Layers that lie over each other, an original first: a slider moves the border between any two of them, buttons enlarge. */
export function viewer(audit: Audit, exhibit: Exhibit): HTMLElement {
  const files = (exhibit.files ?? []).filter((file) => audit.pictures[file.path] !== undefined);
  if (files.length === 0) return missing(audit, exhibit);
  const { width, height, remark } = audit.pictures[files[0]!.path]!;
  const layers = files.map(({ path, label }) => h("div", { class: "layer" },
    h("img", { src: audit.pictures[path]!.src, width, height, alt: label, draggable: "false" }), h("span", { class: "label" }, label)));
  const sheet = h("div", { class: "sheet" }, layers);
  const stage = h("div", { class: "stage", tabindex: 0, role: "region", "aria-label": `${exhibit.kind} picture; scrolls when enlarged` }, sheet);
  const slider = h("input", { type: "range", min: 0, max: 100, value: 50, class: "slider", oninput: () => sheet.style.setProperty("--at", `${slider.value}%`) });
  sheet.style.setProperty("--at", "50%");
  const sides = { left: 0, right: Math.min(1, files.length - 1) };
  const lay = () => {
    layers.forEach((layer, i) => {
      layer.classList.toggle("left", i === sides.left);
      layer.classList.toggle("right", i === sides.right);
    });
    slider.setAttribute("aria-label", printable(`How much of the ${files[sides.left]!.label} to show beside the ${files[sides.right]!.label}, in percent`));
  };
  lay();
  const side = (name: "left" | "right") => choices(name, files.map((file) => file.label.replace(/ map$/, "")), sides[name], (at) => {
    sides[name] = at;
    lay();
  });
  const zooms = [0, 1, 2, 4, 8];
  const zoom = (times: number) => {
    // A tall picture is not to fill more than a window.
    sheet.style.width = times === 0 ? `min(100%, ${(30 * width) / height}rem)` : `${width * times}px`;
    stage.classList.toggle("enlarged", times !== 0);
  };
  zoom(0);
  return h("figure", { class: "card viewer" },
    h("figcaption", {}, exhibit.caption,
      remark !== undefined && h("small", {}, `Shown: ${remark}. `, links(audit, exhibit))),
    stage,
    files.length > 1 && slider,
    h("div", { class: "tools" },
      files.length > 1 && [side("left"), side("right")],
      choices("zoom", zooms.map((z) => (z === 0 ? "fit" : `${z}\u00d7`)), 0, (i) => zoom(zooms[i]!))));
}

export const isMap = (label: string): boolean => label === "lost map" || label === "invented map";

/** A picture of tiles, each pixel as a square. */
export function tiles(audit: Audit, exhibit: Exhibit): HTMLElement {
  const shown = (exhibit.files ?? []).filter((file) => audit.pictures[file.path] !== undefined);
  const cut = shown.some((file) => audit.pictures[file.path]!.remark !== undefined) || shown.length < (exhibit.files ?? []).length;
  if (shown.length === 0) return missing(audit, exhibit);
  return h("figure", { class: "card tiles" },
    h("figcaption", {}, exhibit.caption, cut && h("small", {}, links(audit, exhibit))),
    shown.map((file) => {
      const { src, width, height } = audit.pictures[file.path]!;
      return h("img", { src, width, height, alt: file.label });
    }));
}

function missing(audit: Audit, exhibit: Exhibit): HTMLElement {
  return h("figure", { class: "card" }, h("figcaption", {}, exhibit.caption, h("small", {}, "There is no room for these pictures in a page under 2 MB. ", links(audit, exhibit))));
}

const links = (audit: Audit, exhibit: Exhibit): (string | HTMLElement)[] =>
  ["Files beside this page: ", ...(exhibit.files ?? []).flatMap((file, i) => [i > 0 ? ", " : "", // "./": what stands before a colon is then no scheme, whatever the file is called.
    h("a", { href: "./" + encodeURI(audit.place + file.path).replace(/[?#]/g, encodeURIComponent) }, file.label)]), "."];
