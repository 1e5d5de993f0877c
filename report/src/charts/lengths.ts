import { plot, line, ruleX, axisX, axisY, gridY, text } from "@observablehq/plot";
import { baseline, labelOf, type Audit, type Subject } from "../data";
import { percent, printable } from "../format";
import type { Chart, Drawn } from "./chart";
import { logTicks } from "./scatter";

/** Up to the first length that hardly any match reaches: what follows would be a line along the axis. */
const untilNone = (matches: { length: number; share: number }[]) => {
  const end = matches.findIndex((m) => m.share < 0.0005);
  return matches.slice(0, end < 0 ? undefined : end + 1).filter((m) => m.length > 0);
};

/** How long verbatim matches are, beside real text's. */
export function lengthsChart(audit: Audit, subject: Subject): Chart {
  const rows = [baseline(audit, "Yardstick"), subject.row].filter((row, i, all) => row?.copying !== undefined && all.indexOf(row) === i).map((row) => row!);
  const data = rows.map((row) => ({ row, matches: untilNone(row.copying!.matches) })).filter((d) => d.matches.length > 0);
  const longest = Math.max(1, ...data.flatMap((d) => d.matches.map((m) => m.length)));
  return {
    title: "How far matches reach",
    note: "Share of positions whose longest verbatim match with the training sample has at least so many bytes. Dashed: real text.",
    draw(width): Drawn {
      const svg = plot({
        width, height: 260, marginLeft: 46, marginRight: 20, marginTop: 16, marginBottom: 40,
        x: { type: "log", label: null }, y: { domain: [0, 1] },
        marks: [
          gridY({ className: "grid", ticks: 5 }),
          ruleX([50], { className: "guide", stroke: "var(--muted)", strokeDasharray: "1.5 3" }),
          text([50], { className: "marked", x: (d: number) => d, text: () => "50 characters", frameAnchor: "top", textAnchor: longest < 500 ? "end" : "start", dx: longest < 500 ? -5 : 5, fill: "var(--muted)" }),
          ...data.map(({ row, matches }) => line(matches, {
            className: "joins lengths", x: "length", y: "share", stroke: row === subject.row ? subject.colour : "var(--muted)", strokeWidth: 2,
            strokeDasharray: row === subject.row ? undefined : "5 3", ariaLabel: () => printable(labelOf(row)),
          })),
          axisX({ className: "axis", ticks: logTicks(1, longest, width), tickFormat: String, tickSize: 4, label: null }),
          axisY({ className: "axis", ticks: 5, tickFormat: percent, tickSize: 0, label: null }),
        ],
      }) as SVGSVGElement;
      return { svg, told: {} };
    },
  };
}
