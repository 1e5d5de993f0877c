import { heading } from "../charts/chart";
import { isFigure, type Audit, type Exact, type Ledger, type Subject } from "../data";
import { h, tableBox } from "../dom";
import { bitsFigures, ledgerFigures, type Definition } from "../figures";
import { nameOf, pairedOf } from "./top";
import { amount, count, interval, number, value } from "../format";

/** What each figure is, all of them with interval and floor, and what it takes to get them again. */
export function trustSection(audit: Audit, subjects: Subject[], level: number): HTMLElement {
  return h("section", { class: "part", "aria-label": "Trust" },
    heading(level, "Trust"),
    h("p", { class: "lead" }, "Every figure stands with its 95\u00a0% interval (delete-group jackknife over whole documents) and its floor: what fresh real items score by the same code."),
    exactTable(audit, subjects, level + 1),
    notMeasurable(subjects, level + 1),
    failures(audit, level + 1),
    heading(level + 1, "Every figure"),
    views(subjects).map((view, i) => h("details", { open: i === 0 }, h("summary", {}, `View: ${view}`), sizes(subjects, view), viewTable(subjects, view))),
    h("details", {}, h("summary", {}, "Bits"), bitsTable(subjects)),
    pairedTable(subjects),
    heading(level + 1, "What they mean"),
    definitions(subjects),
    heading(level + 1, "To do it again"),
    repeat(audit));
}

const views = (subjects: Subject[]): string[] => [...new Set(subjects.flatMap((s) => s.row.ledgers.map((l) => l.view)))];

const ledgerOf = (subject: Subject, view: string): Ledger | undefined => subject.row.ledgers.find((l) => l.view === view);

const used = (definitions: Definition[], from: (object | undefined)[]): Definition[] =>
  definitions.filter((d) => from.some((f) => f !== undefined && isFigure((f as Record<string, unknown>)[d.key])));

function sizes(subjects: Subject[], view: string): HTMLElement | null {
  const ledger = subjects.map((s) => ledgerOf(s, view)).find((l) => l !== undefined);
  if (!ledger) return null;
  const { training, heldOut, floor, generated, documents, things, resolution, keptShare } = ledger.sizes;
  return h("p", { class: "small" }, `Units: ${count(training)} training, ${count(heldOut)} held out, ${count(floor)} for the floor, ${count(generated)} generated; `
    + `${count(documents)} documents in the smallest; ${count(things)} ${ledger.thing}s held out; resolution ${resolution}`
    + (keptShare < 1 ? `; of all ${ledger.thing}s ${number(100 * keptShare)}\u00a0% were kept, the same in every sample.` : "."));
}

function viewTable(subjects: Subject[], view: string): HTMLElement {
  const shown = subjects.filter((s) => ledgerOf(s, view));
  const columns = used(ledgerFigures, shown.map((s) => ledgerOf(s, view)));
  return tableBox(`All figures of the view ${view}`,
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "compressor"), columns.map((c) => h("th", { scope: "col", title: c.what }, c.name)))),
    h("tbody", {}, shown.map((s) => h("tr", { "data-subject": s.key }, h("th", { scope: "row" }, nameOf(s.row)),
      columns.map((c) => cell(ledgerOf(s, view)![c.key], c.key === "copyingExcess" ? ledgerOf(s, view)!.copyingP : undefined))))));
}

function bitsTable(subjects: Subject[]): HTMLElement {
  const columns = used(bitsFigures, subjects.map((s) => s.row.bits));
  return tableBox("All figures of bits",
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "compressor"), columns.map((c) => h("th", { scope: "col", title: c.what }, c.name)), h("th", { scope: "col" }, "stored, bytes"))),
    h("tbody", {}, subjects.map((s) => h("tr", { "data-subject": s.key }, h("th", { scope: "row" }, nameOf(s.row)),
      columns.map((c) => cell(s.row.bits[c.key])), h("td", {}, s.row.bits.descriptionBytes === undefined ? "\u2013" : count(s.row.bits.descriptionBytes))))));
}

/** Each reconstruction beside its original: mean, the worst, and which that was. */
function pairedTable(subjects: Subject[]): HTMLElement | null {
  const columns = pairedOf(subjects);
  const shown = subjects.filter((s) => s.row.paired);
  if (columns.length === 0) return null;
  return h("details", {}, h("summary", {}, "Each reconstruction beside its original"),
    h("p", { class: "small" }, `Means over ${count(Math.max(...shown.map((s) => s.row.paired!.documents)))} documents with their intervals, means of the worst 5\u00a0%, and the worst document.`),
    tableBox("Each reconstruction beside its original",
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "compressor"), columns.map((c) => h("th", { scope: "col", title: c.what }, c.name)))),
      h("tbody", {}, shown.map((s) => h("tr", { "data-subject": s.key }, h("th", { scope: "row" }, nameOf(s.row)), columns.map((c) => {
        const measure = s.row.paired!.measures.find((m) => m.name === c.key);
        return measure === undefined ? h("td", {}, "\u2013")
          : h("td", {}, value(measure.mean), interval(measure.mean) !== "" && h("small", {}, interval(measure.mean)),
            measure.worst.value !== undefined && h("small", {}, `worst ${value(measure.worst)}`), h("small", {}, measure.worstDocument));
      }))))));
}

function cell(figure: unknown, p?: number): HTMLElement {
  if (!isFigure(figure)) return h("td", {}, "\u2013");
  const small = [interval(figure), figure.floor === undefined ? "" : `floor ${amount(figure.floor, figure.unit)}`, p === undefined ? "" : `p ${number(p)}`].filter((s) => s !== "");
  return h("td", figure.why !== undefined ? { title: figure.why } : {}, value(figure), small.map((s) => h("small", {}, s)));
}

/** Worlds: the truth beside the estimate. */
function exactTable(audit: Audit, subjects: Subject[], level: number): HTMLElement[] {
  const shown = subjects.filter((s) => s.row.exact);
  if (shown.length === 0) return [];
  const columns = ["lost", "memorized", "generalized", "hallucinated"] as const;
  const hows = [...new Set(shown.map((s) => s.row.exact!.how))];
  return [heading(level, "Exact beside estimated"),
    h("p", { class: "small" }, `${audit.result.source.name} is a world whose truth is known: each cell has the exact value, then the estimate from samples with its interval. How the exact values came: ${hows.join(", ")}.`),
    tableBox("Exact beside estimated",
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "compressor"), columns.map((c) => h("th", { scope: "col" }, c)))),
      h("tbody", {}, shown.map((s) => h("tr", { "data-subject": s.key }, h("th", { scope: "row" }, nameOf(s.row)), columns.map((c) => {
        const exact = s.row.exact!, estimate = ledgerOf(s, exact.view)?.[c];
        return h("td", {}, value(exact[c]), h("small", {}, partsOf(exact, c)), estimate !== undefined && h("small", {}, `${value(estimate)}${interval(estimate) === "" ? "" : ` (${interval(estimate)})`}`));
      })))))];
}

/** What an exact share is made of: "confabulated 12 %, garbled 3 %". */
function partsOf(exact: Exact, key: "lost" | "memorized" | "generalized" | "hallucinated"): string {
  const parts = key === "generalized" ? exact.generalizedParts : key === "hallucinated" ? exact.hallucinatedParts : undefined;
  return (parts ?? []).map((part) => `${part.name} ${value(part.share)}`).join(", ");
}

/** What could not be measured, each reason once. */
function notMeasurable(subjects: Subject[], level: number): HTMLElement[] {
  const reasons = new Map<string, { what: Set<string>; rows: Set<string> }>();
  const note = (why: string, what: string, row: string) => {
    const reason = reasons.get(why) ?? { what: new Set(), rows: new Set() };
    reason.what.add(what);
    reason.rows.add(row);
    reasons.set(why, reason);
  };
  for (const { row } of subjects) {
    if (row.why) note(row.why, "the ledger", row.name);
    const look = (from: object, where: string, definitions: Definition[]) => {
      for (const d of definitions) {
        const figure = (from as Record<string, unknown>)[d.key];
        if (isFigure(figure) && figure.why) note(figure.why, figure.value === undefined ? `${d.name} (${where})` : "intervals", row.name);
      }
    };
    look(row.bits, "bits", bitsFigures);
    for (const ledger of row.ledgers) look(ledger, ledger.view, ledgerFigures);
  }
  const some = (words: Set<string>, most: number) => [...words].slice(0, most).join(", ") + (words.size > most ? ` and ${words.size - most} more` : "");
  if (reasons.size === 0) return [];
  return [heading(level, "What could not be measured"), h("ul", {}, [...reasons].map(([why, { what, rows }]) =>
    h("li", {}, h("b", {}, some(what, 4)), ` of ${rows.size === subjects.length ? "every compressor" : some(rows, 3)}: `, why, ".")))];
}

function failures(audit: Audit, level: number): HTMLElement[] {
  const { problems } = audit.result;
  if (problems.length === 0) return [];
  const more = audit.left.problems ?? 0;
  return [heading(level, "Files that could not be used"),
    more > 0 ? h("p", { class: "small" }, `The first ${count(problems.length)} of ${count(problems.length + more)}; results.json lists all.`) : h("p", { class: "small" }, `${count(problems.length)} in all.`),
    h("div", { class: "low" }, tableBox("Files that could not be used",
      h("thead", {}, h("tr", {}, ["file", "compressor", "why"].map((name) => h("th", { scope: "col", class: "text" }, name)))),
      h("tbody", {}, problems.map((p) => h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, p.document)), h("td", { class: "text" }, p.row === undefined ? "could not be read" : h("bdi", {}, p.row)),
        h("td", { class: "text" }, h("bdi", {}, p.why))))))) ];
}

function definitions(subjects: Subject[]): HTMLElement {
  const shown = [...used(ledgerFigures, subjects.flatMap((s) => s.row.ledgers)), ...used(bitsFigures, subjects.map((s) => s.row.bits)), ...pairedOf(subjects)];
  return h("dl", { class: "definitions" }, shown.map((d) => h("div", {}, h("dt", {}, d.name, h("small", {}, d.unit)), h("dd", {}, d.what))));
}

function repeat(audit: Audit): HTMLElement {
  const { run } = audit.result;
  const state = h("span", { role: "status", class: "small" });
  const copy = h("button", { type: "button", class: "copy", onclick: () => {
    // Where the page may not write to the clipboard the text is selected, to be copied by hand.
    navigator.clipboard?.writeText(run.command).then(() => (state.textContent = "copied"), () => getSelection()?.selectAllChildren(code));
  } }, "Copy");
  const code = h("code", {}, run.command);
  return h("div", {},
    h("pre", { tabindex: 0 }, code), h("p", {}, copy, " ", state),
    h("dl", { class: "versions" },
      ([["vestige", run.vestige], ["seed", String(run.seed)], ["most units of a sample", count(run.units)], ...Object.entries(run.versions)] as [string, string][])
        .map(([name, version]) => h("div", {}, h("dt", {}, name), h("dd", {}, version)))),
    h("p", { class: "small" }, "Beside this page: ", h("a", { href: audit.place + "results.json" }, "results.json"), " has every figure",
      audit.items && [", ", h("a", { href: audit.place + "items.csv" }, "items.csv"), " those of single documents"], "."));
}
