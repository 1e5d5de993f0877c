import { heading } from "../charts/chart";
import { h, tableBox } from "../dom";
import { printable } from "../format";
import { byCount, crossing, dose, effectsChart, frontierChart, halfNormal, legend } from "./charts";
import { amount, bounds, isSeen, labelOf, mean, shown, span, type Effect, type StudyPage } from "./data";

const mostPanels = 4, mostCrossings = 4, mostCounts = 4;

/** The page of a study: what ingredients move, how they depend on each other, what is traded, and why it can be trusted. */
export function studyPage({ study, speed }: StudyPage): Node[] {
  const question = `What do the ingredients of ${study.compressor.split(":")[0]} buy?`;
  document.title = printable(`${question} Vestige study`);
  const responses = shown(study), panels = responses.slice(0, mostPanels);
  const main = (name: string) => study.effects.filter((e) => e.response === name && e.kind === "Main");
  const crossings = study.effects.filter((e) => e.kind === "Interaction" && isSeen(e) && panels.slice(0, 2).some((r) => r.name === e.response))
    .sort((a, b) => Math.abs(b.value!) - Math.abs(a.value!)).slice(0, mostCrossings);
  const curved = study.factors.map((f, i) => ({ f, i })).filter(({ f }) => f.levels.length > 2);
  const counts = study.responses.some((r) => r.name === "about@0");
  const last = study.budgets.length - 1;
  const moved = [...new Set(main("hallucinated").concat(main("generalized")).filter(isSeen).sort((a, b) => Math.abs(b.value!) - Math.abs(a.value!)).map((e) => e.term))].slice(0, mostCounts);
  const [good, bad] = [responses.find((r) => (r.better ?? 0) > 0), responses.find((r) => (r.better ?? 0) < 0)];
  return [
    h("div", { class: "mark" }, "vestige"),
    h("header", { class: "hero" }, h("p", { class: "eyebrow" }, `${study.source}, ${study.compressor}`), heading(1, question),
      h("p", { class: "answer" }, answer()),
      h("ul", { class: "facts" }, h("li", {}, study.design), h("li", {}, `${study.blocks} blocks`), h("li", {}, `${study.factors.length} ingredients`),
        study.budgets.length > 1 && h("li", {}, `at ${study.budgets.join(" and ")}`))),
    h("section", { class: "part", "aria-label": "Effects" }, heading(2, "What each ingredient moves"),
      h("p", { class: "lead" }, "The last level less the first, over all levels of the others. Intervals hold for all effects on a response at once in 95 % of studies; an open dot is not told from none. Always: the same in every block, which has no interval."),
      legend(study), h("div", { class: "grid" }, panels.map((r) => effectsChart(3, study, r, main(r.name)))), effectsTable(study, responses)),
    crossings.length > 0 && h("section", { class: "part", "aria-label": "Interactions" }, heading(2, "What depends on what"),
      h("p", { class: "lead" }, "Lines that do not run side by side. Where the design cannot tell interactions apart, the first that it may be is drawn, and all are named below."),
      h("div", { class: "grid" }, crossings.map((e) => {
        const [a, b] = e.term.split(" + ")[0]!.split(" x ").map((name) => study.factors.findIndex((f) => f.name === name));
        return crossing(3, study, e.budget, study.responses.find((r) => r.name === e.response)!, a!, b!);
      })),
      h("ul", {}, crossings.map((e) => h("li", {}, `${e.response}: ${e.term}, ${span(e, unitOf(e))}${study.budgets.length > 1 ? ` at ${study.budgets[e.budget]}` : ""}`)))),
    curved.length > 0 && h("section", { class: "part", "aria-label": "Dose and response" }, heading(2, "Dose and response"),
      h("div", { class: "grid" }, curved.flatMap(({ i }) => {
        const other = study.factors.findIndex((f, j) => j !== i && f.levels.length > 1 && f.levels.length <= 4);
        return panels.map((r) => dose(3, study, r, i, study.budgets.length > 1 || other < 0 ? null : other));
      }))),
    counts && moved.length > 0 && h("section", { class: "part", "aria-label": "How" }, heading(2, "How it comes about"),
      h("p", { class: "lead" }, "What is said of facts that T states 0, 1, 2-3, 4-7 and more often."),
      h("div", { class: "grid" }, moved.map((term) => byCount(3, study, last, study.factors.findIndex((f) => f.name === term))))),
    good && bad && h("section", { class: "part", "aria-label": "Frontier" }, heading(2, "What is paid for what"), legend(study), frontierChart(3, study, bad, good), prices()),
    h("section", { class: "part", "aria-label": "Cells" }, heading(2, "All cells"), h("details", {}, h("summary", {}, `${study.rows.length} cells, means over blocks`), cells())),
    h("section", { class: "part matters", "aria-label": "Findings" }, heading(2, "In words"), h("ul", {}, study.findings.map((f) => h("li", {}, f)))),
    h("section", { class: "part", "aria-label": "Trust" }, heading(2, "Why this can be trusted"),
      h("p", { class: "lead" }, "Sizes of all effects against what chance alone would order them to: what stands off the line through the small ones is no chance."),
      h("div", { class: "grid" }, panels.map((r) => halfNormal(3, r, study.effects.filter((e) => e.response === r.name && e.budget === last)))),
      h("p", { class: "small" }, `${study.design}; ${study.blocks} blocks, each with its own deal and seed (seed ${study.seed}). Errors are between blocks, moderated over the terms of a response (Smyth 2004), never below a term's own.`),
      aliases(), h("pre", {}, study.command)),
    h("footer", {}, "Made by Vestige ", study.vestige, ". This page needs no network and holds all it shows."),
  ].filter((node): node is HTMLElement => node instanceof Node);

  function unitOf(effect: Effect): string {
    return study.responses.find((r) => r.name === effect.response)!.unit;
  }

  /** What moves the first two responses, at the last budget: the most that was spent. */
  function answer(): string {
    const own = study.findings.filter((f) => f.includes(" is moved by ") && (study.budgets.length < 2 || f.startsWith(`At ${study.budgets[last]}:`)));
    return (own.length > 0 ? own : study.findings).slice(0, 2).join(" ");
  }

  function aliases(): HTMLElement | null {
    const alike = [...new Set(study.effects.filter((e) => e.term.includes(" + ")).map((e) => e.term))];
    return alike.length === 0 ? null : h("details", {}, h("summary", {}, "Interactions that this design cannot tell apart"), h("ul", {}, alike.map((term) => h("li", {}, term))));
  }

  /** What an effect costs: a difference in what must be stored, and in seconds. */
  function prices(): HTMLElement | null {
    const stored = main("stored"), seconds = (factor: number, level: number) => {
      const own = speed.filter((s) => s.budget === last && study.cells[s.cell]![factor] === level).map((s) => s.seconds);
      return own.length === 0 ? undefined : own.reduce((a, b) => a + b) / own.length;
    };
    if (good === undefined) return null;
    return tableBox("Prices", h("thead", {}, h("tr", {}, h("th", {}, "ingredient"), h("th", {}, good.name), h("th", {}, "stored, bytes"), h("th", {}, "seconds"))),
      h("tbody", {}, main(good.name).filter((e) => e.budget === last).map((e) => {
        const factor = study.factors.findIndex((f) => f.name === e.term), [a, b] = [seconds(factor, 0), seconds(factor, study.factors[factor]!.levels.length - 1)];
        return h("tr", {}, h("th", {}, labelOf(study, e)), h("td", {}, amount(e.value, good.unit)), h("td", {}, amount(stored.find((s) => s.term === e.term && s.budget === last)?.value, "bytes")),
          h("td", {}, a === undefined || b === undefined ? "–" : amount(b - a, "s")));
      })));
  }

  function cells(): HTMLElement {
    return tableBox("Cells", h("thead", {}, h("tr", {}, h("th", {}, "cell"), responses.map((r) => h("th", {}, r.name)))),
      h("tbody", {}, study.rows.map((row) => h("tr", {}, h("th", {}, `${row.name}${study.budgets.length > 1 ? ` (${study.budgets[row.budget]})` : ""}`),
        responses.map((r) => h("td", {}, amount(mean(row, r.name), r.unit)))))));
  }
}

function effectsTable(study: StudyPage["study"], responses: { name: string; unit: string }[]): HTMLElement {
  const rows = study.effects.filter((e) => e.response === responses[0]!.name && e.kind !== "Interaction");
  return tableBox("Effects", h("thead", {}, h("tr", {}, h("th", {}, "effect of"), responses.map((r) => h("th", {}, r.name)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, h("th", {}, `${labelOf(study, row)}${study.budgets.length > 1 ? `, ${study.budgets[row.budget]}` : ""}`),
      responses.map((r) => {
        const e = study.effects.find((x) => x.response === r.name && x.term === row.term && x.budget === row.budget);
        return e?.value === undefined ? h("td", {}, "–") : h("td", {}, isSeen(e) ? h("b", {}, amount(e.value, r.unit)) : amount(e.value, r.unit), h("small", {}, bounds(e, r.unit)));
      })))));
}
