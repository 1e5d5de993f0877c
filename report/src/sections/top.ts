import { answer, facts, partOf, question } from "../answers";
import { chartFigure, heading } from "../charts/chart";
import { keptOf, madeOf } from "../charts/ledger";
import { hasCost, headline, labelOf, type Audit, type Figure, type Finding, type Row, type Subject } from "../data";
import { h, tableBox } from "../dom";
import type { Definition } from "../figures";
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
  const element = view?.element ?? "element";
  return h("section", { class: "part", "aria-label": "Ledger" },
    heading(level, "Ledger"),
    h("p", { class: "lead" }, `Everything a compressor produces is memorized, generalized or hallucinated; everything real is kept or lost. Counted in ${element}s. `
      + "Three corners show what a figure means: the yardstick is fresh real data, the best that any row can score; the parrot a look-up table of the training sample; shuffled is the yardstick with its parts in random order, nonsense as far as this view can tell."),
    h("div", { class: "pair" },
      chartFigure(level + 1, madeOf(audit, subjects)),
      chartFigure(level + 1, keptOf(audit, subjects))),
    table(audit, subjects),
    shares.some((key) => floorOf(subjects, key) === byRow) && h("p", { class: "small" },
      `Floor ${byRow}: each row is looked at from where it differs most, and has a floor there: shown when you point at its figure, and under \u201cEvery figure\u201d, at the end.`),
    differences(audit, subjects),
    subjects.some((s) => labelOf(s.row) !== s.row.name) && h("p", { class: "small" }, "Of long names what all rows of a compressor share is left out; \u201cNames in full\u201d, at the end, has them."),
    costs(audit, subjects),
    whatMatters(audit, level));
}

const shares = ["lost", "memorized", "generalized", "hallucinated"] as const;

type Column = [name: string, part: string, of: (row: Row) => HTMLElement];

function table(audit: Audit, subjects: Subject[]): HTMLElement {
  const figure = (of: (row: Row) => Figure | undefined) => (row: Row) => cell(of(row));
  // Beside the four what needs no assumption, and what stands in T whether memorized or not; of points there is neither.
  const beside = ([["atMost", "at most"], ["inTraining", "in T"]] as const).filter(([key]) => subjects.some((s) => headline(s.row)?.[key]?.value !== undefined));
  return rowsOf("Ledger of every compressor", subjects,
    [[`bits/${audit.result.source.sizeUnit}`, "", figure((row) => row.bits.rate)], ...shares.map((key): Column => [key, key, (row) => share(headline(row)?.[key])]),
      ...beside.map(([key, name]): Column => [name, "", (row) => share(headline(row)?.[key])])],
    h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, "floor"), h("td", {}), [...shares, ...beside.map(([key]) => key)].map((key) => h("td", {}, floorOf(subjects, key))))));
}

/** The floor of all rows where they have one: a ledger of points looks at each row from where that differs most, and has a floor there. */
function floorOf(subjects: Subject[], key: "lost" | "memorized" | "generalized" | "hallucinated" | "atMost" | "inTraining"): string {
  // As it is printed, rows that differ by less than this have the same.
  const apart = 0.005;
  const floors = subjects.map((s) => headline(s.row)?.[key]?.floor).filter((floor) => floor !== undefined);
  return floors.length > 0 && Math.max(...floors) - Math.min(...floors) >= apart ? byRow : amount(floors[0], "share");
}

const byRow = "by row";

/** A share of the ledger, with its floor on hover. */
const share = (figure: Figure | undefined): HTMLElement => cell(figure, figure?.floor === undefined ? undefined : `floor ${amount(figure.floor, figure.unit)}`);

/** Rows less rows, each with the interval of the difference itself; null where there is none to read. */
function differences(audit: Audit, subjects: Subject[]): HTMLElement | null {
  const labels = new Map(subjects.map((s) => [s.row.name, labelOf(s.row)]));
  // What stands beside no loss is read off the table; on a ladder it is the step that counts.
  const shown = (audit.result.differences ?? []).filter((d) => d.kind !== "Lossless" || !(audit.result.differences ?? []).some((other) => other.kind !== "Lossless"));
  if (shown.length === 0) return null;
  return h("details", { open: shown.length <= 8 }, h("summary", {}, "Differences between rows"),
    h("p", { class: "small" }, "The same documents are left out of both rows at once, so that what both share drops out: these intervals are narrower than those of the rows side by side."),
    tableBox("Differences between rows",
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "row"), h("th", { scope: "col", class: "text" }, "less"), shares.map((key) => h("th", { scope: "col" }, h("span", { class: `swatch ${key}` }), key)))),
      h("tbody", {}, shown.map((d) => h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, labels.get(d.row) ?? d.row)), h("td", { class: "text" }, h("bdi", {}, labels.get(d.less) ?? d.less)),
        shares.map((key) => cell(d[key])))))));
}

/** What it costs to store, and how like its original each reconstruction is; null where nothing is known of either. */
function costs(audit: Audit, all: Subject[]): HTMLElement | null {
  const subjects = all.filter((s) => hasCost(s.row));
  const named = subjects.filter((s) => s.row.named);
  const plain = (text: string | undefined) => h("td", {}, text ?? "\u2013");
  const columns: Column[] = [];
  if (named.some((s) => s.row.bits.descriptionBytes !== undefined))
    columns.push(["stored", "", (row) => plain(row.bits.descriptionBytes === undefined ? undefined : bytes(row.bits.descriptionBytes))]);
  if (named.some((s) => s.row.bits.saving?.value !== undefined)) columns.push(["saved", "", (row) => cell(row.bits.saving)]);
  if (named.some((s) => s.row.isCodec && s.row.bits.ratioToLossless?.value !== undefined)) columns.push(["beside lossless", "", (row) => cell(row.bits.ratioToLossless)]);
  for (const { key, name } of pairedOf(subjects).filter((d) => d.main)) columns.push([name, "", (row) => cell(pairedMean(row, key))]);
  const { speed, source } = audit.result;
  const speedOf = (row: Row) => speed.find((s) => s.row === row.name);
  if (named.some((s) => speedOf(s.row)?.encode !== undefined)) columns.push([`encodes, M${source.sizeUnit}s/s`, "", (row) => plain(row.named ? speedOf(row)?.encode?.toFixed(1) : undefined)]);
  return columns.length === 0 ? null : rowsOf("Costs, and reconstructions beside their originals", subjects, columns);
}

const rowsOf = (label: string, subjects: Subject[], columns: Column[], foot?: HTMLElement): HTMLElement => tableBox(label,
  h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "compressor"), columns.map(([name, part]) => h("th", { scope: "col" }, part !== "" && h("span", { class: `swatch ${part}` }), name)))),
  h("tbody", {}, subjects.map((subject) => h("tr", { "data-subject": subject.key, class: subject.row.named ? "" : "base" },
    h("th", { scope: "row" }, followButton(subject)), columns.map(([, , of]) => of(subject.row))))),
  foot);

function cell(figure: Figure | undefined, title?: string): HTMLElement {
  if (figure === undefined) return h("td", {}, "\u2013");
  return h("td", { title: figure.value === undefined && figure.why ? figure.why : title }, value(figure), interval(figure) !== "" && h("small", {}, interval(figure)));
}

/** A label that may break after its options; the whole name on hover. */
export const nameOf = (row: Row): HTMLElement => h("bdi", { title: labelOf(row) !== row.name && row.name }, labelOf(row).split(/(?<=[,:])/).flatMap((part, i) => (i > 0 ? [h("wbr"), part] : [part])));

/** A compressor's name, to be followed by. */
export function followButton(subject: Subject): HTMLElement {
  return h("button", { type: "button", class: "name", "data-subject": subject.key, "aria-pressed": "false", title: "Follow through the page", onclick: () => toggle(subject.key) },
    nameOf(subject.row));
}

/** Paired figures that any row has, as the results define them; those by which codecs are compared stand in the first table. */
export function pairedOf(subjects: Subject[]): (Definition & { main: boolean })[] {
  const measures = new Map(subjects.flatMap((s) => s.audit.result.pairedMeasures ?? []).map((m) => [m.name, m]));
  return [...measures.values()].map(({ name, label, unit, what, compared }) => ({ key: name, name: label, unit, what, main: compared }))
    .filter((d) => subjects.some((s) => s.row.named && pairedMean(s.row, d.key)?.value !== undefined));
}

export const pairedMean = (row: Row, key: string): Figure | undefined => row.paired?.measures.find((m) => m.name === key)?.mean;

function whatMatters(audit: Audit, level: number): HTMLElement | null {
  const most = 5;
  const item = (finding: Finding) => h("li", {}, finding.text);
  const [findings, choice, matched] = [partOf(audit, "Warning", "Account", "Note"), partOf(audit, "Choice"), partOf(audit, "Matched")];
  const fallen = (audit.result.gates ?? []).filter((gate) => gate.fell);
  if (findings.length + choice.length + matched.length + fallen.length === 0) return null;
  return h("div", { class: "pair matters" },
    findings.length > 0 && h("div", {}, heading(level + 1, "What stands out"), h("ul", {}, findings.slice(0, most).map(item)),
      findings.length > most && h("details", {}, h("summary", {}, `${findings.length - most} more`), h("ul", {}, findings.slice(most).map(item)))),
    (choice.length > 0 || fallen.length > 0 || matched.length > 0) && h("div", {},
      choice.length > 0 && [heading(level + 1, "What to choose"), h("p", {}, choice[0]!.text), choice.length > 1 && h("ul", {}, choice.slice(1).map(item))],
      matched.length > 0 && [heading(level + 1, "At the same quality, at the same bytes"), h("ul", {}, matched.map(item))],
      fallen.length > 0 && [heading(level + 1, "Gates that fell"), h("ul", {}, fallen.map((gate) => h("li", {}, `${gate.row}: ${gate.why ?? gate.gate}`)))]));
}
