import { plot, barX, dot, ruleX, ruleY, text, axisX, axisY, gridX } from "@observablehq/plot";
import { baseline, headline, labelOf, type Audit, type Figure, type Subject } from "../data";
import { full, percent, printable, shorten } from "../format";
import type { Chart, Drawn, Told } from "./chart";

interface Segment {
  subject: Subject;
  part: string;
  from: number;
  to: number;
  figure: Figure;
}

interface Truth {
  row: string;
  at: number;
  side: number;
}

interface Whisker {
  row: string;
  low: number;
  high: number;
  /** Above or below the middle of the bar, where a bar has two. */
  side: number;
}

const within = (x: number): number => Math.max(0, Math.min(1, x));

/** What q is made of: memorized from the left, hallucinated from the right, what is left between. */
export function madeOf(audit: Audit, subjects: Subject[]): Chart {
  return bars("What it produces", ["memorized", "generalized", "hallucinated"], "Whiskers: 95\u00a0% intervals of memorized (upper) and hallucinated (lower). ", audit, subjects, (subject) => {
    const ledger = headline(subject.row);
    if (!ledger) return { segments: [], whiskers: [] };
    const { memorized, generalized, hallucinated } = ledger;
    if (memorized.value === undefined) return { segments: [unknown(subject, 0, memorized)], whiskers: [] };
    const left = within(memorized.value);
    if (hallucinated.value === undefined)
      return { segments: [{ subject, part: "memorized", from: 0, to: left, figure: memorized }, unknown(subject, left, hallucinated)], whiskers: [] };
    const right = Math.max(left, 1 - within(hallucinated.value));
    return {
      segments: [
        { subject, part: "memorized", from: 0, to: left, figure: memorized },
        { subject, part: "generalized", from: left, to: right, figure: generalized },
        { subject, part: "hallucinated", from: right, to: 1, figure: hallucinated },
      ],
      whiskers: [whisker(subject, memorized, (x) => x, -1), whisker(subject, hallucinated, (x) => 1 - x, 1)],
      truths: [truth(subject, "memorized", (x) => x, -1), truth(subject, "hallucinated", (x) => 1 - x, 1)],
    };
  }, (ledger) => ledger?.hallucinated.value === undefined ? undefined : 1 - ledger.hallucinated.value);
}

/** What becomes of p. */
export function keptOf(audit: Audit, subjects: Subject[]): Chart {
  return bars("What becomes of the real", ["kept", "lost"], `Whiskers: 95\u00a0% intervals. ${mostLost(audit, subjects)}`, audit, subjects, (subject) => {
    const ledger = headline(subject.row);
    if (!ledger) return { segments: [], whiskers: [] };
    const { kept, lost } = ledger;
    if (lost.value === undefined) return { segments: [unknown(subject, 0, lost)], whiskers: [] };
    const at = 1 - within(lost.value);
    return {
      segments: [
        { subject, part: "kept", from: 0, to: at, figure: kept },
        { subject, part: "lost", from: at, to: 1, figure: lost },
      ],
      whiskers: [whisker(subject, lost, (x) => 1 - x, 0)],
      truths: [truth(subject, "lost", (x) => 1 - x, 0)],
    };
  }, (ledger) => ledger?.lost.value === undefined ? undefined : 1 - ledger.lost.value);
}

const unknown = (subject: Subject, from: number, figure: Figure): Segment => ({ subject, part: "not measurable", from, to: 1, figure });

function whisker(subject: Subject, figure: Figure, place: (x: number) => number, side: number): Whisker | null {
  if (figure.low === undefined || figure.high === undefined) return null;
  const ends = [within(place(figure.low)), within(place(figure.high))];
  return { row: subject.key, low: Math.min(...ends), high: Math.max(...ends), side };
}

/** Where the boundary is in truth, of worlds whose exact ledger has the same view. */
function truth(subject: Subject, key: "memorized" | "hallucinated" | "lost", place: (x: number) => number, side: number): Truth | null {
  const { exact } = subject.row;
  return exact?.[key].value === undefined || exact.view !== headline(subject.row)?.view ? null : { row: subject.key, at: within(place(exact[key].value)), side };
}

/** A short bar is much where there is hardly more to lose: what fresh samples of this size hold of the real, where that is under half of it. */
function mostLost(audit: Audit, subjects: Subject[]): string {
  const floor = subjects.map((s) => headline(s.row)).find((ledger) => ledger?.invented !== undefined)?.lost.floor;
  return floor === undefined || floor <= 0.5 ? "" : `No row can lose more than ${percent(1 - floor)}: fresh ${audit.result.source.items} hold no more than that of it. `;
}

function bars(
  title: string, legend: string[], note: string, audit: Audit, subjects: Subject[],
  make: (subject: Subject) => { segments: Segment[]; whiskers: (Whisker | null)[]; truths?: (Truth | null)[] },
  boundary: (ledger: ReturnType<typeof headline>) => number | undefined,
): Chart {
  const made = subjects.map(make);
  const segments = made.flatMap((m) => m.segments).filter((s) => s.to > s.from);
  const whiskers = made.flatMap((m) => m.whiskers).filter((w) => w !== null);
  const truths = made.flatMap((m) => m.truths ?? []).filter((t) => t !== null);
  const guides = (["Yardstick", "Shuffled"] as const).flatMap((kind) => {
    const row = baseline(audit, kind);
    const at = row && boundary(headline(row));
    return at === undefined ? [] : [{ name: kind, at: within(at) }];
  });
  const told: (Told | null)[] = segments.map((s) => ({
    subject: s.subject,
    lines: [`${s.part} ${full(s.figure)}`, ...(s.figure.value === undefined && s.figure.why ? [s.figure.why] : [])],
  }));

  return {
    title,
    legend: segments.some((s) => s.part === "not measurable") ? [...legend, "not measurable"] : legend,
    note: (truths.length > 0 ? "Diamonds: the exact value. " : "") + (whiskers.length > 0 ? note : "No intervals: Trust says why. ") + (guides.length > 0 ? "Guides: yardstick (dashed), shuffled (dotted)." : ""),
    draw(width): Drawn {
      const names = new Map(subjects.map((s) => [s.key, printable(labelOf(s.row))]));
      const most = Math.max(12, Math.floor((width * 0.38) / 7.2));
      const marginLeft = Math.min(most, Math.max(...[...names.values()].map((n) => n.length))) * 7.2 + 14;
      const labelled = segments.filter((s) => s.part !== "not measurable" && (s.to - s.from) * (width - marginLeft) > 38
        && !guides.some((g) => Math.abs(g.at - (s.from + s.to) / 2) * (width - marginLeft) < 18));
      const whisk = (side: number) => whiskers.filter((w) => w.side === side);
      const marks = [
        gridX({ className: "grid", interval: 0.25 }),
        barX(segments, {
          className: "points", x1: "from", x2: "to", y: (s: Segment) => s.subject.key,
          fill: (s: Segment) => `var(--${s.part.replace(" ", "-")})`, insetLeft: 0.75, insetRight: 0.75, rx: 1.5,
        }),
        text(labelled, {
          className: "inside", x: (s: Segment) => (s.from + s.to) / 2, y: (s: Segment) => s.subject.key,
          // Bars end where all is; the figure may not.
          text: (s: Segment) => percent(s.figure.value ?? 0), fill: (s: Segment) => `var(--on-${s.part})`,
        }),
        ...[-1, 0, 1].flatMap((side) => {
          const options = { x1: "low", x2: "high", y: "row", dy: side * 6 };
          return [
            ruleY(whisk(side), { ...options, className: "halo", stroke: "var(--paper)", strokeWidth: 4 }),
            ruleY(whisk(side), { ...options, className: "whiskers", stroke: "var(--ink)", strokeWidth: 1.5 }),
          ];
        }),
        ...[-1, 0, 1].map((side) => dot(truths.filter((t) => t.side === side), {
          className: "truths", x: "at", y: "row", dy: side * 6, symbol: "diamond", r: 4.5, fill: "var(--paper)", stroke: "var(--ink)", strokeWidth: 1.5,
        })),
        ...guides.map((g) => ruleX([g.at], { className: "guide", stroke: "var(--ink)", strokeWidth: 1, strokeDasharray: g.name === "Shuffled" ? "1.5 3" : "5 3" })),
        axisX({ className: "axis", ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: (t: number) => `${100 * t}\u00a0%`, tickSize: 0, label: null }),
        axisY({ className: "rows", tickSize: 0, label: null, tickFormat: (key: string) => shorten(names.get(key)!, most), textAnchor: "start", dx: 8 - marginLeft }),
      ];
      const svg = plot({
        width, height: subjects.length * 32 + 34, marginLeft, marginRight: 18, marginTop: 6, marginBottom: 28,
        x: { domain: [0, 1] }, y: { domain: subjects.map((s) => s.key), padding: 0.22 }, color: { type: "identity" }, marks,
      }) as SVGSVGElement;
      return { svg, told: { points: told } };
    },
  };
}
