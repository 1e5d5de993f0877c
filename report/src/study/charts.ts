import { plot, dot, line, link, ruleX, ruleY, text, axisX, axisY, gridX, gridY } from "@observablehq/plot";
import { heading } from "../charts/chart";
import { h } from "../dom";
import { shorten, tick } from "../format";
import { amount, isSeen, labelOf, mean, meanAt, type Effect, type Response, type Study } from "./data";

const colours = ["var(--c0)", "var(--c1)", "var(--c2)", "var(--c3)"];

/** A figure that redraws itself when its width changes. The table below every group of figures says what they show. */
function figure(level: number, title: string, note: string | undefined, draw: (width: number) => SVGSVGElement): HTMLElement {
  const holder = h("div", { class: "chart", role: "img", "aria-label": title });
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(holder.clientWidth);
    if (width === 0 || width === drawn) return;
    drawn = width;
    const svg = draw(width);
    svg.setAttribute("aria-hidden", "true");
    holder.replaceChildren(svg);
  }).observe(holder);
  return h("figure", { class: "card" }, heading(level, title), holder, note !== undefined && h("figcaption", {}, note));
}

const budgetsLegend = (study: Study): HTMLElement | null => study.budgets.length < 2 ? null
  : h("ul", { class: "legend" }, study.budgets.map((budget, b) => h("li", {}, h("span", { class: "swatch", style: `background:${colours[b % colours.length]}` }), budget)));

/** Effects as dots with intervals, the largest on top; one colour a budget. */
export function effectsChart(level: number, study: Study, response: Response, effects: Effect[], title = response.name): HTMLElement {
  const terms = [...new Set(effects.filter((e) => e.value !== undefined).map((e) => e.term))]
    .sort((a, b) => largest(effects, b) - largest(effects, a));
  const label = (term: string) => labelOf(study, effects.find((e) => e.term === term)!);
  const budgets = study.budgets.length;
  const marks = effects.flatMap((effect) => {
    const place = terms.indexOf(effect.term);
    return place < 0 || effect.value === undefined ? [] : [{ ...effect, y: place + (budgets > 1 ? (effect.budget - (budgets - 1) / 2) * 0.28 : 0), colour: colours[effect.budget % colours.length]! }];
  });
  return figure(level, title, undefined, (width) => plot({
    width, height: 46 + terms.length * (budgets > 1 ? 34 : 26), marginLeft: Math.min(230, Math.max(90, width * 0.4)), marginTop: 8, marginRight: 14,
    x: { type: "linear", label: null }, y: { type: "linear", domain: [terms.length - 0.4, -0.6], axis: null },
    marks: [
      gridX({ className: "grid", ticks: 5 }), ruleX([0], { stroke: "var(--muted)" }),
      link(marks, { x1: "low", x2: "high", y1: "y", y2: "y", stroke: "colour", strokeWidth: 1.75 }),
      dot(marks, { x: "value", y: "y", r: 4, stroke: "colour", fill: (m: Effect & { colour: string }) => (isSeen(m) ? m.colour : "var(--paper)"), strokeWidth: 1.75 }),
      axisX({ className: "axis", ticks: Math.max(2, Math.floor(width / 120)), tickFormat: (x: number) => tick(x), tickSize: 0 }),
      text(terms, { className: "rows", frameAnchor: "left", dx: -8, textAnchor: "end", y: (_: string, i: number) => i, text: (term: string) => shorten(label(term), Math.floor(Math.min(230, Math.max(90, width * 0.4)) / 7.8)), clip: false }),
    ],
  }) as SVGSVGElement);
}

const largest = (effects: Effect[], term: string): number => Math.max(...effects.filter((e) => e.term === term).map((e) => Math.abs(e.value ?? 0)));

export const legend = budgetsLegend;

/** Two ingredients: lines that do not run side by side are an interaction. */
export function crossing(level: number, study: Study, budget: number, response: Response, a: number, b: number): HTMLElement {
  const [fa, fb] = [study.factors[a]!, study.factors[b]!];
  const points = fa.levels.flatMap((_, i) => fb.levels.map((name, j) => ({ x: i, y: meanAt(study, budget, response.name, { [a]: i, [b]: j }), line: j, name })))
    .filter((p): p is { x: number; y: number; line: number; name: string } => p.y !== undefined);
  const ends = points.filter((p) => p.x === fa.levels.length - 1);
  return figure(level, `${response.name}: ${fa.name} × ${fb.name}${study.budgets.length > 1 ? `, ${study.budgets[budget]}` : ""}`, undefined, (width) => plot({
    width, height: 220, marginRight: 110, marginLeft: 46, x: { type: "linear", domain: [-0.15, fa.levels.length - 0.85], label: null }, y: { label: null },
    marks: [
      gridY({ className: "grid", ticks: 4 }),
      line(points, { x: "x", y: "y", z: "line", stroke: (p: { line: number }) => colours[p.line % colours.length]!, strokeWidth: 2 }),
      dot(points, { x: "x", y: "y", fill: (p: { line: number }) => colours[p.line % colours.length]!, r: 4 }),
      text(ends, { x: "x", y: "y", dx: 9, textAnchor: "start", text: (p: { name: string }) => shorten(`${fb.name} ${p.name}`, 15), fill: (p: { line: number }) => colours[p.line % colours.length]! }),
      axisX(fa.levels.map((_, i) => i), { className: "axis", tickFormat: (i: number) => `${fa.name} ${fa.levels[i]}`, tickSize: 0 }),
      axisY({ className: "axis", ticks: 4, tickSize: 0, tickFormat: (y: number) => tick(y) }),
    ],
  }) as SVGSVGElement);
}

/** An ingredient of several levels: a line a budget, or a line a level of another ingredient. */
export function dose(level: number, study: Study, response: Response, a: number, by: number | null): HTMLElement {
  const fa = study.factors[a]!;
  const lines = by === null ? study.budgets.map((name, b) => ({ name: study.budgets.length > 1 ? name : "", at: (i: number) => meanAt(study, b, response.name, { [a]: i }) }))
    : study.factors[by]!.levels.map((name, j) => ({ name: `${study.factors[by]!.name} ${name}`, at: (i: number) => meanAt(study, study.budgets.length - 1, response.name, { [a]: i, [by]: j }) }));
  const points = lines.flatMap((own, l) => fa.levels.flatMap((_, i) => {
    const y = own.at(i);
    return y === undefined ? [] : [{ x: i, y, line: l, name: own.name }];
  }));
  return figure(level, `${response.name} against ${fa.name}`, response.unit === "share" ? undefined : `In ${response.unit}.`, (width) => plot({
    width, height: 240, marginRight: 100, marginLeft: 52, x: { type: "linear", domain: [-0.15, fa.levels.length - 0.85], label: null }, y: { label: null, zero: true },
    marks: [
      gridY({ className: "grid", ticks: 4 }),
      line(points, { x: "x", y: "y", z: "line", stroke: (p: { line: number }) => colours[p.line % colours.length]!, strokeWidth: 2 }),
      dot(points, { x: "x", y: "y", fill: (p: { line: number }) => colours[p.line % colours.length]!, r: 3.5 }),
      text(points.filter((p) => p.x === fa.levels.length - 1), { x: "x", y: "y", dx: 9, textAnchor: "start", text: "name", fill: (p: { line: number }) => colours[p.line % colours.length]! }),
      axisX(fa.levels.map((_, i) => i), { className: "axis", tickFormat: (i: number) => fa.levels[i]!, tickSize: 0 }),
      axisY({ className: "axis", ticks: 4, tickSize: 0, tickFormat: (y: number) => tick(y) }),
    ],
  }) as SVGSVGElement);
}

/** Cells on a plane; those that no other beats are filled. */
export function frontierChart(level: number, study: Study, x: Response, y: Response): HTMLElement {
  const best = new Set(study.frontier.map((cell) => `${cell.budget} ${cell.cell}`));
  const points = study.rows.flatMap((row) => {
    const [px, py] = [mean(row, x.name), mean(row, y.name)];
    return px === undefined || py === undefined ? [] : [{ x: px, y: py, budget: row.budget, best: best.has(`${row.budget} ${row.cell}`) }];
  });
  return figure(level, `${y.name} against ${x.name}: the cells`, "Filled: no other cell of the same budget is at least as good in everything that is traded and better in something.", (width) => plot({
    width, height: Math.min(380, width * 0.75), marginLeft: 52, x: { label: null, zero: true }, y: { label: null, zero: true },
    marks: [
      gridY({ className: "grid", ticks: 5 }),
      dot(points, { x: "x", y: "y", r: 4.5, stroke: (p: { budget: number }) => colours[p.budget % colours.length]!, fill: (p: { budget: number; best: boolean }) => (p.best ? colours[p.budget % colours.length]! : "var(--paper)"), strokeWidth: 1.5 }),
      axisX({ className: "axis", ticks: 5, tickSize: 0, tickFormat: (v: number) => tick(v), label: x.name }),
      axisY({ className: "axis", ticks: 5, tickSize: 0, tickFormat: (v: number) => tick(v), label: y.name }),
    ],
  }) as SVGSVGElement);
}

const classes = ["0", "1", "2-3", "4-7", "8+"];

/** What is right and wrong by how often T states the fact, at the two ends of an ingredient. */
export function byCount(level: number, study: Study, budget: number, factor: number): HTMLElement {
  const ends = [0, study.factors[factor]!.levels.length - 1];
  const points = ends.flatMap((end, e) => classes.flatMap((name, i) => ["new", "wrong"].map((kind) => {
    const about = meanAt(study, budget, `about@${name}`, { [factor]: end }), part = meanAt(study, budget, `${kind}@${name}`, { [factor]: end });
    return { x: i, y: about && part !== undefined ? part / about : undefined, kind, end: e };
  }))).filter((p): p is { x: number; y: number; kind: string; end: number } => p.y !== undefined);
  const f = study.factors[factor]!;
  const colour = (p: { kind: string }) => (p.kind === "wrong" ? "var(--hallucinated)" : "var(--generalized)");
  return figure(level, `${f.name}: ${f.levels[0]} (dashed) and ${f.levels.at(-1)}`, "Of what is said about facts that T states so often: wrong (orange), and right in words that T does not have (green).", (width) => plot({
    width, height: 230, marginLeft: 46, x: { type: "linear", domain: [-0.2, 4.2], label: null }, y: { domain: [0, 1], label: null },
    marks: [
      gridY({ className: "grid", ticks: 4 }),
      ...ends.map((_, e) => line(points.filter((p) => p.end === e), { x: "x", y: "y", z: "kind", stroke: colour, strokeWidth: 2, ...(e === 0 ? { strokeDasharray: "4 4" } : {}) })),
      dot(points, { x: "x", y: "y", r: 3.5, stroke: colour, fill: (p: { kind: string; end: number }) => (p.end === 0 ? "var(--paper)" : colour(p)) }),
      axisX([0, 1, 2, 3, 4], { className: "axis", tickFormat: (i: number) => classes[i]!, tickSize: 0 }),
      axisY({ className: "axis", ticks: 4, tickSize: 0, tickFormat: (v: number) => tick(v) }),
    ],
  }) as SVGSVGElement);
}

/** Sizes of effects against what chance alone would order them to (Daniel 1959): what stands off the line is no chance. */
export function halfNormal(level: number, response: Response, effects: Effect[]): HTMLElement {
  const sorted = effects.filter((e) => e.value !== undefined).sort((a, b) => Math.abs(a.value!) - Math.abs(b.value!));
  const points = sorted.map((e, i) => ({ x: quantile(0.5 + (0.5 * (i + 0.5)) / sorted.length), y: Math.abs(e.value!), seen: isSeen(e), term: e.term }));
  return figure(level, response.name, undefined, (width) => plot({
    width, height: 220, marginLeft: 46, marginRight: 90, x: { label: null }, y: { label: null, zero: true },
    marks: [
      gridY({ className: "grid", ticks: 4 }), ruleY([0], { stroke: "var(--muted)" }),
      dot(points, { x: "x", y: "y", r: 3.5, stroke: "var(--c0)", fill: (p: { seen: boolean }) => (p.seen ? "var(--c0)" : "var(--paper)") }),
      text(points.slice(-4), { x: "x", y: "y", dx: 7, textAnchor: "start", text: (p: { term: string }) => shorten(p.term, 16), fill: "var(--soft)" }),
      axisX({ className: "axis", ticks: 4, tickSize: 0, tickFormat: (v: number) => tick(v) }),
      axisY({ className: "axis", ticks: 4, tickSize: 0, tickFormat: (v: number) => tick(v) }),
    ],
  }) as SVGSVGElement);
}

/** The standard normal's quantile, by halving: a chart needs no more. */
function quantile(p: number): number {
  let [low, high] = [-8, 8];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normal(middle) < p) low = middle;
    else high = middle;
  }
  return low;
}

// Abramowitz and Stegun 26.2.17.
function normal(x: number): number {
  if (x < 0) return 1 - normal(-x);
  const t = 1 / (1 + 0.2316419 * x);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)) * tail;
}

export { amount };
