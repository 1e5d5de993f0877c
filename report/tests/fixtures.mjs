// Folders as `vestige audit --out` leaves them, small and made up, for the page to be made from.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import Ajv from "ajv/dist/2020.js";

// What is made up here has the shape that audits write, and nothing else.
const schema = JSON.parse(readFileSync(new URL("../../docs/results.schema.json", import.meta.url), "utf8"));
for (const type of Object.values(schema.$defs)) type.additionalProperties = false;
const hasShape = new Ajv.default({ allErrors: true }).compile({ $defs: schema.$defs, $ref: "#/$defs/AuditResult" });

export const hostile = `<script>alert("1")</script>'&\u202eevil\n</script><!--`;

export const figure = (value, spread = 0.05, more = {}) => ({ value, low: value - spread, high: value + spread, floor: 0.08, raw: value + 0.05, unit: "share", ...more });

const unmeasured = { unit: "share", why: "not measurable at this size: 3 of 24 fresh real units hold something new that is found in H, 50 are needed" };

export function ledger(lost, memorized, hallucinated, more = {}) {
  return {
    view: "texture", element: "texture",
    sizes: { training: 500, heldOut: 500, floor: 500, generated: 500, documents: 500, resolution: 5, elements: 12000, keptShare: 1 },
    lost: figure(lost), kept: figure(1 - lost), memorized: figure(memorized), generalized: figure(1 - memorized - hallucinated), hallucinated: figure(hallucinated),
    inTraining: figure(memorized + 0.2), atMost: figure(hallucinated + 0.1), copyingP: 0.014, curve: [], ...more,
  };
}

export const codec = (name, rate, lost, hallucinated, more = {}) => ({
  name, label: name, family: name.split(":")[0], named: true, kind: "Named", isCodec: true,
  bits: { rate: figure(rate, rate / 10, { unit: "bits/pixel", floor: undefined }), rateIsIdeal: false, saving: figure(0.9), codedBytes: 1e6, descriptionBytes: 1e6, failures: 0 },
  ledgers: [ledger(lost, 1 - hallucinated, hallucinated), ledger(lost / 2, 0.5, 0.1, { view: "blocks", element: "block", memorized: unmeasured, generalized: unmeasured, hallucinated: unmeasured })],
  ...more,
});

/** What a codec did beside the originals. */
export const paired = (score, lost) => ({
  documents: 24, remarks: [],
  measures: [["ssimulacra2", score, "score"], ["lost", lost, "share"], ["psnr", undefined, "dB"]].map(([name, value, unit]) => ({
    name, mean: value === undefined ? { unit, why: "infinite: a document came back unchanged" } : figure(value, 0.02, { unit, floor: undefined }),
    worst: { value: (value ?? 30) / 2, unit }, worstDocument: hostile, worstValue: value,
  })),
});

/** What those measures are. */
const pairedMeasures = [["ssimulacra2", "SSIMULACRA 2", "score"], ["psnr", "PSNR", "dB"], ["lost", "detail lost", "share"], ["invented", "detail invented", "share"]]
  .map(([name, label, unit]) => ({ name, label, unit, what: `What ${label} is.`, moreIsBetter: unit === "score", main: true, compared: unit !== "dB", decimals: 2 }));

const yardstick = { name: "yardstick", label: "yardstick", family: "yardstick", named: false, kind: "Yardstick", isCodec: false, bits: { rate: { unit: "bits/pixel", why: "this row stores nothing of its own" }, rateIsIdeal: false, failures: 0 }, ledgers: [ledger(0.02, 0.07, 0.04)] };
const parrot = { ...codec("parrot", 10, 0.03, 0.02), named: false, kind: "Parrot" };
const shuffled = { ...yardstick, name: "shuffled", label: "shuffled", family: "shuffled", kind: "Shuffled", ledgers: [ledger(0.1, 0.02, 0.8)] };
const sample0 = { units: 500, groups: 500 };
const difference = (row, less) => ({ row, less, view: "texture", kind: "Ladder", lost: figure(0.3, 0.02, { floor: undefined }), memorized: figure(-0.3, 0.02, { floor: undefined }), generalized: figure(0.05, 0.02, { floor: undefined }), hallucinated: figure(0.25, 0.02, { floor: undefined }) });

/** An audit of images. */
export const images = (rows = [codec("jpeg:q=10", 0.3, 0.55, 0.6), codec("jpeg:q=50", 0.9, 0.2, 0.3), codec("webp:q=50", 0.7, 0.25, 0.35)], more = {}) => ({
  schema: 3,
  run: { vestige: "0.1.0", command: "vestige audit photos jpeg:q=10..50/40 webp:q=50", seed: 1, units: 2000, versions: { jpeg: "libvips 8.14.1" } },
  source: { name: "photos", items: "images", document: "file", sizeUnit: "pixel", formats: {}, documents: 2000, usable: 2000, units: 2000, copies: 0, deal: { training: sample0, heldOut: sample0, floor: sample0, yardstick: sample0, by: "document", isTrainingNamed: false, sharedWithTraining: 0, recurringInTraining: 0, leftOut: 0, leftOutShare: 0 }, size: 5e8, currentBytes: 3e8, rawBytes: 1.5e9, losslessBytes: 6e8 },
  rows: [yardstick, parrot, shuffled, ...rows], differences: rows.length > 1 ? [difference(rows[0].name, rows[1].name)] : [],
  contamination: { how: "the same grid of features", overlaps: [{ sample: "H", in: "T", items: 500, copies: 5, tooShort: 0, share: figure(0.01, 0.005), pairs: [{ item: hostile, of: "b.png", similarity: 0.98 }] }] },
  findings: [{ id: "lost", row: rows[0]?.name, part: "Account", text: "jpeg:q=10 no longer produces more than half of the textures in the held-out images." }],
  choice: { isDefault: true, condition: "ssimulacra2>=80 and ssimulacra2.worst>=70", families: [{ family: "jpeg", isCheapestTried: false, isNearestTooLarge: false, why: "none of its settings" }], standings: [] },
  pairedMeasures, matched: [], gates: [], exhibits: [], problems: [], speed: [{ row: "jpeg:q=10", encode: 33.1, decode: 60 }], ...more,
});

const words = "the of and a to in he was that it his her with as had she for at on but not be they which".split(" ");
const sentence = (n, seed) => Array.from({ length: n }, (_, i) => words[(i * i * 7 + i * 3 + seed * 11) % words.length]).join(" ");

/** A passage of a model in spans of every class. */
export const sample = (row, i, source = "novel-07.txt, section 12") => ({
  row, kind: "sample", caption: `Sample ${i + 1} of ${row}.`, files: [],
  spans: [
    { text: sentence(14, i) + " ", class: "plain" }, { text: "it is a truth universally acknowledged, that a single man", class: "copied", source }, { text: " " + sentence(6, i + 1) + " ", class: "plain" },
    { text: "the garden door", class: "real" }, { text: "\n" + sentence(9, i + 2) + " ", class: "plain" }, { text: "of a horsted", class: "novel" }, { text: " " + sentence(12, i + 3) + ".", class: "plain" },
  ],
});

const matches = (half) => Array.from({ length: 12 }, (_, i) => ({ length: 2 ** i, share: 1 / (1 + (2 ** i / half) ** 1.4) }));

const model = (name, bytes, rate, lost, memorized, hallucinated, half, label = name) => ({
  name, label, fingerprint: "0123456789abcdef".repeat(4), family: name.split(":")[0], named: true, kind: "Named", isCodec: false,
  bits: { rate: figure(rate, 0.05, { unit: "bits/byte", floor: undefined }), rateIsIdeal: true, codeLengthTraining: figure(rate - 0.2, 0.03, { unit: "bits/byte", floor: undefined }), codeLengthHeldOut: figure(rate, 0.05, { unit: "bits/byte", floor: undefined }),
    generalizationGap: figure(0.2, 0.04, { unit: "bits/byte", floor: undefined }), descriptionBytes: bytes, failures: 0 },
  ledgers: [ledger(lost, memorized, hallucinated, { view: "words:2", element: "word pair" })],
  extraction: { prefix: 50, suffix: 50, byOffset: [], draws: 1, extracted: [], prompts: [], asMessages: false, trainingTried: 200, trainingExact: 9, heldOutTried: 200, heldOutExact: 1, difference: figure(0.04, 0.02, { floor: undefined }) },
  copying: {
    bytes: 200000, characters: 200000, matches: matches(half), meanMatch: half, longestMatch: 181, tooShort: 0, copied: figure(0.12, 0.02),
    longestCopies: [{ text: "it is a truth universally acknowledged, that a single man in possession of a good fortune", length: 89, document: "sample 4", offset: 12, source: "novel-07.txt, section 12", sourceOffset: 40213 }, { text: hostile, length: 61, document: "sample 9", offset: 0, source: hostile, sourceOffset: 3 }],
  },
});

/** An audit of text. */
export const texts = (more = {}) => {
  const rows = [model("ngram:order=3", 34e3, 2.87, 0.29, 0.08, 0.86, 6), model("ngram:order=7", 24e5, 2.07, 0.06, 0.45, 0.41, 14), model("transformer:layers=4,width=256,context=128,batch=32,steps=400,dropout=0.1,top_p=0.7", 6.4e6, 1.71, 0.05, 0.4, 0.3, 11, "transformer")];
  return {
    ...images(rows), source: { ...images().source, name: "novels", items: "passages", sizeUnit: "byte", documents: 580, usable: 580, units: 8100, size: 9.4e6, currentBytes: 9.5e6, rawBytes: 9.4e6, losslessBytes: 3.1e6 },
    rows: [{ ...yardstick, copying: { bytes: 200000, characters: 200000, longestCopies: [], matches: matches(8), meanMatch: 8, longestMatch: 96, tooShort: 0, copied: figure(0.01, 0.005) } }, parrot, ...rows], choice: undefined, speed: [], findings: [],
    exhibits: rows.flatMap((row) => [sample(row.name, 0), sample(row.name, 1), {
      row: row.name, kind: "lost", caption: "Word pairs of held-out passages that it never produces.", files: [],
      spans: [" brother", "the latch", "\u202eevil"].map((text, i) => ({ text, class: "lost", source: `in ${90 - i} held-out passages; novel-03.txt, byte ${7 * i}` })),
    }]), ...more,
  };
};

const plain = (value, spread, unit) => ({ value, low: value - spread, high: value + spread, unit });

/** What a model keeps of another, on one set of text. */
const kept = (lost, scale = 1) => ({
  documents: 40, bytes: 20480, positions: 9000, bitsPerByte: plain(2.2 + lost * scale, 0.02, "bits/byte"), moreBits: plain(lost * scale, lost / 10, "bits/byte"), lost: plain(lost * scale, lost / 10, "share"),
  divergence: plain(lost / 2, lost / 20, "bits"), reverse: plain(lost / 2, lost / 20, "bits"), jensenShannon: plain(lost / 8, lost / 80, "bits"), sameTop: plain(1 - lost, lost / 10, "share"),
});

/** Quantizations of a model held against it: the smaller the more is lost, but for one that another beats in both. */
export const compared = () => {
  const sizes = [["gguf:f32.gguf", 4e6, 0], ["gguf:q8.gguf", 1e6, 0.008], ["gguf:q5.gguf", 9e5, 0.05], ["gguf:q4.gguf", 5e5, 0.03], [`gguf:${hostile}.gguf`, 3e5, 0.17]];
  const rows = sizes.map(([name, bytes, lost]) => ({
    ...model(name, bytes, 2.2 + lost, 0.3, 0.1, 0.3, 8),
    against: {
      heldOut: kept(lost), training: kept(lost, 1.2), leftOut: 0, domains: [], positions: [], words: [], passages: [],
      ...(lost > 0 && {
        cost: { saved: 1 - bytes / 4e6, memory: plain(lost, 0.01, "share"), generalization: plain(lost / 5, 0.002, "share"), memoryFirst: plain(0.8 * lost, 0.01, "share") },
        domains: ["austen", hostile].map((domain, i) => ({ name: domain, figures: kept(lost, 1 + i) })), positions: ["0", "1", "2-3"].map((at) => ({ name: at, figures: kept(lost) })),
        words: [" latch", hostile].map((word, i) => ({ word, count: 90 - i, lost: lost * (2 - i), moreBits: 3 * lost })),
        passages: [0, 1, 2].map((i) => ({ document: hostile, offset: 512 * i, lost: lost * (3 - i), pieces: sentence(20, i).split(" ").map((text, k) => ({ text: text + (k === 9 ? "\\n" : " "), lost: (k % 10) / 10, moreBits: k - 9 })) })),
        tokens: { ...Object.fromEntries(["perplexityOfReference", "perplexity", "logRatio", "ratio", "difference", "correlation", "meanChange", "rmsChange"].map((name) => [name, plain(lost, lost / 10, "")])),
          percentiles: ["divergence", "change", "ratio"].map((of) => ({ of, unit: "bits", minimum: -1, maximum: 2, values: [-0.5, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] })) },
      }),
    },
  }));
  return texts({ rows: [yardstick, parrot, ...rows], against: { row: rows[0].name, symbol: "token" }, exhibits: [] });
};

/** A folder with a result, its pictures and items.csv. */
export function folder(results, pictures = {}) {
  const root = mkdtempSync(join(tmpdir(), "vestige-report-"));
  const several = Object.keys(results).length > 0 && !("schema" in results);
  for (const [place, result] of several ? Object.entries(results) : [["", results]]) {
    const written = JSON.stringify(result);
    if (!hasShape(JSON.parse(written))) throw new Error(hasShape.errors.map((error) => `${error.instancePath} ${error.message} ${error.params.additionalProperty ?? ""}`).join("\n"));
    write(join(root, place, "results.json"), written);
    write(join(root, place, "items.csv"), "document,sample,compressor,size,bytes,bits_per_unit,failure\r\n");
  }
  for (const [path, content] of Object.entries(pictures)) write(join(root, path), content);
  return root;
}

/** Exhibits of pictures for every named row, and their files. */
export function pictured(result, width = 96, height = 64, seedOf = (seed) => seed) {
  const made = new Map();
  const picture = (w, h, seed) => made.get(`${w} ${seed}`) ?? made.set(`${w} ${seed}`, png(w, h, seed)).get(`${w} ${seed}`);
  const pictures = {};
  const exhibits = result.rows.filter((row) => row.named).flatMap((row, r) => [
    ...["worst", "median"].map((kind, k) => {
      const files = ["original", "reconstruction", "lost map", "invented map"].map((label, i) => ({ label, path: `exhibits/${r}/${kind}-${i}.png` }));
      files.forEach((file, i) => (pictures[file.path] = picture(width, height, seedOf(100 * r + 10 * k + i))));
      return { row: row.name, kind, caption: `${hostile}: the one of 6 images that changed.`, files };
    }),
    ...["lost", "hallucinated"].map((kind) => {
      pictures[`exhibits/${r}/${kind}.png`] = picture(40, 40, seedOf(r));
      return { row: row.name, kind, caption: "Textures. From the left: the texture, the nearest.", files: [{ label: "tiles", path: `exhibits/${r}/${kind}.png` }] };
    }),
  ]);
  return [{ ...result, exhibits }, pictures];
}

function write(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** A picture that does not compress to nothing: noise over a gradient. */
export function png(width, height, seed) {
  const raw = Buffer.alloc(height * (1 + 3 * width));
  let state = seed + 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < 3 * width; x++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      raw[y * (1 + 3 * width) + 1 + x] = ((x * 80) / width + (y * 90) / height + (state >>> 26)) & 255;
    }
  const chunk = (type, body) => {
    const data = Buffer.concat([Buffer.from(type), body]);
    const out = Buffer.alloc(data.length + 8);
    out.writeUInt32BE(body.length, 0);
    data.copy(out, 4);
    out.writeUInt32BE(crc(data), data.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head), chunk("IDAT", deflateSync(raw)), chunk("IEND", Buffer.alloc(0))]);
}

function crc(data) {
  let c = ~0;
  for (const byte of data) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
  }
  return ~c >>> 0;
}

/** A study of two ingredients at two budgets, as `vestige study` writes it. */
export function study() {
  const cells = [[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]], budgets = ["steps=3", "steps=9"];
  const responses = [{ name: "generalized", unit: "share", better: 1 }, { name: "hallucinated", unit: "share", better: -1 }, { name: "stored", unit: "bytes", better: -1 },
    ...["new", "wrong", "about"].flatMap((kind) => ["0", "1", "2-3", "4-7", "8+"].map((often) => ({ name: `${kind}@${often}`, unit: "share" })))];
  const rows = budgets.flatMap((_, budget) => cells.map(([a, b], cell) => ({
    budget, cell, name: `<script>alert(1)</script> ${cell}`, why: {},
    values: Object.fromEntries(responses.map((r, i) => [r.name, r.unit === "bytes" ? [1000, 1000, 1000] : [0, 0.01, -0.01].map((noise, block) =>
      budget === 1 && cell === 5 && block === 2 ? null : 0.3 + 0.1 * a * (1 + budget) + 0.05 * b * (a + 1) + noise * (1 + ((i + cell + block) % 3)) - 0.002 * i)])),
  })));
  return {
    kind: "study", schema: 1, vestige: "0.0.0", command: "vestige study somewhere", seed: 1, source: "somewhere", compressor: "transformer:width=32", units: 10,
    factors: [{ name: "data", levels: ["1/4", "1/2", "1"] }, { name: "drop<b>out", levels: ["0", "0.1"] }], design: "all 6 combinations", cells, blocks: 3, budgets, responses, rows, effects: [],
  };
}

/** A folder with a study. */
export function studyFolder(content = study()) {
  const made = mkdtempSync(join(tmpdir(), "vestige-study-"));
  writeFileSync(join(made, "study.json"), JSON.stringify(content));
  writeFileSync(join(made, "speed.json"), JSON.stringify(content.rows.map(({ budget, cell }) => ({ budget, cell, seconds: 1 + cell }))));
  return made;
}
