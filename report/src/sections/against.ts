import { chartFigure, heading } from "../charts/chart";
import { scatter, type Axis } from "../charts/scatter";
import { labelOf, type Against, type Audit, type Figure, type Subject } from "../data";
import { h, tableBox } from "../dom";
import { mark } from "../follow";
import { count, printable, shorten, withoutFolders } from "../format";
import { tip } from "../tip";
import { nameOf } from "./top";

/** What models keep of another: its mass at every symbol, and where it went. */
export function againstSection(audit: Audit, subjects: Subject[], level: number): HTMLElement | null {
  const { against } = audit.result;
  const shown = subjects.filter((s) => s.row.against !== undefined);
  if (against === undefined || shown.length === 0) return null;
  const others = shown.filter((s) => s.row.name !== against.row);
  const positions = Math.max(...shown.map((s) => of(s).heldOut.positions));
  return h("section", { class: "part", "aria-label": "Against another model" },
    heading(level, "Against another model"),
    h("p", { class: "lead" }, `Every model held against `, h("bdi", {}, against.row), `, which is p here, at ${count(positions)} ${against.symbol}s of held-out text: `
      + `what of its probability is lost there, and as much is invented. Nothing of a ${against.symbol} is estimated; intervals are over documents.`),
    h("div", { class: "grid" }, chartFigure(level + 1, scatter("Size against lost", "Dashed: the models that no other beats in both.", shown, size, lost, [], true))),
    table(shown, against.symbol),
    costs(others, level + 1),
    domains(others, level + 1),
    passages(others, against.symbol, level + 1),
    words(others, level + 1),
    byPosition(others, against.symbol),
    percentiles(others, against.symbol),
    others.filter((s) => of(s).why !== undefined).map((s) => h("p", { class: "small" }, h("bdi", {}, labelOf(s.row)), `: ${of(s).why!}.`)));
}

const of = (subject: Subject): Against => subject.row.against!;

const size: Axis = { label: "size", unit: "bytes", of: ({ row }) => (row.bits.descriptionBytes === undefined ? undefined : { value: row.bits.descriptionBytes, unit: "bytes" }) };
const lost: Axis = { label: "lost", unit: "share", of: ({ row }) => row.against!.heldOut.lost };

/** Quantizations differ by thousandths, and by less. */
const fine = (x: number | undefined | null): string => (x === undefined || x === null ? "\u2013" : x === 0 ? "0" : Math.abs(x) < 0.1 ? x.toPrecision(2).replace("-", "\u2212") : x.toFixed(3).replace("-", "\u2212"));

const figureCell = (figure: Figure | undefined): HTMLElement =>
  h("td", figure?.why !== undefined ? { title: figure.why } : {}, fine(figure?.value), figure?.low !== undefined && figure.high !== undefined && h("small", {}, `${fine(figure.low)} to ${fine(figure.high)}`));

function table(subjects: Subject[], symbol: string): HTMLElement {
  const columns: [string, (a: Against) => Figure][] = [
    ["bits/byte", (a) => a.heldOut.bitsPerByte], ["more bits/byte", (a) => a.heldOut.moreBits], ["lost", (a) => a.heldOut.lost], [`KL, bits a ${symbol}`, (a) => a.heldOut.divergence],
    ["KL back", (a) => a.heldOut.reverse], ["Jensen-Shannon", (a) => a.heldOut.jensenShannon], ["most probable kept", (a) => a.heldOut.sameTop], ["lost on T", (a) => a.training.lost],
  ];
  return grid("Against another model", "model", columns.map(([name]) => name), subjects, (s) => columns.map(([, figure]) => figureCell(figure(of(s)))));
}

const grid = (label: string, first: string, columns: string[], subjects: Subject[], cells: (s: Subject) => HTMLElement[]): HTMLElement => tableBox(label,
  h("thead", {}, h("tr", {}, h("th", { scope: "col" }, first), columns.map((c) => h("th", { scope: "col" }, c)))),
  h("tbody", {}, subjects.map((s) => h("tr", { "data-subject": s.key }, h("th", { scope: "row" }, nameOf(s.row)), cells(s)))));

/** Which knowledge went first. */
function costs(subjects: Subject[], level: number): (HTMLElement | string)[] {
  const shown = subjects.filter((s) => of(s).cost !== undefined);
  if (shown.length === 0) return [];
  const why = of(shown[0]!).cost!.memory.why;
  return [heading(level, "What went first"),
    h("p", { class: "small" }, "Memory: what p needs less of T than of H. Generalization: what it needs less of H than 8 bits/byte. The share of each that is gone.", why !== undefined && ` Memory is not measurable: ${why}.`),
    grid("What went first", "model", ["bytes saved", "memory lost", "generalization lost", "memory first by"], shown, (s) => {
      const cost = of(s).cost!;
      return [h("td", {}, fine(cost.saved)), figureCell(cost.memory), figureCell(cost.generalization), figureCell(cost.memoryFirst)];
    })];
}

/** A panel a domain, a bar a model. */
function domains(subjects: Subject[], level: number): HTMLElement[] {
  const names = [...new Set(subjects.flatMap((s) => (of(s).domains ?? []).map((d) => d.name)))];
  if (names.length === 0) return [];
  const lostIn = (s: Subject, name: string) => of(s).domains?.find((d) => d.name === name)?.figures.lost;
  const most = Math.max(1e-9, ...subjects.flatMap((s) => names.map((name) => lostIn(s, name)?.high ?? lostIn(s, name)?.value ?? 0)));
  return [heading(level, "Lost by domain"), h("p", { class: "small" }, "A domain is the first folder of a document's name. Bars are of one scale; the lines over their ends are 95 % intervals."),
    h("div", { class: "panels" }, names.map((name) => h("figure", { class: "card panel" }, h("figcaption", {}, h("bdi", {}, name)),
      h("ul", {}, subjects.map((s) => {
        const figure = lostIn(s, name);
        const item = h("li", { "data-subject": s.key, "aria-label": `${labelOf(s.row)}: ${fine(figure?.value)}` },
          h("small", {}, h("bdi", {}, shorten(printable(withoutFolders(labelOf(s.row))), 30)), h("span", {}, fine(figure?.value))),
          h("span", { class: "track" }, h("span", { class: "bar", style: `width: ${((100 * (figure?.value ?? 0)) / most).toFixed(2)}%; background: ${s.colour}` }),
          figure?.low !== undefined && figure.high !== undefined
            && h("span", { class: "whisker", style: `left: ${((100 * Math.max(0, figure.low)) / most).toFixed(2)}%; width: ${((100 * (figure.high - Math.max(0, figure.low))) / most).toFixed(2)}%` })));
        mark(item);
        tip(item, () => [printable(labelOf(s.row)), `lost in ${name}: ${fine(figure?.value)} (${fine(figure?.low)} to ${fine(figure?.high)})`]);
        return item;
      })))))];
}

/** Passages, each symbol the darker the more is lost at it. */
function passages(subjects: Subject[], symbol: string, level: number): HTMLElement[] {
  const shown = subjects.filter((s) => (of(s).passages ?? []).length > 0);
  if (shown.length === 0) return [];
  return [heading(level, "Where they differ most"), h("p", { class: "small" }, `The held-out passages at which most is lost; the darker a ${symbol}, the more. Point at one for its figures.`),
    ...shown.map((s, i) => h("details", { open: i === shown.length - 1 }, h("summary", {}, nameOf(s.row)), h("div", { class: "grid" }, of(s).passages!.slice(0, 2).map((passage) =>
      h("figure", { class: "card passage" }, h("figcaption", {}, h("bdi", {}, passage.document), `, byte ${count(passage.offset)}: lost ${fine(passage.lost)} on average`),
        h("blockquote", {}, passage.pieces.map((piece) => {
          const element = h("span", { class: "shade", style: `--lost: ${Math.min(100, Math.round(100 * piece.lost))}%` }, piece.text.replaceAll("\\n", "\u21b5"));
          tip(element, () => [`lost ${fine(piece.lost)}`, `${fine(piece.moreBits)} bits more`]);
          return element;
        })))))))];
}

function words(subjects: Subject[], level: number): HTMLElement[] {
  const shown = subjects.filter((s) => (of(s).words ?? []).length > 0);
  if (shown.length === 0) return [];
  return [heading(level, "Words that changed most"), ...shown.map((s, i) => h("details", { open: i === shown.length - 1 }, h("summary", {}, nameOf(s.row)), tableBox("Words that changed most",
    h("thead", {}, h("tr", {}, ["word", "times", "lost, mean", "more bits, mean"].map((c) => h("th", { scope: "col" }, c)))),
    h("tbody", {}, of(s).words!.map((w) => h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, w.word)), h("td", {}, count(w.count)), h("td", {}, fine(w.lost)), h("td", {}, fine(w.moreBits))))))))];
}

function byPosition(subjects: Subject[], symbol: string): HTMLElement | null {
  const names = [...new Set(subjects.flatMap((s) => (of(s).positions ?? []).map((p) => p.name)))];
  if (names.length === 0) return null;
  return h("details", {}, h("summary", {}, `Lost by the number of the ${symbol} in its passage`), grid("Lost by position", "model", names, subjects,
    (s) => names.map((name) => figureCell(of(s).positions?.find((p) => p.name === name)?.figures.lost))));
}

const shares = ["least", "0.1 %", "1 %", "5 %", "10 %", "median", "90 %", "95 %", "99 %", "99.9 %", "most"];
const quantities: Record<string, string> = { divergence: "KL(p||q), bits", change: "q \u2212 p of what stands there", ratio: "log2 q/p of what stands there" };

/** What llama-perplexity prints. */
function percentiles(subjects: Subject[], symbol: string): HTMLElement | null {
  const shown = subjects.filter((s) => of(s).tokens !== undefined);
  if (shown.length === 0) return null;
  return h("details", {}, h("summary", {}, `Percentiles over ${symbol}s`), Object.entries(quantities).map(([name, what]) => [h("p", { class: "small" }, what),
    grid(what, "model", shares, shown, (s) => {
      const spread = of(s).tokens!.percentiles.find((p) => p.of === name);
      return [spread?.minimum, ...(spread?.values ?? []), spread?.maximum].map((x) => h("td", {}, fine(x)));
    })]));
}
