import type { Figure } from "./data";

/** A number at a tick of an axis: no zeros that say nothing. */
export const tick = (x: number): string => number(x).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");

const fixed = (x: number, digits: number): string => {
  const text = x.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "\u2212");
};

/** Three digits that say something, for what is no share. */
export function number(x: number): string {
  const size = Math.abs(x);
  return fixed(x, size >= 100 || Number.isInteger(x) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

export const percent = (share: number): string => fixed(100 * share, 0) + "\u00a0%";

export const count = (n: number): string => n.toLocaleString("en").replace(/,/g, "\u202f");

export function bytes(n: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let unit = 0;
  for (; n >= 1000 && unit < units.length - 1; unit++) n /= 1000;
  return `${fixed(n, unit === 0 ? 0 : n >= 100 ? 0 : 1)}\u00a0${units[unit]}`;
}

/** A figure's number as people read it: shares in percent. */
export const amount = (x: number | undefined, unit: string): string =>
  x === undefined ? "\u2013" : unit === "share" ? percent(x) : unit === "ratio" ? fixed(x, 2) : number(x);

/** The same with as many digits as its interval has something to say in: not "1 % (1 to 1)". */
const precise = (x: number | undefined, figure: Figure): string => {
  // Of a width that is rounding there is nothing to say.
  const width = figure.unit !== "share" || figure.low === undefined || figure.high === undefined ? 0 : 100 * (figure.high - figure.low);
  return x === undefined || width < 1e-6 || width >= 1 ? amount(x, figure.unit) : fixed(100 * x, Math.min(2, Math.ceil(-Math.log10(width)))) + "\u00a0%";
};

export const value = (figure: Figure | undefined): string =>
  figure === undefined ? "" : figure.value === undefined && figure.low !== undefined && figure.high === undefined ? `\u2265 ${precise(figure.low, figure)}` : precise(figure.value, figure);

/** "37 to 72", or nothing. */
export function interval(figure: Figure | undefined): string {
  if (figure?.low === undefined || figure.high === undefined) return "";
  const short = (x: number) => precise(x, figure).replace("\u00a0%", "");
  return `${short(figure.low)} to ${short(figure.high)}`;
}

/** "60 % (37 to 72; floor 8 %)". */
export function full(figure: Figure | undefined): string {
  if (figure?.value === undefined) return "not measurable";
  const unit = ["share", "ratio", "times"].includes(figure.unit) ? "" : " " + figure.unit;
  const rest = [interval(figure), figure.floor === undefined ? "" : "floor " + amount(figure.floor, figure.unit)].filter((s) => s !== "");
  return value(figure) + unit + (rest.length > 0 ? ` (${rest.join("; ")})` : "");
}

export const bitsUnit = (sizeUnit: string): string => `bits a ${sizeUnit}`;

export function list(words: string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Control and format characters as escapes: a name may not turn around, break or hide what stands beside it. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => (c === "\n" ? "\\n" : c === "\r" ? "\\r" : c === "\t" ? "\\t" : `\\u${c.codePointAt(0)!.toString(16).padStart(4, "0")}`));

/** A name that leaves room for a chart: its middle is left out. */
export const shorten = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.ceil((most - 1) * 0.6))}\u2026${text.slice(text.length - Math.floor((most - 1) * 0.4))}`;

/** "gguf:models/small.gguf" as "gguf:small.gguf": of a path, what tells it from others beside it. */
export const withoutFolders = (label: string): string => label.replace(/^(\w+:)[^,=]*\//, "$1");
