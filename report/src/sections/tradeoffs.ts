import { chartFigure, heading, type Chart } from "../charts/chart";
import { scatter, type Axis, type Guide, type Reach } from "../charts/scatter";
import { baseline, hasCost, headline, kindOf, type Audit, type Figure, type Subject } from "../data";
import { h } from "../dom";
import { pairedMean, pairedOf } from "./top";

/** What bits buy. */
export function tradeoffSection(audit: Audit, subjects: Subject[], level: number): HTMLElement | null {
  const charts = chartsOf(audit, subjects).filter((chart) => chart !== null);
  if (charts.length === 0) return null;
  return h("section", { class: "part", "aria-label": "Trade-offs" },
    heading(level, "Trade-offs"),
    h("p", { class: "lead" }, "Every mark is a compressor; a line joins the settings of one. Point at a mark for its figures, or go from mark to mark with the arrow keys; click it, or press Enter, to follow it through the page."),
    kindsLegend(subjects),
    h("div", { class: "grid" }, charts.map((chart) => chartFigure(level + 1, chart))));
}

/** Shapes and colours of the kinds of compressors: a crowded point has no label of its own. */
export function kindsLegend(subjects: Subject[]): HTMLElement {
  const kinds = new Map(subjects.filter((s) => hasCost(s.row)).map((s) => [kindOf(s.row), s]));
  return h("ul", { class: "legend" }, [...kinds].map(([kind, { colour, symbol }]) =>
    h("li", {}, h("span", { class: "glyph", "aria-hidden": "true", style: `color: ${colour}` }, glyphs[symbol] ?? ""), h("bdi", {}, kind))));
}

const glyphs: Record<string, string> = { circle: "\u25cf", square: "\u25a0", triangle: "\u25b2", diamond: "\u25c6", star: "\u2605", wye: "Y", cross: "\u271a", times: "\u2715" };

function chartsOf(audit: Audit, all: Subject[]): (Chart | null)[] {
  const { source } = audit.result;
  const rate: Axis = { label: `bits a ${source.sizeUnit}`, unit: "bits", of: (s) => s.row.bits.rate };
  const of = (key: "lost" | "hallucinated" | "generalized"): Axis => ({ label: key, unit: "share", of: (s) => headline(s.row)?.[key] });
  const subjects = all.filter((s) => hasCost(s.row));
  const guides = (key: "lost" | "hallucinated"): Guide[] => ([["Yardstick", "5 3"], ["Shuffled", "1.5 3"]] as const).flatMap(([kind, dash]) => {
    const row = baseline(audit, kind);
    const y = row && headline(row)?.[key].value;
    return y === undefined ? [] : [{ label: kind.toLowerCase(), y, dash }];
  });
  const quality = pairedOf(subjects)[0];
  const decoded = subjects.filter((s) => s.row.named && decoderOf(s) !== undefined).length > 0 ? subjects.filter((s) => s.row.paired) : [];
  const single = (key: string, label: string): Axis => ({ label, unit: pairedOf(subjects).find((d) => d.key === key)?.unit ?? "", of: (s) => pairedMean(s.row, key) });
  return [
    quality === undefined ? null
      : made(`Bits against ${quality.name}`, quality.what, subjects, rate,
        { label: quality.name, unit: quality.unit, of: (s) => pairedMean(s.row, quality.key) }, []),
    made("Bits against lost", undefined, subjects, rate, of("lost"), guides("lost")),
    made("Bits against hallucinated", undefined, subjects, rate, of("hallucinated"), guides("hallucinated")),
    made("Each picture, and all of them: PSNR",
      "Decoders of the same bytes: to the right, each picture is nearer to its original; down, less of what pictures show is lost from all of them together. Dashed: to lose nothing of the distribution need not cost more than 3.01 dB of the best guess's PSNR (Blau and Michaeli 2018).",
      decoded, single("psnr", "PSNR of each"), of("lost"), [], { label: "\u2212 3.01 dB", of: (s) => (decoderOf(s) === "mean" ? { by: -realism, y: 0 } : undefined) }),
    made("Each one, and all of them: detail lost", "Decoders of the same bytes: to the left, less is lost of each by itself; down, less is lost of the distribution.", decoded, single("lost", "lost of each"), of("lost"), []),
    made("Size of the model against bits per byte", "Code length of held-out text: the less, the better the model knows it.", subjects.filter((s) => !s.row.isCodec),
      { label: "bytes stored", unit: "bytes", of: (s) => stored(s) }, { label: `bits a ${source.sizeUnit}, held out`, unit: "bits", of: (s) => s.row.bits.codeLengthHeldOut }, []),
  ];
}

/** Perfect realism takes at most twice the squared error of the best guess (Blau and Michaeli, CVPR 2018, Theorem 2). */
const realism = 10 * Math.log10(2);

/** How what a file leaves open is filled: "mean", "sample"; undefined for a plain decoder. */
const decoderOf = ({ row }: Subject): string | undefined => /[:,]decode=(\w+)/.exec(row.name)?.[1];

const stored = (subject: Subject): Figure | undefined =>
  subject.row.bits.descriptionBytes === undefined ? undefined : { value: subject.row.bits.descriptionBytes, unit: "bytes" };

/** Codecs and models on one plane: what share of the bits they keep, and what of their output is new and real. */
export function planeSection(subjects: Subject[], level: number): HTMLElement | null {
  const chart = made("Bits kept against generalized", "Bits kept: rate over the bits of the raw item. A look-up table sits at the bottom right; what is worth having moves up and left.",
    subjects.filter((s) => hasCost(s.row)),
    { label: "bits kept", unit: "share", of: kept }, { label: "generalized", unit: "share", of: (s) => headline(s.row)?.generalized }, []);
  return chart && chartFigure(level, chart);
}

function kept({ audit, row }: Subject): Figure | undefined {
  const { value, low, high } = row.bits.rate;
  const raw = (8 * audit.result.source.rawBytes) / audit.result.source.size;
  if (value === undefined || !(raw > 0)) return undefined;
  return { value: value / raw, low: low === undefined ? undefined : low / raw, high: high === undefined ? undefined : high / raw, unit: "share" };
}

/** A chart of those that have both figures; null where no named compressor has. */
function made(title: string, note: string | undefined, subjects: Subject[], x: Axis, y: Axis, guides: Guide[], reach?: Reach): Chart | null {
  const shown = subjects.filter((s) => (x.of(s)?.value ?? 0) > 0 && y.of(s)?.value !== undefined);
  const left = subjects.filter((s) => s.row.named).length - shown.filter((s) => s.row.named).length;
  if (!shown.some((s) => s.row.named)) return null;
  const notes = [note, left > 0 ? `${left} without both figures not shown.` : undefined].filter((n) => n !== undefined);
  return scatter(title, notes.length > 0 ? notes.join(" ") : undefined, shown, x, y, guides, false, reach);
}

