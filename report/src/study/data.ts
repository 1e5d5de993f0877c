/** What `vestige study` writes (docs/studies.md). */
export interface Factor { name: string; levels: string[] }
export interface Response { name: string; unit: string; better?: number }
export type Kind = "Main" | "Curvature" | "Interaction";
export interface Effect {
  response: string; term: string; kind: Kind; budget: number; blocks: number; blocksLeftOut: number;
  value?: number; low?: number; high?: number; error?: number; degrees?: number; p?: number; q?: number;
}
export interface StudyRow { budget: number; cell: number; name: string; values: Record<string, (number | null)[]>; why: Record<string, string> }
export interface Study {
  vestige: string; command: string; seed: number; source: string; compressor: string; units: number;
  factors: Factor[]; design: string; cells: number[][]; blocks: number; budgets: string[]; responses: Response[];
  rows: StudyRow[]; effects: Effect[]; parts: Effect[];
  changes: { response: string; term: string; first: number; second: number }[];
  frontier: { budget: number; cell: number }[];
  findings: string[];
}
export interface StudyPage { study: Study; speed: { budget: number; cell: number; seconds: number }[] }

export const isSeen = (effect: Effect): boolean => (effect.low ?? 0) > 0 || (effect.high ?? 0) < 0;

export const mean = (row: StudyRow, response: string): number | undefined => {
  const known = (row.values[response] ?? []).filter((x): x is number => x !== null);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b) / known.length;
};

/** Mean over the cells that have these levels. */
export function meanAt(study: Study, budget: number, response: string, levels: Record<number, number>): number | undefined {
  const values = study.rows.filter((row) => row.budget === budget && Object.entries(levels).every(([factor, level]) => study.cells[row.cell]![Number(factor)] === level))
    .map((row) => mean(row, response)).filter((x): x is number => x !== undefined);
  return values.length === 0 ? undefined : values.reduce((a, b) => a + b) / values.length;
}

// What people read first, as far as it is measured.
const first = ["generalized", "hallucinated", "memorized", "lost", "bits-memorized", "bits-a-parameter", "held-out", "rate", "ssimulacra2", "stored"];

export const shown = (study: Study): Response[] => first.flatMap((name) => study.responses.filter((response) => response.name === name));

/** Small shares need their third decimal. */
export const amount = (x: number | undefined, unit: string): string => {
  if (x === undefined) return "–";
  const text = unit === "share" ? x.toFixed(Math.abs(x) < 0.095 ? 3 : 2) : unit === "bytes" ? Math.round(x).toLocaleString("en") : x.toFixed(Math.abs(x) < 10 ? 2 : 1);
  // What rounds to nothing has no sign.
  return (/[1-9]/.test(text) ? text : text.replace("-", "")).replace(/^(-?)0\./, "$1.").replace("-", "−");
};

/** "[-.10 .02]"; what is the same in every block has no interval and says so. */
export const bounds = (effect: Effect, unit: string): string => (effect.error === 0 ? "always" : `[${amount(effect.low, unit)} ${amount(effect.high, unit)}]`);

export const span = (effect: Effect, unit: string): string => `${amount(effect.value, unit)} ${bounds(effect, unit)}`;

export const labelOf = (study: Study, effect: Effect): string => {
  const factor = study.factors.find((f) => f.name === effect.term);
  return effect.kind === "Main" && factor ? `${factor.name} ${factor.levels[0]} → ${factor.levels.at(-1)}` : effect.term;
};
