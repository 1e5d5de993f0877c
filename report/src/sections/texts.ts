import { heading } from "../charts/chart";
import { lengthsChart } from "../charts/lengths";
import { chartFigure } from "../charts/chart";
import { baseline, type Audit, type Copy, type Exhibit, type Extraction, type Span, type Subject } from "../data";
import { h, newId, tableBox } from "../dom";
import { count, full, printable } from "../format";
import { tip } from "../tip";

const words: Record<string, string> = {
  copied: "inside a long verbatim match with the training sample",
  real: "new, and found in held-out text",
  novel: "new, and found nowhere",
  plain: "found in the training sample too",
  lost: "held-out text says it, the compressor never does",
};

export const textKinds = ["sample", "lost", "worst", "median"];

const pairWords: Record<string, string> = { lost: "in the original alone", invented: "in the reconstruction alone" };

/** Samples of a model, each byte by what it is; what was copied; what was lost. */
export function textLook(audit: Audit, subject: Subject, exhibits: Exhibit[], level: number): HTMLElement[] {
  const parts: HTMLElement[] = [];
  const samples = exhibits.filter((e) => e.kind === "sample");
  const lost = exhibits.filter((e) => e.kind === "lost");
  if (samples.length > 0) {
    parts.push(h("div", { class: "texts" }, heading(level, "What it writes"), key(samples), h("div", { class: "grid" }, samples.map((e) => passage(e)))));
  }
  const pairs = exhibits.filter((e) => e.original);
  if (pairs.length > 0) {
    parts.push(h("div", { class: "texts" }, heading(level, "What it makes of a text"),
      h("ul", { class: "legend" }, Object.entries(pairWords).map(([name, what]) => h("li", {}, h("span", { class: `span ${name} inline` }, name), " ", what))),
      pairs.map((e) => pair(e))));
  }
  const { copying, extraction, exact } = subject.row;
  const examples = exact?.examples ?? [];
  if (examples.length > 0) parts.push(h("div", { class: "texts" }, heading(level, "What it says beyond its training sample"), h("ul", { class: "examples" }, examples.map((e) =>
    h("li", {}, h("small", {}, e.kind), " ", h("q", {}, visible(e.text)))))));
  if (copying) {
    const yardstick = baseline(audit, "Yardstick");
    parts.push(h("div", { class: "texts" }, heading(level, "What it copies"),
      copying.copied && h("p", { class: "lead" }, `In verbatim matches of 50 characters or more: ${full(copying.copied)}`
        + (yardstick?.copying?.copied ? `; real text: ${full(yardstick.copying.copied)}` : "") + `. The longest match has ${count(copying.longestMatch ?? 0)} characters.`),
      extraction && extraction.trainingTried > 0 && h("p", { class: "lead" }, `Given the first ${count(extraction.prefix)} characters of a training passage it goes on with the next ${count(extraction.suffix)} exactly in ${count(extraction.trainingExact)} of ${count(extraction.trainingTried)}; `
        + `of held-out passages in ${count(extraction.heldOutExact)} of ${count(extraction.heldOutTried)}: a difference of ${full(extraction.difference)}.`),
      copying.matches.length > 1 && chartFigure(level + 1, lengthsChart(audit, subject)),
      copies(copying.longestCopies ?? [])));
  }
  if (extraction !== undefined && (extraction.prompts ?? []).length > 0) parts.push(h("div", { class: "texts" }, heading(level, "What it answers to your prompts"), prompted(extraction)));
  if (lost.length > 0) parts.push(h("div", { class: "texts" }, heading(level, "What it no longer says"), lost.map((e) => (e.spans ?? []).every((s) => s.class === "lost") ? grams(e) : passage(e))));
  return parts;
}

function key(samples: Exhibit[]): HTMLElement {
  const used = new Set(samples.flatMap((e) => (e.spans ?? []).map((s) => s.class)));
  return h("ul", { class: "legend" }, Object.entries(words).filter(([name]) => used.has(name as Span["class"])).map(([name, what]) =>
    h("li", {}, h("span", { class: `span ${name}` }, name === "plain" ? "text" : name), " ", what)));
}

/** An original and what became of it, side by side. */
function pair(exhibit: Exhibit): HTMLElement {
  const side = (label: string, spans: Span[]) => h("figure", { class: "card passage" }, h("figcaption", {}, label),
    h("blockquote", {}, spans.map((span) => h("span", { class: `span ${Object.hasOwn(pairWords, span.class) ? span.class : "plain"} inline` }, visible(span.text)))));
  return h("div", { class: "pair" }, h("p", { class: "lead" }, exhibit.caption), h("div", { class: "grid" }, side("the original", exhibit.original ?? []), side("the reconstruction", exhibit.spans ?? [])));
}

/** Strings that are gone, each with where they were. */
function grams(exhibit: Exhibit): HTMLElement {
  return h("figure", { class: "card" }, h("figcaption", {}, exhibit.caption),
    h("ul", { class: "grams" }, (exhibit.spans ?? []).map((span) => h("li", {}, h("span", { class: "span lost" }, visible(span.text)), span.source !== undefined && h("small", {}, span.source)))));
}

/** A passage. What was copied is a stop of the keyboard and says where from; on paper a list under it does. */
function passage(exhibit: Exhibit): HTMLElement {
  const sources: string[] = [];
  const spans = (exhibit.spans ?? []).map((span) => {
    const known = Object.hasOwn(words, span.class) ? span.class : "plain";
    if (span.source === undefined) return h("span", { class: `span ${known}` }, visible(span.text));
    if (!sources.includes(span.source)) sources.push(span.source);
    const element = h("span", { class: `span ${known} sourced`, tabindex: 0, role: "note", "aria-label": `${span.text}: ${words[known]}, ${span.source}` }, visible(span.text));
    tip(element, () => [words[known]!, span.source!]);
    return element;
  });
  return h("figure", { class: "card passage" },
    exhibit.caption !== "" && h("figcaption", {}, beforeMarked(exhibit.caption)),
    h("blockquote", {}, spans),
    sources.length > 0 && h("details", {}, h("summary", {}, sources.length === 1 ? "1 source" : `${sources.length} sources`), h("ul", {}, sources.map((s) => h("li", {}, h("bdi", {}, s))))));
}

/** The legend says once what is marked. */
const beforeMarked = (caption: string): string => caption.split(" Marked:")[0]!;

function copies(longest: Copy[]): HTMLElement | null {
  if (longest.length === 0) return null;
  const id = newId("copies");
  return h("div", { id }, tableBox("The longest copies",
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "bytes"), h("th", { scope: "col", class: "wide" }, "the longest copies"), h("th", { scope: "col", class: "text" }, "source"))),
    h("tbody", {}, longest.map((copy) => h("tr", {}, h("td", {}, count(copy.length)), h("td", { class: "quote" }, h("bdi", {}, visible(copy.text))),
      h("td", { class: "text" }, h("bdi", {}, copy.source), copy.sourceOffset !== undefined && h("small", {}, `byte ${count(copy.sourceOffset)}`)))))));
}

function prompted({ prompts, asMessages }: Extraction): HTMLElement[] {
  return [h("p", { class: "small" }, asMessages === true ? "It only talks: each prompt was sent as what a user says, and what stands beside it is the answer." : "What stands beside each is the most probable continuation."),
    tableBox("What it answers to your prompts",
      h("thead", {}, h("tr", {}, ["prompt", "what it said", "looked for", "bits"].map((c, i) => h("th", { scope: "col", class: i < 3 ? "text" : "" }, c)))),
      h("tbody", {}, prompts!.map((p) => h("tr", {}, [p.prefix, p.said].map((text) => h("td", { class: "quote" }, h("bdi", {}, visible(text)))),
        h("td", { class: "text" }, p.suffix === "" ? "\u2013" : [h("bdi", {}, visible(p.suffix)), h("small", {}, p.exact ? "said" : "not said")]),
        h("td", {}, p.bits === undefined ? "\u2013" : p.bits.toFixed(1))))))];
}

/** A text as it reads: lines break, other controls are seen. */
const visible = (text: string): Text => document.createTextNode(text.split("\n").map(printable).join("\n"));
