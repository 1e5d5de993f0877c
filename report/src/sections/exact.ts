import { heading } from "../charts/chart";
import type { Audit, CurvePoint, Exact, Ledger, Subject } from "../data";
import { h } from "../dom";
import { curveFigure, exactFigures } from "../figures";
import { number, value } from "../format";
import { cell, figuresOf, ledgerOf, rowsOf, span, used } from "./tables";

const shares = ["lost", "memorized", "generalized", "hallucinated"] as const;

/** Worlds: the truth beside the estimate. */
export function exactTable(audit: Audit, subjects: Subject[], level: number): (HTMLElement | null)[] {
  const shown = subjects.filter((s) => s.row.exact);
  if (shown.length === 0) return [];
  const hows = [...new Set(shown.map((s) => s.row.exact!.how))];
  const columns = used(exactFigures, shown.map((s) => s.row.exact));
  return [heading(level, "Exact beside estimated"),
    h("p", { class: "small" }, `${audit.result.source.name} is a world whose truth is known: each cell has the exact value, then the estimate from samples with its interval, which in 95 of 100 audits holds the exact value. How the exact values came: ${hows.join(", ")}.`),
    rowsOf("Exact beside estimated", shown, shares, ({ row }, key) => {
      const exact = row.exact!;
      return h("td", {}, value(exact[key]), h("small", {}, partsOf(exact, key)), estimated(ledgerOf(row, exact.view), exact, key));
    }),
    h("details", {}, h("summary", {}, "More that is exact"),
      figuresOf("More that is exact", shown, columns, ({ row }, { key }) => cell(row.exact![key]))),
    curveTable("Beyond t times, exact", shown, (s) => s.row.exact!.curve, value)];
}

function estimated(ledger: Ledger | undefined, exact: Exact, key: (typeof shares)[number]): HTMLElement | null {
  const estimate = ledger?.[key];
  if (estimate === undefined) return null;
  const outside = exact.agreements?.some((agreement) => agreement.figure === key && agreement.inside === false) === true;
  return h("small", {}, `${value(estimate)}${span(estimate, " (", ")")}${outside ? ", which misses it" : ""}`);
}

/** What an exact share is made of: "confabulated 12 %, garbled 3 %". */
function partsOf(exact: Exact, key: (typeof shares)[number]): string {
  const parts = key === "generalized" ? exact.generalizedParts : key === "hallucinated" ? exact.hallucinatedParts : undefined;
  return (parts ?? []).map((part) => `${part.name} ${value(part.share)}`).join(", ");
}

/** Both ways, a column a t. */
export function curveTable(title: string, subjects: Subject[], of: (subject: Subject) => CurvePoint[] | undefined, show: (figure: CurvePoint["lost"]) => string): HTMLElement | null {
  const shown = subjects.filter((s) => of(s)?.some((p) => p.lost.value !== undefined || p.lost.low !== undefined));
  const ts = [...new Set(shown.flatMap((s) => of(s)!.map((p) => p.t)))].sort((a, b) => a - b);
  if (shown.length === 0) return null;
  return h("details", {}, h("summary", {}, title), h("p", { class: "small" }, `${curveFigure.what} Each cell: of the real, then of what the compressor produces.`),
    rowsOf(title, shown, ts.map((t) => `t = ${number(t)}`), (subject, name) => {
      const point = of(subject)!.find((p) => `t = ${number(p.t)}` === name);
      return h("td", {}, point ? show(point.lost) : "\u2013", point && h("small", {}, show(point.invented)));
    }));
}
