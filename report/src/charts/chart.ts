import { h } from "../dom";
import { mark, toggle } from "../follow";
import { tip } from "../tip";
import { printable } from "../format";
import { labelOf, type Subject } from "../data";

/** A mark that stands for a compressor: what it says when it is pointed at. */
export interface Told {
  subject: Subject;
  lines: string[];
}

/** A chart: how it is drawn for a width, and what its marks stand for. */
export interface Chart {
  title: string;
  note?: string;
  /** Names of colours (style.css) that a legend explains. */
  legend?: string[];
  draw(width: number): Drawn;
}

export interface Drawn {
  svg: SVGSVGElement;
  /** Class of a group of marks, and what each of its data is; null for a mark that says nothing. */
  told: Record<string, (Told | null)[]>;
}

/** A figure that redraws itself when its width changes. */
export function chartFigure(level: number, chart: Chart): HTMLElement {
  const holder = h("div", { class: "chart" });
  const figure = h("figure", { class: "card" }, heading(level, chart.title), chart.legend && legend(chart.legend), holder, chart.note !== undefined && h("figcaption", {}, chart.note));
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(holder.clientWidth);
    if (width === 0 || width === drawn) return;
    drawn = width;
    draw(holder, chart, width);
  }).observe(holder);
  return figure;
}

export const heading = (level: number, text: string, id?: string): HTMLElement => h(`h${Math.min(6, level)}` as "h2", { id }, text);

const legend = (parts: string[]): HTMLElement => h("ul", { class: "legend" }, parts.map((part) => h("li", {}, h("span", { class: `swatch ${part}` }), part)));

function draw(holder: HTMLElement, chart: Chart, width: number): void {
  const focused = holder.contains(document.activeElement) ? document.activeElement?.getAttribute("data-subject") : null;
  const { svg, told } = chart.draw(width);
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", `${chart.title}: chart; arrow keys go from compressor to compressor, Enter follows one`);
  // Axes and grids are for the eye: the marks say their figures themselves, and the table has them all.
  for (const group of svg.querySelectorAll(":scope > g, :scope > g g[aria-label]")) {
    group.removeAttribute("aria-label");
    group.removeAttribute("aria-describedby");
  }
  for (const empty of svg.querySelectorAll("text:empty")) empty.remove();
  for (const group of svg.querySelectorAll(":scope > g")) if (!Object.keys(told).some((name) => group.classList.contains(name))) group.setAttribute("aria-hidden", "true");
  const stops: SVGElement[] = [];
  for (const [name, data] of Object.entries(told)) {
    for (const element of svg.querySelectorAll<SVGElement>(`g.${name} > *`)) {
      const what = data[(element as unknown as { __data__: number }).__data__];
      if (!what) continue;
      tell(element, what);
      stops.push(element);
    }
  }
  rove(svg, stops);
  holder.replaceChildren(svg);
  spread(svg);
  if (focused) stops.find((stop) => stop.getAttribute("data-subject") === focused)?.focus();
}

function tell(element: SVGElement, { subject, lines }: Told): void {
  const name = printable(subject.row.name);
  element.setAttribute("data-subject", subject.key);
  element.setAttribute("role", "button");
  element.setAttribute("aria-pressed", "false");
  element.setAttribute("aria-label", `${printable(labelOf(subject.row))}: ${lines.join("; ")}`);
  element.setAttribute("tabindex", "-1");
  mark(element);
  tip(element, () => [name, ...lines]);
  element.addEventListener("click", () => toggle(subject.key));
}

/** One stop for the tab key; arrows go on from there. */
function rove(svg: SVGSVGElement, stops: SVGElement[]): void {
  stops[0]?.setAttribute("tabindex", "0");
  svg.addEventListener("keydown", (event) => {
    const at = stops.indexOf(document.activeElement as SVGElement);
    if (at < 0) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const to = step !== undefined ? at + step : event.key === "Home" ? 0 : event.key === "End" ? stops.length - 1 : at;
    if (event.key === "Enter" || event.key === " ") toggle(stops[at]!.getAttribute("data-subject")!);
    else if (to === at || stops[to] === undefined) return;
    else {
      stops[at]!.setAttribute("tabindex", "-1");
      stops[to].setAttribute("tabindex", "0");
      stops[to].focus();
    }
    event.preventDefault();
  });
}

/** Labels of points: each takes the first free place around its point, or none. */
function spread(svg: SVGSVGElement): void {
  const taken = [...svg.querySelectorAll<SVGGraphicsElement>("g.points > *, g.axis text, text.axis-label")].map((e) => e.getBoundingClientRect());
  const lines = [...svg.querySelectorAll("g.guide line")].map((e) => e.getBoundingClientRect());
  for (const path of svg.querySelectorAll<SVGPathElement>("g.joins path, g.spans path")) taken.push(...alongside(path));
  const frame = svg.getBoundingClientRect();
  const width = frame.width - 70;
  for (const label of svg.querySelectorAll<SVGTextElement>("g.guide-labels text, g.labels text")) {
    const guide = label.parentElement!.classList.contains("guide-labels");
    const places: [number, number, string][] = guide ? [[0, 0, "end"], [-width, 0, "start"], [0, 17, "end"], [-width, 17, "start"]] : [[9, 0, "start"], [-9, 0, "end"], [0, -12, "middle"], [0, 13, "middle"], [8, -10, "start"], [8, 11, "start"], [-8, -10, "end"], [-8, 11, "end"]];
    const free = places.some(([x, y, anchor]) => {
      label.setAttribute("x", String(x));
      label.setAttribute("y", String(y));
      label.setAttribute("text-anchor", anchor);
      const box = label.getBoundingClientRect();
      const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
      if (!inside || [...taken, ...(guide ? [] : lines)].some((t) => overlap(t, box))) return false;
      taken.push(box);
      return true;
    });
    if (!free && !guide) label.remove();
  }
}

/** A line as a row of small boxes. */
function alongside(path: SVGPathElement): DOMRect[] {
  const matrix = path.getScreenCTM();
  if (!matrix) return [];
  const length = path.getTotalLength(), step = 5;
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => {
    const { x, y } = path.getPointAtLength(i * step).matrixTransform(matrix);
    return new DOMRect(x - 1, y - 1, 2, 2);
  });
}

const overlap = (a: DOMRect, b: DOMRect): boolean => a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
