import { answer, question } from "./answers";
import { heading } from "./charts/chart";
import { labelOf, subjectsOf, type Data } from "./data";
import { h } from "./dom";
import { printable } from "./format";
import { follow, onFollow } from "./follow";
import { againstSection } from "./sections/against";
import { lookSection } from "./sections/look";
import { hero, ledgerSection } from "./sections/top";
import { kindsLegend, planeSection, tradeoffSection } from "./sections/tradeoffs";
import { trustSection } from "./sections/trust";
import type { StudyPage } from "./study/data";
import { studyPage } from "./study/page";

function build(data: Data): Node[] {
  const subjects = subjectsOf(data);
  const several = data.audits.length > 1;
  const level = several ? 2 : 1;
  const audits = data.audits.map((audit, i) => {
    const own = subjects.filter((s) => s.audit === audit);
    const plane = several ? null : planeSection(own, level + 2);
    const tradeoffs = tradeoffSection(audit, own, level + 1);
    if (plane) tradeoffs?.querySelector(".grid")?.append(plane);
    return h("article", { id: `audit-${i}`, "aria-label": question(audit) },
      hero(audit, level), ledgerSection(audit, own, level + 1), tradeoffs, againstSection(audit, own, level + 1), lookSection(audit, own, level + 1), trustSection(audit, own, level + 1));
  });
  if (!several) document.title = printable(`${question(data.audits[0]!)} Vestige audit`);
  return [
    h("div", { class: "mark" }, "vestige"),
    ...(several ? [h("header", { class: "hero" }, heading(1, "What do these compressors keep, lose and make up?"),
      h("p", { class: "answer" }, data.audits.map(answer).join(" ")),
      data.comparison !== "" && h("p", { class: "comparison" }, data.comparison),
      h("nav", { "aria-label": "Audits" }, h("ul", { class: "facts" }, data.audits.map((audit, i) => h("li", {}, h("a", { href: `#audit-${i}` }, question(audit))))))),
      h("section", { class: "part", "aria-label": "On one plane" }, heading(2, "All on one plane"), kindsLegend(subjects), planeSection(subjects, 3))] : []),
    ...audits,
    h("footer", {}, "Made by Vestige ", data.audits[0]!.result.run.vestige, ". This page needs no network and holds all it shows."),
    followed(subjects),
  ];
}

/** Says which compressor is followed, at the edge of the window, and lets go of it. */
function followed(subjects: ReturnType<typeof subjectsOf>): HTMLElement {
  const name = h("b");
  const bar = h("div", { class: "followed-bar", role: "status", hidden: true }, "Following ", name, h("button", { type: "button", onclick: () => follow(null) }, "let go"));
  onFollow((key) => {
    const subject = subjects.find((s) => s.key === key);
    bar.hidden = subject === undefined;
    name.replaceChildren(h("bdi", {}, subject ? labelOf(subject.row) : ""));
  });
  addEventListener("keydown", (event) => event.key === "Escape" && follow(null));
  return bar;
}

// On paper everything is open.
let closed: HTMLDetailsElement[] = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
  for (const details of closed) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
});

const page = document.getElementById("page")!;
const data = JSON.parse(document.getElementById("data")!.textContent!) as Data | StudyPage;
page.replaceChildren(...("study" in data ? studyPage(data) : build(data)));
