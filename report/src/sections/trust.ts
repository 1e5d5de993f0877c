import { heading } from "../charts/chart";
import { isFigure, labelOf, type Audit, type Figure, type NearCopy, type Row, type Subject } from "../data";
import { h, tableBox } from "../dom";
import { bitsFigures, copyFigures, curveFigure, exactFigures, ledgerFigures, losslessFigure, storedFigure, type Definition } from "../figures";
import { amount, count, full, interval, number, value } from "../format";
import { curveTable, exactTable } from "./exact";
import { cell, figuresOf, ledgerOf, used } from "./tables";
import { pairedOf } from "./top";

/** What each figure is, all of them with interval and floor, and what it takes to get them again. */
export function trustSection(audit: Audit, subjects: Subject[], level: number): HTMLElement {
  return h("section", { class: "part", "aria-label": "Trust" },
    heading(level, "Trust"),
    h("p", { class: "lead" }, "Every figure stands with its 95\u00a0% interval (delete-group jackknife over whole documents) and its floor: what fresh real items score by the same code."),
    exactTable(audit, subjects, level + 1),
    shared(audit, level + 1),
    notMeasurable(subjects, level + 1),
    failures(audit, level + 1),
    heading(level + 1, "Every figure"),
    views(subjects).map((view, i) => h("details", { open: i === 0 }, h("summary", {}, `View: ${view}`), sizes(subjects, view), viewTable(subjects, view))),
    views(subjects).map((view) => curveTable(`View: ${view}, beyond t times`, subjects, (s) => ledgerOf(s.row, view)?.curve, bound)),
    bitsTable(subjects),
    pairedTable(subjects),
    copyingTable(subjects),
    losslessTable(audit),
    heading(level + 1, "What they mean"),
    definitions(audit, subjects),
    heading(level + 1, "To do it again"),
    repeat(audit, subjects));
}

/** What samples share that they should not, and what generators copied; of each some pairs. */
function shared(audit: Audit, level: number): HTMLElement[] {
  const { contamination, rows } = audit.result;
  const copies = rows.filter((row) => row.nearCopies !== undefined);
  if (contamination === undefined && copies.length === 0) return [];
  const pairs = (of: NearCopy[] | undefined) => h("ul", {}, (of ?? []).map((p) => h("li", {}, h("bdi", {}, p.item), " \u2192 ", h("bdi", {}, p.of), ` (${number(p.similarity)})`)));
  const line = (what: string, items: number, share: Figure, of: NearCopy[] | undefined) => h("li", {}, `${what}: ${full(share)} of ${count(items)}`,
    (of ?? []).length > 0 && h("details", {}, h("summary", {}, of!.length === 1 ? "1 pair" : `${of!.length} pairs`), pairs(of)));
  return [heading(level, "What samples share"),
    h("p", { class: "small" }, contamination ? `Near-copies of items of one sample in another, found by ${contamination.how}.` : "Near-copies of items of the training sample."),
    h("ul", {}, (contamination?.overlaps ?? []).map((o) => line(`${o.sample} in ${o.in}`, o.items, o.share, o.pairs)),
      copies.map((row) => line(`${labelOf(row)}: near-copies of T`, row.nearCopies!.items, row.nearCopies!.share, row.nearCopies!.pairs)))];
}

const views = (subjects: Subject[]): string[] => [...new Set(subjects.flatMap((s) => s.row.ledgers.map((l) => l.view)))];

const bound = (figure: Figure): string => (figure.low === undefined ? "\u2013" : `\u2265 ${amount(figure.low, figure.unit)}`);

function sizes(subjects: Subject[], view: string): HTMLElement | null {
  const ledger = subjects.map((s) => ledgerOf(s.row, view)).find((l) => l !== undefined);
  if (!ledger) return null;
  const { training, heldOut, floor, documents, elements, resolution, keptShare } = ledger.sizes;
  return h("p", { class: "small" }, `Units: ${count(training)} training, ${count(heldOut)} held out, ${count(floor)} for the floor; `
    + `${count(documents)} documents in the smallest; ${count(elements)} ${ledger.element}s held out; resolution ${resolution}`
    + (keptShare < 1 ? `; of all ${ledger.element}s ${number(100 * keptShare)}\u00a0% were kept, the same in every sample.` : "."));
}

function viewTable(subjects: Subject[], view: string): HTMLElement {
  const shown = subjects.filter((s) => ledgerOf(s.row, view));
  const generated: Definition = { key: "generated", name: "units", unit: "", what: "How many units of what the compressor produces the figures are of." };
  return figuresOf(`All figures of the view ${view}`, shown, [generated, ...used(ledgerFigures, shown.map((s) => ledgerOf(s.row, view)))], ({ row }, { key }) => {
    const ledger = ledgerOf(row, view)!;
    return key === "generated" ? h("td", {}, count(ledger.sizes.generated)) : cell(ledger[key], key === "memorized" ? ledger.copyingP : undefined);
  });
}

function bitsTable(subjects: Subject[]): HTMLElement {
  return h("details", {}, h("summary", {}, "Bits"),
    figuresOf("All figures of bits", subjects, [...used(bitsFigures, subjects.map((s) => s.row.bits)), storedFigure], ({ row: { bits } }, { key }) =>
      key !== "stored" ? cell(bits[key]) : h("td", {}, bits.descriptionBytes === undefined ? "\u2013" : count(bits.descriptionBytes))));
}

/** Each reconstruction beside its original: mean, the worst, and which that was. */
function pairedTable(subjects: Subject[]): HTMLElement | null {
  const columns = pairedOf(subjects);
  const shown = subjects.filter((s) => s.row.paired);
  if (columns.length === 0) return null;
  return h("details", {}, h("summary", {}, "Each reconstruction beside its original"),
    h("p", { class: "small" }, `Means over ${count(Math.max(...shown.map((s) => s.row.paired!.documents)))} documents with their intervals, means of the worst 5\u00a0%, and the worst document.`),
    figuresOf("Each reconstruction beside its original", shown, columns, ({ row }, { key }) => {
      const measure = row.paired!.measures.find((m) => m.name === key);
      return measure === undefined ? h("td", {}, "\u2013")
        : h("td", {}, value(measure.mean), interval(measure.mean) !== "" && h("small", {}, interval(measure.mean)),
          measure.worst.value !== undefined && h("small", {}, `worst ${value(measure.worst)}`), h("small", {}, measure.worstDocument));
    }));
}

/** What is shared verbatim with the training sample. */
function copyingTable(subjects: Subject[]): HTMLElement | null {
  const shown = subjects.filter((s) => s.row.copying);
  if (shown.length === 0) return null;
  return h("details", {}, h("summary", {}, "Copying"),
    figuresOf("All figures of copying", shown, copyFigures, ({ row: { copying, extraction } }, { key }) => {
      if (key === "copied") return cell(copying!.copied);
      if (key !== "difference") return h("td", {}, number((key === "meanMatch" ? copying!.meanMatch : copying!.longestMatch) ?? 0));
      return extraction === undefined ? h("td", {}, "\u2013") : h("td", {}, value(extraction.difference), h("small", {}, interval(extraction.difference)),
        h("small", {}, `${count(extraction.trainingExact)} of ${count(extraction.trainingTried)} less ${count(extraction.heldOutExact)} of ${count(extraction.heldOutTried)}`));
    }));
}

function losslessTable(audit: Audit): HTMLElement | null {
  const { lossless } = audit.result;
  if (!lossless || lossless.coders.length === 0) return null;
  const part = (bytes: number, of: number) => (bytes < of ? `the first ${count(bytes)} of ${count(of)} bytes` : `all ${count(of)} bytes`);
  return h("details", {}, h("summary", {}, "Without loss"),
    h("p", { class: "small" }, `${losslessFigure.what} Of the training text ${part(lossless.trainingBytes, lossless.ofTraining)}, of the held-out text ${part(lossless.heldOutBytes, lossless.ofHeldOut)}; bits a byte.`),
    tableBox("Coders without loss", h("thead", {}, h("tr", {}, ["coder", "training", "held out after it", "together"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, lossless.coders.map((c) => h("tr", {}, h("th", { scope: "row" }, c.name, c.version !== undefined && h("small", {}, " ", c.version)), [c.training, c.heldOut, c.together].map((f) => cell(f)))))));
}

/** What could not be measured, each reason once: reasons that differ in a single number are one, with its range. */
function notMeasurable(subjects: Subject[], level: number): HTMLElement[] {
  const reasons = new Map<string, { what: Set<string>; rows: Set<string>; numbers: number[] }>();
  const note = (why: string, what: string, row: Row) => {
    const numbers = why.match(/\d+(?:\.\d+)?/g) ?? [];
    const words = numbers.length === 1 ? why.replace(numbers[0], "\0") : why;
    const reason = reasons.get(words) ?? { what: new Set(), rows: new Set(), numbers: [] };
    reason.what.add(what);
    reason.rows.add(labelOf(row));
    if (numbers.length === 1) reason.numbers.push(Number(numbers[0]));
    reasons.set(words, reason);
  };
  for (const { row } of subjects) {
    if (row.why) note(row.why, "the ledger", row);
    const look = (from: object | undefined, where: string, definitions: Definition[]) => {
      for (const d of definitions) {
        const figure = (from as Record<string, unknown> | undefined)?.[d.key];
        if (isFigure(figure) && figure.why) note(figure.why, figure.value === undefined ? `${d.name} (${where})` : "intervals", row);
      }
    };
    look(row.bits, "bits", bitsFigures);
    for (const ledger of row.ledgers) {
      look(ledger, ledger.view, ledgerFigures);
      for (const { lost, invented } of ledger.curve ?? [])
        for (const { why } of [lost, invented]) if (why) note(why, `${curveFigure.name} (${ledger.view})`, row);
    }
    look(Object.fromEntries((row.paired?.measures ?? []).map((m) => [m.name, m.mean])), "beside the originals", pairedOf(subjects));
    look(row.copying, "copying", copyFigures);
    look(row.extraction, "copying", copyFigures);
    look(row.exact, "exact", exactFigures);
  }
  const some = (words: Set<string>, most: number) => [...words].slice(0, most).join(", ") + (words.size > most ? ` and ${words.size - most} more` : "");
  if (reasons.size === 0) return [];
  return [heading(level, "What could not be measured"), h("ul", {}, [...reasons].map(([words, { what, rows, numbers }]) => {
    const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
    return h("li", {}, h("b", {}, some(what, 4)), ` of ${rows.size === subjects.length ? "every compressor" : some(rows, 3)}: `, words.replace("\0", least === most ? `${least}` : `${least} to ${most}`), ".");
  }))];
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

function definitions(audit: Audit, subjects: Subject[]): HTMLElement {
  const shown = [...used(ledgerFigures, subjects.flatMap((s) => s.row.ledgers)), ...(subjects.some((s) => s.row.ledgers.some((l) => (l.curve ?? []).length > 0)) ? [curveFigure] : []),
    ...used(exactFigures, subjects.map((s) => s.row.exact)), ...used(bitsFigures, subjects.map((s) => s.row.bits)), storedFigure, ...pairedOf(subjects),
    ...(subjects.some((s) => s.row.copying) ? copyFigures : []), ...(audit.result.lossless ? [losslessFigure] : [])];
  return h("dl", { class: "definitions" }, shown.map((d) => h("div", {}, h("dt", {}, d.name, h("small", {}, d.unit)), h("dd", {}, d.what))));
}

function repeat(audit: Audit, subjects: Subject[]): HTMLElement {
  const { run } = audit.result;
  const state = h("span", { role: "status", class: "small" });
  const copy = h("button", { type: "button", class: "copy", onclick: () => {
    // Where the page may not write to the clipboard the text is selected, to be copied by hand.
    navigator.clipboard?.writeText(run.command).then(() => (state.textContent = "copied"), () => getSelection()?.selectAllChildren(code));
  } }, "Copy");
  const code = h("code", {}, run.command);
  const long = subjects.filter(({ row }) => labelOf(row) !== row.name || row.fingerprint !== undefined);
  return h("div", {},
    h("pre", { tabindex: 0 }, code), h("p", {}, copy, " ", state),
    h("dl", { class: "versions" },
      ([["vestige", run.vestige], ["seed", String(run.seed)], ["most units of a sample", count(run.units)], ...Object.entries(run.versions)] as [string, string][])
        .map(([name, version]) => h("div", {}, h("dt", {}, name), h("dd", {}, version)))),
    long.length > 0 && h("details", {}, h("summary", {}, "Names in full"), h("dl", { class: "names" }, long.map(({ row }) =>
      h("div", {}, h("dt", {}, h("bdi", {}, labelOf(row))), h("dd", {}, h("bdi", {}, row.name), row.fingerprint !== undefined && h("small", {}, `SHA-256 of the model ${row.fingerprint}`)))))),
    h("p", { class: "small" }, "Beside this page: ", h("a", { href: audit.place + "results.json" }, "results.json"), " has every figure",
      audit.items && [", ", h("a", { href: audit.place + "items.csv" }, "items.csv"), " those of single documents"], "."));
}
