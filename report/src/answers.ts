import { baseline, headline, kindOf, labelOf, type Audit, type Ledger, type Row } from "./data";
import { bitsUnit, capital, count, list, number, percent } from "./format";

/** The question an audit answers, in plain words. */
export function question(audit: Audit): string {
  const { source, rows } = audit.result;
  const families = [...new Set(rows.filter((row) => row.named).map(kindOf))];
  const who = families.length === 0 ? "real items" : families.length <= 4 ? list(families) : `${families.length} compressors`;
  const verb = families.length === 1 ? "does" : "do";
  return families.length === 0 ? `What can be told from these ${source.items}?`
    : `What ${verb} ${who} keep of these ${source.items}, and what ${verb === "does" ? "does it" : "do they"} make up?`;
}

/** The answer, in two sentences. */
export const answer = (audit: Audit): string => sentences(audit).join(" ");

/** The answer of several audits: a sentence each. */
export const answers = (audits: Audit[]): string => audits.map((audit) => sentences(audit)[0]).join(" ");

function sentences(audit: Audit): string[] {
  const { source, rows, findings } = audit.result;
  const measured = rows.filter((row) => row.named && row.ledgers.length > 0 && of(row).lost.value !== undefined);
  if (measured.length === 0) return [findings[0]?.text ?? "No ledger could be made: the section Trust says why."];
  const harm = (row: Row) => (of(row).lost.value ?? 0) + (of(row).hallucinated.value ?? 0);
  const sorted = [...measured].sort((a, b) => harm(a) - harm(b));
  const [best, worst] = [sorted[0]!, sorted.at(-1)!];
  const real = baseline(audit, "yardstick");
  const fresh = real && real.ledgers.length > 0 && of(real).lost.value !== undefined ? real : undefined;
  const things = of(best).thing + "s";
  const closest = measured.length > 1 ? `${labelOf(best)} stays closest` : `Setting ${labelOf(best)}`;
  const rate = best.bits.rate.value === undefined ? "" : `, at ${number(best.bits.rate.value)} ${bitsUnit(source.sizeUnit)}`;
  const first = measured.length > 1
    ? `Of ${measured.length} settings ${closest}${rate}: it loses ${share(of(best).lost)} of the ${things} of unseen ${source.items}${madeUp(best, "and ")}.`
    : `${closest} loses ${share(of(best).lost)} of the ${things} of unseen ${source.items}${rate}${madeUp(best, "and ")}.`;
  const yard = fresh === undefined ? ""
    : `real ${source.items} put through the same instrument read ${share(of(fresh).lost)} lost${of(fresh).hallucinated.value === undefined ? "" : ` and ${share(of(fresh).hallucinated)} made up`}`;
  const second = measured.length > 1
    ? `The furthest is ${labelOf(worst)}, with ${share(of(worst).lost)} lost${of(worst).hallucinated.value === undefined ? "" : ` and ${share(of(worst).hallucinated)} made up`}${yard === "" ? "" : "; " + yard}.`
    : yard === "" ? "" : capital(yard) + ".";
  return second === "" ? [first] : [first, second];
}

const of = (row: Row): Ledger => headline(row)!;

const share = (figure: { value?: number }): string => percent(figure.value!);

function madeUp(row: Row, and: string): string {
  const { hallucinated } = of(row);
  return hallucinated.value === undefined ? "" : `, ${and}${share(hallucinated)} of what it produces is like nothing real`;
}

/** What was audited, in a line. */
export function facts(audit: Audit): string[] {
  const { source } = audit.result;
  const size = source.size >= 1e6 ? `${number(source.size / 1e6)} million ${source.sizeUnit}s` : `${count(source.size)} ${source.sizeUnit}s`;
  return [
    `${count(source.usable)} documents${source.usable < source.documents ? ` of ${count(source.documents)}` : ""}`,
    size,
    `${count(source.unitsPerSample)} ${source.items} in each sample`,
  ];
}
