import { heading } from "../charts/chart";
import type { Audit, Exhibit, Subject } from "../data";
import { h, newId } from "../dom";
import { follow, onFollow } from "../follow";
import { textKinds, textLook } from "./texts";
import { tiles, viewer } from "./viewer";

/** Things to look at, one compressor at a time: the one that is followed, or another. */
export function lookSection(audit: Audit, subjects: Subject[], level: number): HTMLElement | null {
  const exhibits = audit.result.exhibits ?? [];
  const shown = subjects.filter((s) => exhibits.some((e) => e.row === s.row.name) || (s.row.named && s.row.copying));
  if (shown.length === 0) return null;
  const id = newId("look");
  const select = h("select", { id, onchange: () => follow(select.value) }, shown.map((s) => h("option", { value: s.key }, s.row.name)));
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
    h("p", { class: "lead" }, lead(audit, exhibits), texts > 0 && ` ${texts} samples are left out to keep this page small; results.json has them.`),
    place);
}

const lead = (audit: Audit, exhibits: Exhibit[]): string => exhibits.some((e) => e.spans)
  ? `What the figures stand for: what a compressor writes, copies and no longer says. A sample; the figures above are of all ${audit.result.source.items}.`
  : `What the figures stand for: one of the ${audit.result.source.items} that changed most and a typical one, and the parts that count as lost and as hallucinated. `
    + `A choice; the figures above are of all ${audit.result.source.items}.`;

function look(audit: Audit, subject: Subject, exhibits: Exhibit[], level: number): HTMLElement[] {
  const pictures = exhibits.filter((e) => !e.spans);
  const titles: Record<string, string> = { worst: "Changed most", median: "A typical one", lost: "Counted as lost", hallucinated: "Counted as hallucinated", "worst-tile": "Where one changed most" };
  const shown = pictures.map((e) => h("div", {}, heading(level, titles[e.kind] ?? e.kind), e.files?.[0]?.label === "original" ? viewer(audit, e) : tiles(audit, e)));
  return [
    ...(shown.length > 0 ? [h("div", { class: "grid" }, shown)] : []),
    ...textLook(audit, subject, exhibits.filter((e) => e.spans && textKinds.includes(e.kind)), level),
  ];
}
