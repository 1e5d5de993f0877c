// What the page is given. The result is described in docs/results.md; fields without a value are left out.

export interface Figure {
  value?: number;
  low?: number;
  high?: number;
  floor?: number;
  raw?: number;
  unit: string;
  why?: string;
}

export interface Sizes {
  training: number;
  heldOut: number;
  floor: number;
  generated: number;
  documents: number;
  resolution: number;
  elements: number;
  keptShare: number;
}

/** One row less another, by leaving the same documents out of both. */
export interface Difference {
  row: string;
  less: string;
  view: string;
  kind: "Named" | "Ladder" | "Lossless";
  lost: Figure;
  memorized: Figure;
  generalized: Figure;
  hallucinated: Figure;
}

/** Near-copies of one sample's items in another. */
export interface Overlap {
  sample: string;
  in: string;
  items: number;
  share: Figure;
  pairs?: NearCopy[];
}

export interface NearCopy {
  item: string;
  of: string;
  similarity: number;
}

export interface Ledger {
  view: string;
  element: string;
  sizes: Sizes;
  lost: Figure;
  kept: Figure;
  memorized: Figure;
  generalized: Figure;
  hallucinated: Figure;
  inTraining?: Figure;
  atMost?: Figure;
  once?: Figure;
  miscalibration?: Figure;
  calibrationBound?: Figure;
  copyingP?: number;
  curve?: CurvePoint[];
  [figure: string]: unknown;
}

export interface Bits {
  rate: Figure;
  rateIsIdeal: boolean;
  ratePerCharacter?: Figure;
  codeLengthTraining?: Figure;
  codeLengthHeldOut?: Figure;
  saving?: Figure;
  ratioToLossless?: Figure;
  codedBytes?: number;
  descriptionBytes?: number;
  failures: number;
  [figure: string]: unknown;
}

export interface Copy {
  text: string;
  length: number;
  document: string;
  source: string;
  sourceOffset?: number;
}

export interface Copying {
  matches: { length: number; share: number }[];
  meanMatch?: number;
  tooShort?: number;
  longestMatch?: number;
  copied?: Figure;
  longestCopies?: Copy[];
}

/** What a codec did to each document beside its original. */
export interface Paired {
  documents: number;
  measures: { name: string; mean: Figure; worst: Figure; worstDocument: string; worstValue?: number }[];
}

/** What a measure of a reconstruction beside its original is; the quality at which codecs are matched is the first. */
export interface PairedMeasure {
  name: string;
  label: string;
  unit: string;
  what: string;
  compared: boolean;
}

/** The ledger of a world as it is. */
export interface Exact {
  view: string;
  how: string;
  lost: Figure;
  memorized: Figure;
  generalized: Figure;
  hallucinated: Figure;
  generalizedParts?: { name: string; share: Figure }[];
  hallucinatedParts?: { name: string; share: Figure }[];
  originals?: { name: string; share: Figure }[];
  curve?: CurvePoint[];
  examples?: { kind: string; text: string }[];
  /** Whether each estimate's interval holds the exact value, by the auditor's own judgement of rounding. */
  agreements?: { figure: string; inside?: boolean }[];
  [figure: string]: unknown;
}

/** How much of one distribution is beyond t times the other, both ways. */
export interface CurvePoint {
  t: number;
  lost: Figure;
  invented: Figure;
}

/** What lossless coders found on the machine made of the text. */
export interface Lossless {
  trainingBytes: number;
  ofTraining: number;
  heldOutBytes: number;
  ofHeldOut: number;
  coders: { name: string; version?: string; training: Figure; heldOut: Figure; together: Figure }[];
}

/** What a model keeps of another, which is p, on one set of text. */
export interface ComparisonFigures {
  documents: number;
  bytes: number;
  positions: number;
  bitsPerByte: Figure;
  moreBits: Figure;
  lost: Figure;
  divergence: Figure;
  reverse: Figure;
  jensenShannon: Figure;
  sameTop: Figure;
}

export interface Against {
  heldOut: ComparisonFigures;
  training: ComparisonFigures;
  tokens?: { percentiles: { of: string; unit: string; minimum?: number; maximum?: number; values: (number | null)[] }[]; [figure: string]: unknown };
  cost?: { saved?: number; memory: Figure; generalization: Figure; memoryFirst: Figure };
  domains?: { name: string; figures: ComparisonFigures }[];
  positions?: { name: string; figures: ComparisonFigures }[];
  words?: { word: string; count: number; lost: number; moreBits: number }[];
  passages?: { document: string; offset: number; lost: number; pieces: { text: string; lost: number; moreBits: number }[] }[];
  why?: string;
  leftOut: number;
}

export type RowKind = "Named" | "Yardstick" | "Parrot" | "Shuffled";

export interface Row {
  name: string;
  label?: string;
  family: string;
  named: boolean;
  kind: RowKind;
  isCodec: boolean;
  fingerprint?: string;
  settings?: string;
  against?: Against;
  bits: Bits;
  ledgers: Ledger[];
  why?: string;
  copying?: Copying;
  extraction?: Extraction;
  nearCopies?: { items: number; copies: number; share: Figure; pairs?: NearCopy[] };
  paired?: Paired;
  exact?: Exact;
}

export interface Extraction {
  prefix: number;
  suffix: number;
  prompts?: { prefix: string; suffix: string; said: string; exact: boolean; bits?: number }[];
  asMessages?: boolean;
  trainingTried: number;
  trainingExact: number;
  heldOutTried: number;
  heldOutExact: number;
  difference: Figure;
}

export type SpanClass = "copied" | "real" | "novel" | "plain" | "lost" | "invented";

export interface Span {
  text: string;
  class: SpanClass;
  source?: string;
}

export interface Exhibit {
  row: string;
  kind: string;
  caption: string;
  files?: { label: string; path: string }[];
  spans?: Span[];
  original?: Span[];
}

/** A sentence of the audit; the page writes none about figures of its own. */
export interface Finding {
  id: string;
  row?: string;
  text: string;
  part?: "Answer" | "Warning" | "Account" | "Note" | "Matched" | "Choice";
}

export interface Result {
  run: { vestige: string; command: string; seed: number; units: number; versions: Record<string, string> };
  source: {
    name: string;
    items: string;
    sizeUnit: string;
    documents: number;
    usable: number;
    copies: number;
    deal: { training: { units: number }; heldOut: { units: number }; by: string; leftOut: number };
    size: number;
    currentBytes: number;
    rawBytes: number;
    losslessBytes?: number;
  };
  rows: Row[];
  against?: { row: string; symbol: string };
  lossless?: Lossless;
  findings: Finding[];
  choice?: { best?: string };
  pairedMeasures?: PairedMeasure[];
  gates?: { gate: string; row: string; fell: boolean; why?: string }[];
  differences?: Difference[];
  contamination?: { how: string; overlaps: Overlap[] };
  exhibits?: Exhibit[];
  problems: { document: string; row?: string; why: string }[];
  speed: { row: string; encode?: number; decode?: number }[];
}

export interface Picture {
  src: string;
  width: number;
  height: number;
  remark?: string;
}

/** One audit of the page. */
export interface Audit {
  /** Where its files are, beside the page: "" or "images/". */
  place: string;
  /** Whether items.csv is there. */
  items: boolean;
  /** How many failed files and texts the page has no room for. */
  left: { problems?: number; texts?: number };
  result: Result;
  /** Inlined pictures by the path that exhibits give. */
  pictures: Record<string, Picture>;
}

export interface Data {
  /** What audits that belong together say side by side; may be empty. */
  comparison: string;
  audits: Audit[];
}

/** A compressor of an audit: what is followed from chart to chart. */
export interface Subject {
  key: string;
  audit: Audit;
  row: Row;
  colour: string;
  symbol: string;
}

export const isFigure = (x: unknown): x is Figure => typeof x === "object" && x !== null && "unit" in x && typeof x.unit === "string";

export const headline = (row: Row): Ledger | undefined => row.ledgers[0];

/** One of the corners. */
export const baseline = (audit: Audit, kind: RowKind): Row | undefined => audit.result.rows.find((row) => row.kind === kind);

/** Whether a row stores or codes something of its own: the yardstick and its shuffled twin are samples only. */
export const hasCost = (row: Row): boolean => row.kind === "Named" || row.kind === "Parrot";

/** A row's name for charts, tables and sentences; results of older versions have none of their own. */
export const labelOf = (row: Row): string => row.label ?? row.name;

// Okabe and Ito's colours, told apart with any kind of colour vision; darker or lighter with the theme (style.css). Shapes say it again.
const colours = 7;
const symbols = ["circle", "square", "triangle", "diamond", "star", "wye", "cross"];

/** What a compressor is, whatever its settings: "transformer". */
export const kindOf = (row: Row): string => row.family.split(":")[0]!;

/** All compressors of the page, each kind with a colour and a shape of its own. */
export function subjectsOf(data: Data): Subject[] {
  const kinds = [...new Set(data.audits.flatMap((audit) => audit.result.rows.filter((row) => row.named).map(kindOf)))];
  return data.audits.flatMap((audit, a) =>
    audit.result.rows.map((row) => {
      const kind = kinds.indexOf(kindOf(row));
      return {
        key: `${a}/${row.name}`,
        audit,
        row,
        colour: row.named ? `var(--c${kind % colours})` : "var(--muted)",
        symbol: row.named ? symbols[kind % symbols.length]! : ({ Parrot: "times", Shuffled: "asterisk" } as Record<string, string>)[row.kind] ?? "plus",
      };
    }),
  );
}
