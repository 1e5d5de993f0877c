import { answer, facts, question } from "../answers";
import { chartFigure, heading } from "../charts/chart";
import { keptOf, madeOf } from "../charts/ledger";
import { headline, type Audit, type Figure, type Row, type Subject } from "../data";
import { h, tableBox } from "../dom";
import { pairedFigures } from "../figures";
import { toggle } from "../follow";
import { amount, bytes, interval, value } from "../format";

/** The question and its answer. */
export function hero(audit: Audit, level: number): HTMLElement {
  return h("header", { class: "hero" },
    h("p", { class: "eyebrow" }, h("bdi", {}, audit.result.source.name)),
    heading(level, question(audit)),
    h("p", { class: "answer" }, answer(audit)),
    h("ul", { class: "facts" }, facts(audit).map((fact) => h("li", {}, fact)), audit.result.source.currentBytes > 0 && h("li", {}, `${bytes(audit.result.source.currentBytes)} as stored`),
      audit.result.source.losslessBytes !== undefined && h("li", {}, `${bytes(audit.result.source.losslessBytes)} without loss`)));
}

/** Bars and table of the headline view. */
export function ledgerSection(audit: Audit, subjects: Subject[], level: number): HTMLElement {
  const view = subjects.map((s) => headline(s.row)).find((l) => l !== undefined);
  const thing = view?.thing ?? "thing";
  return h("section", { class: "part", "aria-label": "Ledger" },
    heading(level, "Ledger"),
    h("p", { class: "lead" }, `Everything a compressor produces is memorized, generalized or hallucinated; everything real is kept or lost. Counted in ${thing}s. `
      + "The yardstick is fresh real data, the best that any row can score; the parrot is a look-up table of the training sample."),
    h("div", { class: "pair" },
      chartFigure(level + 1, madeOf(audit, subjects)),
      chartFigure(level + 1, keptOf(audit, subjects))),
    table(audit, subjects),
    whatMatters(audit, level));
}

function table(audit: Audit, subjects: Subject[]): HTMLElement {
  const { source } = audit.result;
  const named = subjects.filter((s) => s.row.named);
  const speed = audit.result.speed.filter((s) => named.some((n) => n.row.name === s.row));
  const columns: [string, string, (row: Row) => Figure | undefined][] = [
    [`bits/${source.sizeUnit}`, "", (row) => row.bits.rate],
    ["lost", "lost", (row) => headline(row)?.lost],
    ["memorized", "memorized", (row) => headline(row)?.memorized],
    ["generalized", "generalized", (row) => headline(row)?.generalized],
    ["hallucinated", "hallucinated", (row) => headline(row)?.hallucinated],
  ];
  for (const { key, name } of pairedOf(subjects).filter((d) => d.main)) columns.push([name, "", (row) => pairedMean(row, key)]);
  if (named.some((s) => s.row.bits.saving?.value !== undefined)) columns.push(["saved", "", (row) => row.bits.saving]);
  const sized = named.some((s) => s.row.bits.descriptionBytes !== undefined);
  const floors = subjects.map((s) => headline(s.row)).find((l) => l !== undefined);
  return tableBox("Ledger of every compressor",
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "compressor"), columns.map(([name, part]) =>
      h("th", { scope: "col" }, part !== "" && h("span", { class: `swatch ${part}` }), name)), sized && h("th", { scope: "col" }, "stored"),
      speed.length > 0 && h("th", { scope: "col" }, `encodes, M${source.sizeUnit}s/s`))),
    h("tbody", {}, subjects.map((subject) => {
      const { row } = subject;
      const fast = speed.find((s) => s.row === row.name);
      return h("tr", { "data-subject": subject.key, class: row.named ? "" : "base" },
        h("th", { scope: "row" }, followButton(subject)),
        columns.map(([, , of]) => cell(of(row))),
        sized && h("td", {}, row.bits.descriptionBytes === undefined ? "\u2013" : bytes(row.bits.descriptionBytes)),
        speed.length > 0 && h("td", {}, fast?.encode === undefined ? "\u2013" : fast.encode.toFixed(1)));
    })),
    floors && h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, "floor"), h("td", {}),
      [floors.lost, floors.memorized, floors.generalized, floors.hallucinated].map((f) => h("td", {}, amount(f.floor, "share"))),
      columns.slice(5).map(() => h("td", {})), sized && h("td", {}), speed.length > 0 && h("td", {}))));
}

function cell(figure: Figure | undefined): HTMLElement {
  if (figure === undefined) return h("td", {}, "\u2013");
  return h("td", figure.value === undefined && figure.why ? { title: figure.why } : {}, value(figure), interval(figure) !== "" && h("small", {}, interval(figure)));
}

/** A name that may break after its options. */
export const nameOf = (row: Row): HTMLElement => h("bdi", {}, row.name.split(/(?<=[,:])/).flatMap((part, i) => (i > 0 ? [h("wbr"), part] : [part])));

/** A compressor's name, to be followed by. */
export function followButton(subject: Subject): HTMLElement {
  return h("button", { type: "button", class: "name", "data-subject": subject.key, "aria-pressed": "false", title: "Follow through the page", onclick: () => toggle(subject.key) },
    nameOf(subject.row));
}

/** Paired figures that any row has. */
export const pairedOf = (subjects: Subject[]): typeof pairedFigures =>
  pairedFigures.filter((d) => subjects.some((s) => s.row.named && pairedMean(s.row, d.key)?.value !== undefined));

export const pairedMean = (row: Row, key: string): Figure | undefined => row.paired?.measures.find((m) => m.name === key)?.mean;

function whatMatters(audit: Audit, level: number): HTMLElement | null {
  const { findings, choice, gates, matched } = audit.result;
  const most = 5;
  const item = (text: string) => h("li", {}, text);
  const fallen = (gates ?? []).filter((gate) => gate.fell);
  if (findings.length === 0 && !choice) return null;
  return h("div", { class: "pair matters" },
    findings.length > 0 && h("div", {}, heading(level + 1, "What stands out"), h("ul", {}, findings.slice(0, most).map((f) => item(f.text))),
      findings.length > most && h("details", {}, h("summary", {}, `${findings.length - most} more`), h("ul", {}, findings.slice(most).map((f) => item(f.text))))),
    (choice || fallen.length > 0 || (matched ?? []).length > 0) && h("div", {},
      choice && [heading(level + 1, "What to choose"), h("p", {}, choice.text),
        h("ul", {}, choice.codecs.map((codec) => h("li", {}, h("b", {}, codec.family), ": ", codec.text)))],
      (matched ?? []).length > 0 && [heading(level + 1, "At the same quality, at the same bytes"), h("ul", {}, matched!.map((m) => item(m.text)))],
      fallen.length > 0 && [heading(level + 1, "Gates that fell"), h("ul", {}, fallen.map((gate) => item(`${gate.row}: ${gate.why ?? gate.gate}`)))]));
}
