import { heading } from "../charts/chart";
import { labelOf, type Audit, type Exhibit, type Subject } from "../data";
import { h, newId } from "../dom";
import { count, list } from "../format";
import { follow, onFollow } from "../follow";
import { textKinds, textLook } from "./texts";
import { isMap, tiles, viewer } from "./viewer";

/** Things to look at, one compressor at a time: the one that is followed, or another. */
export function lookSection(audit: Audit, subjects: Subject[], level: number): HTMLElement | null {
  const exhibits = audit.result.exhibits ?? [];
  const shown = subjects.filter((s) => exhibits.some((e) => e.row === s.row.name) || (s.row.named && (s.row.copying || (s.row.exact?.examples ?? []).length > 0)));
  if (shown.length === 0) return null;
  const id = newId("look");
  const select = h("select", { id, onchange: () => follow(select.value) }, shown.map((s) => h("option", { value: s.key }, labelOf(s.row))));
  const place = h("div", { class: "exhibits" });
  const show = (key: string) => {
    const subject = shown.find((s) => s.key === key);
    if (subject === undefined) return;
    select.value = key;
    place.replaceChildren(...look(audit, subject, exhibits.filter((e) => e.row === subject.row.name), level + 1));
  };
  show((shown.find((s) => s.row.named) ?? shown[0]!).key);
  onFollow((key) => key !== null && select.value !== key && show(key));
  // Choosing here follows too; what was followed already only has to be shown.
  select.addEventListener("change", () => show(select.value));
  const { texts = 0 } = audit.left;
  return h("section", { class: "part", "aria-label": "Look" },
    h("div", { class: "headline" }, heading(level, "Look"), h("label", { for: id }, "Compressor "), select),
    h("p", { class: "lead" }, `What the figures stand for: ${kinds(exhibits)}. A sample; the figures above are of all ${count(audit.result.source.usable)} documents`,
      audit.items && [", and ", h("a", { href: audit.place + "items.csv" }, "items.csv"), subjects.some((s) => s.row.named && s.row.isCodec) ? " has those of each" : " lists them"], ".",
      exhibits.some((e) => e.files?.some((file) => isMap(file.label))) && " Originals and reconstructions are shown pixel for pixel. Maps show over the dimmed original what can be seen to be lost (orange) and invented (blue); they are drawings, coded with slight loss for this page.",
      texts > 0 && [` ${count(texts)} samples are left out to keep this page small; `, h("a", { href: audit.place + "results.json" }, "results.json"), " has them."]),
    place);
}

function kinds(exhibits: Exhibit[]): string {
  const has = (...all: string[]) => exhibits.some((e) => all.includes(e.kind));
  if (has("sample") && exhibits.some((e) => e.original)) return "what a compressor makes of texts, writes, copies and no longer says";
  if (has("sample")) return "what a compressor writes, copies and no longer says";
  const parts = [has("worst") && "what a compressor served worst", has("median") && "a typical one", has("another", "off") && "what a compressor turns into something else", has("lost", "hallucinated") && "parts that count as lost and as hallucinated"];
  return list(parts.filter((part) => part !== false)) || "what a compressor makes";
}

function look(audit: Audit, subject: Subject, exhibits: Exhibit[], level: number): HTMLElement[] {
  const layered = (e: Exhibit) => e.files?.[0]?.label === "original";
  // What is slid over stands side by side, then what is only looked at.
  const pictures = [...exhibits.filter((e) => !e.spans && layered(e)), ...exhibits.filter((e) => !e.spans && !layered(e))];
  const titles: Record<string, string> = { worst: "The worst", median: "A typical one", lost: "Counted as lost", hallucinated: "Counted as hallucinated", "worst-tile": "Where the worst changed most", another: "Turned into others", off: "Turned into none" };
  const shown = pictures.map((e) => h("div", {}, heading(level, titles[e.kind] ?? e.kind), layered(e) ? viewer(audit, e) : tiles(audit, e)));
  return [
    ...(shown.length > 0 ? [h("div", { class: "grid" }, shown)] : []),
    ...textLook(audit, subject, exhibits.filter((e) => e.spans && textKinds.includes(e.kind)), level),
  ];
}
