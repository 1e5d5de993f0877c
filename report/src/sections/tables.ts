import { isFigure, type Figure, type Ledger, type Row, type Subject } from "../data";
import { h, tableBox } from "../dom";
import type { Definition } from "../figures";
import { amount, interval, number, value } from "../format";
import { nameOf } from "./top";

export const ledgerOf = (row: Row, view: string): Ledger | undefined => row.ledgers.find((l) => l.view === view);

export const used = (definitions: Definition[], from: (object | undefined)[]): Definition[] =>
  definitions.filter((d) => from.some((f) => f !== undefined && isFigure((f as Record<string, unknown>)[d.key])));

/** An interval between what stands around it, or nothing. */
export const span = (figure: Figure, before: string, after: string): string => (interval(figure) === "" ? "" : before + interval(figure) + after);

/** A table with a row a compressor. */
export function rowsOf<T extends string>(label: string, subjects: Subject[], columns: readonly T[], of: (subject: Subject, column: T) => HTMLElement, titles: string[] = []): HTMLElement {
  return tableBox(label,
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "compressor"), columns.map((c, i) => h("th", { scope: "col", title: titles[i] }, c)))),
    h("tbody", {}, subjects.map((s) => h("tr", { "data-subject": s.key }, h("th", { scope: "row" }, nameOf(s.row)), columns.map((c) => of(s, c))))));
}

/** The same of figures that are defined. */
export function figuresOf(label: string, subjects: Subject[], columns: Definition[], of: (subject: Subject, column: Definition) => HTMLElement): HTMLElement {
  const byName = new Map(columns.map((c) => [c.name, c]));
  return rowsOf(label, subjects, [...byName.keys()], (s, name) => of(s, byName.get(name)!), columns.map((c) => c.what));
}

export function cell(figure: unknown, p?: number): HTMLElement {
  if (!isFigure(figure)) return h("td", {}, "\u2013");
  const small = [interval(figure), figure.floor === undefined ? "" : `floor ${amount(figure.floor, figure.unit)}`, p === undefined ? "" : `p ${number(p)}`].filter((s) => s !== "");
  return h("td", figure.why !== undefined ? { title: figure.why } : {}, value(figure), small.map((s) => h("small", {}, s)));
}
