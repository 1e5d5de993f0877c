import { plot, dot, line, link, ruleY, text, axisX, axisY, gridY } from "@observablehq/plot";
import { kindOf, labelOf, type Figure, type Subject } from "../data";
import { bytes, full, printable, shorten, tick, withoutFolders } from "../format";
import type { Chart, Drawn, Told } from "./chart";

export interface Axis {
  label: string;
  unit: string;
  of(subject: Subject): Figure | undefined;
}

export interface Guide {
  label: string;
  y: number;
  dash: string;
}

/** Where a theorem would have a mark at the worst, seen from another. */
export interface Reach {
  label: string;
  of(subject: Subject): { by: number; y: number } | undefined;
}

interface Point {
  subject: Subject;
  x: number;
  y: number;
}

/** Compressors that no other beats in both: what costs less loses more. */
const unbeaten = (points: Point[]): Point[] =>
  [...points].sort((a, b) => a.x - b.x || a.y - b.y).reduce<Point[]>((kept, p) => (kept.every((k) => k.y > p.y) ? [...kept, p] : kept), []);

/** Compressors on a plane: lines join the settings of one family as the user ordered them, crosses are 95 % intervals, guides are horizontal, a reach is dashed from its mark. */
export function scatter(title: string, note: string | undefined, subjects: Subject[], x: Axis, y: Axis, guides: Guide[], frontier = false, reach?: Reach): Chart {
  const points: Point[] = subjects.flatMap((subject) => {
    const [at, up] = [x.of(subject)?.value, y.of(subject)?.value];
    return at === undefined || up === undefined || !(at > 0) ? [] : [{ subject, x: at, y: up }];
  });
  const told: (Told | null)[] = points.map(({ subject }) => ({ subject, lines: [`${x.label}: ${full(x.of(subject))}`, `${y.label}: ${full(y.of(subject))}`] }));
  const ends = (axis: Axis) => points.flatMap(({ subject }) => {
    const figure = axis.of(subject)!;
    return [figure.value!, figure.low ?? figure.value!, figure.high ?? figure.value!];
  });
  const reaches = points.flatMap((p) => {
    const to = reach?.of(p.subject);
    return to === undefined ? [] : [{ subject: p.subject, x1: p.x + to.by, y1: to.y, x2: p.x, y2: p.y, label: reach!.label }];
  });
  const xs = [...ends(x), ...reaches.map((r) => r.x1)].filter((v) => v > 0), ys = [...ends(y), ...reaches.map((r) => r.y1), ...guides.map((g) => g.y)];
  const logarithmic = Math.max(...xs) > 2.5 * Math.min(...xs);
  const least = frontier ? 0.001 : 0.05;
  const top = y.unit === "share" ? Math.max(least, Math.min(1, Math.max(...ys))) : Math.max(...ys);
  const low = y.unit === "share" ? Math.min(0, ...ys) : Math.min(...ys);

  return {
    title,
    note,
    draw(width): Drawn {
      const ticks = logarithmic ? logTicks(Math.min(...xs), Math.max(...xs), width) : Math.max(3, Math.floor(width / 110));
      const families = [...new Set(points.map((p) => `${p.subject.key.split("/")[0]}/${p.subject.row.family}`))];
      const familyOf = (p: Point) => `${p.subject.key.split("/")[0]}/${p.subject.row.family}`;
      const spans = points.flatMap(({ subject, x: px, y: py }) => {
        const fx = x.of(subject)!, fy = y.of(subject)!;
        const across = fx.low !== undefined && fx.high !== undefined ? [{ subject, x1: Math.max(fx.low, Math.min(...xs)), x2: fx.high, y1: py, y2: py }] : [];
        return fy.low !== undefined && fy.high !== undefined ? [...across, { subject, x1: px, x2: px, y1: Math.max(low, fy.low), y2: Math.min(top, fy.high) }] : across;
      });
      const marks = [
        gridY({ className: "grid", ticks: 5 }),
        ...guides.flatMap((g) => [
          ruleY([g.y], { className: "guide", stroke: "var(--muted)", strokeDasharray: g.dash }),
          text([g], { className: "guide-labels", y: "y", text: "label", frameAnchor: "right", textAnchor: "end", dy: -7, fill: "var(--muted)" }),
        ]),
        link(reaches, { className: "reaches", x1: "x1", x2: "x2", y1: "y1", y2: "y2", stroke: (r: Point) => r.subject.colour, strokeDasharray: "3 3", strokeWidth: 1.25 }),
        dot(reaches, { className: "reach-ends", x: "x1", y: "y1", r: 3, symbol: "times", stroke: (r: Point) => r.subject.colour }),
        text(reaches, { className: "reach-labels", x: "x1", y: "y1", text: "label", textAnchor: "end", dx: -6, dy: -7, fill: "var(--muted)" }),
        link(spans, { className: "spans", x1: "x1", x2: "x2", y1: "y1", y2: "y2", stroke: (s: Point) => s.subject.colour, strokeOpacity: 0.45, strokeWidth: 1.25 }),
        ...(frontier ? [line(unbeaten(points), { className: "frontier", x: "x", y: "y", curve: "step-after", stroke: "var(--muted)", strokeDasharray: "4 3" })] : []),
        // Where the frontier is drawn it says what goes with what: files of models are no settings of one.
        ...(frontier ? [] : families).map((family) => {
          const own = points.filter((p) => familyOf(p) === family);
          return line(own, { className: "joins", x: "x", y: "y", stroke: own[0]!.subject.colour, strokeWidth: 1.5, strokeOpacity: 0.7 });
        }),
        dot(points, {
          className: "points", x: "x", y: "y", r: 5, symbol: (p: Point) => p.subject.symbol,
          fill: (p: Point) => (p.subject.row.named ? p.subject.colour : "none"), stroke: (p: Point) => (p.subject.row.named ? "var(--paper)" : p.subject.colour),
          strokeWidth: 1.5,
        }),
        text(points, { className: "labels", x: "x", y: "y", text: (p: Point) => calledAt(p.subject, points), fill: "var(--soft)" }),
        axisX({ className: "axis", ticks, tickFormat: ticksOf(x), tickSize: 4, label: null }),
        axisY({ className: "axis", ticks: 5, tickFormat: ticksOf(y), tickSize: 0, label: null }),
      ];
      const svg = plot({
        width, height: Math.max(260, Math.min(360, Math.round(width * 0.62))), marginLeft: 46, marginRight: 20, marginTop: 30, marginBottom: 46,
        x: { type: logarithmic ? "log" : "linear", nice: !logarithmic, label: null, domain: logarithmic ? [Math.min(...xs) / 1.15, Math.max(...xs) * 1.15] : undefined, zero: false, insetLeft: 26, insetRight: 26 },
        y: { domain: [low - (top - low) * 0.04, top + (top - low) * 0.04] },
        color: { type: "identity" }, symbol: { type: "identity" } as never, marks,
      }) as SVGSVGElement;
      const height = Number(svg.getAttribute("height"));
      caption(svg, 0, 13, "start", `\u2191 ${y.label}`);
      caption(svg, width - 20, height - 8, "end", `${x.label} \u2192`);
      return { svg, told: { points: told } };
    },
  };
}

const ticksOf = ({ unit }: Axis) => (t: number): string => (unit === "share" ? `${tick(100 * t)}\u00a0%` : unit === "bytes" ? bytes(t).replace(".0", "") : tick(t));

/** What a point is called: its label, without the compressor's name where an earlier point of the line has it. */
function calledAt({ audit, row }: Subject, points: Point[]): string {
  const first = points.find((p) => p.subject.row.family === row.family && p.subject.audit === audit)!.subject.row;
  const label = labelOf(row), kind = kindOf(row) + ":";
  const called = withoutFolders(label);
  return shorten(printable(first !== row && called.startsWith(kind) ? called.slice(kind.length) : called), 32);
}

/** 1, 2 and 5 times powers of ten, as many as there is room for beside each other. */
export function logTicks(low: number, high: number, width: number): number[] {
  const make = (steps: number[]) => {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)); power++)
      for (const step of steps) ticks.push(Number((step * 10 ** power).toPrecision(3)));
    return ticks.filter((t) => t >= low / 1.15 && t <= high * 1.15);
  };
  const all = [[1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]].map(make);
  const pixels = (width - 120) / Math.max(1e-9, Math.log(high / low));
  return all.find((ticks) => ticks.every((t, i) => i === 0 || Math.log(t / ticks[i - 1]!) * pixels >= 44)) ?? all.at(-1)!;
}

function caption(svg: SVGSVGElement, x: number, y: number, anchor: string, label: string): void {
  const element = document.createElementNS("http://www.w3.org/2000/svg", "text");
  element.setAttribute("class", "axis-label");
  element.setAttribute("x", String(x));
  element.setAttribute("y", String(y));
  element.setAttribute("text-anchor", anchor);
  element.setAttribute("aria-hidden", "true");
  element.textContent = label;
  svg.append(element);
}
