import { h, newId } from "../dom";
import type { Audit, Exhibit, Picture } from "../data";

/** A radio group in a row. */
function choices(legend: string, names: string[], chosen: number, pick: (at: number) => void): HTMLElement {
  const group = newId("choice");
  return h("fieldset", { class: "choices" }, h("legend", { class: "hidden" }, legend), names.map((name, i) =>
    h("label", {}, h("input", { type: "radio", name: group, checked: i === chosen, onchange: () => pick(i) }), h("span", {}, name))));
}

/** An original with what became of it over it: a slider moves the border, buttons enlarge. */
export function viewer(audit: Audit, exhibit: Exhibit): HTMLElement {
  const files = (exhibit.files ?? []).filter((file) => audit.pictures[file.path] !== undefined);
  const [under, ...over] = files;
  if (under === undefined) return missing(audit, exhibit);
  const picture = (path: string): Picture => audit.pictures[path]!;
  const first = picture(under.path);
  const image = (path: string, label: string) => h("img", { src: picture(path).src, width: first.width, height: first.height, alt: label, draggable: "false", decoding: "async" });
  const layers = over.map((file) => h("div", { class: "layer" }, image(file.path, file.label), h("span", { class: "label right" }, file.label)));
  const sheet = h("div", { class: "sheet" }, image(under.path, under.label), h("span", { class: "label left" }, under.label), layers);
  const stage = h("div", { class: "stage", tabindex: 0, role: "region", "aria-label": `${exhibit.kind} picture; scrolls when enlarged` }, sheet);
  const slider = h("input", {
    type: "range", min: 0, max: 100, value: 50, class: "slider", "aria-label": `How much of the ${under.label} to show, in percent`,
    oninput: () => sheet.style.setProperty("--at", `${slider.value}%`),
  });
  sheet.style.setProperty("--at", "50%");
  const show = (at: number) => layers.forEach((layer, i) => (layer.hidden = i !== at));
  show(0);
  const zooms = [0, 1, 2, 4, 8];
  const zoom = (times: number) => {
    // A tall picture is not to fill more than a window.
    sheet.style.width = times === 0 ? `min(100%, ${(30 * first.width) / first.height}rem)` : `${first.width * times}px`;
    stage.classList.toggle("enlarged", times !== 0);
  };
  zoom(0);
  return h("figure", { class: "card viewer" },
    h("figcaption", {}, exhibit.caption, first.remark !== undefined && h("small", {}, `Shown: ${first.remark}. `, links(audit, exhibit))),
    stage,
    over.length > 0 && slider,
    h("div", { class: "tools" },
      over.length > 1 && choices("What to compare with", over.map((file) => file.label), 0, show),
      choices("Zoom", zooms.map((z) => (z === 0 ? "fit" : `${z}\u00d7`)), 0, (i) => zoom(zooms[i]!))));
}

/** A picture of tiles, each pixel as a square. */
export function tiles(audit: Audit, exhibit: Exhibit): HTMLElement {
  const shown = (exhibit.files ?? []).filter((file) => audit.pictures[file.path] !== undefined);
  const cut = shown.some((file) => audit.pictures[file.path]!.remark !== undefined) || shown.length < (exhibit.files ?? []).length;
  if (shown.length === 0) return missing(audit, exhibit);
  return h("figure", { class: "card tiles" },
    h("figcaption", {}, exhibit.caption, cut && h("small", {}, "Cut to fit. ", links(audit, exhibit))),
    shown.map((file) => {
      const { src, width, height } = audit.pictures[file.path]!;
      return h("img", { src, width, height, alt: file.label, decoding: "async" });
    }));
}

function missing(audit: Audit, exhibit: Exhibit): HTMLElement {
  return h("figure", { class: "card" }, h("figcaption", {}, exhibit.caption, h("small", {}, "There is no room for these pictures in a page under 5 MB. ", links(audit, exhibit))));
}

const links = (audit: Audit, exhibit: Exhibit): (string | HTMLElement)[] =>
  ["Files beside this page: ", ...(exhibit.files ?? []).flatMap((file, i) => [i > 0 ? ", " : "", h("a", { href: encodeURI(audit.place + file.path).replace(/[?#]/g, encodeURIComponent) }, file.label)]), "."];
