import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { make, open, pageOf, start, stop } from "./browser.mjs";
import { codec, compared, figure, hostile, images, ledger, paired, pictured, sample, study, studyFolder, texts } from "./fixtures.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shown = "<script>alert(\"1\")</script>'&\\u202eevil\\n</script><!--";
const files = {};

before(async () => {
  await start();
  const [result, pictures] = pictured(images());
  files.images = make(result, pictures);
  files.both = make({ images: result, text: texts() }, Object.fromEntries(Object.entries(pictures).map(([path, content]) => ["images/" + path, content])));
});
after(stop);

/** A page that must have asked for nothing and complained of nothing when the test is done. */
async function quiet(file, options, body) {
  const page = await open(file, options);
  try {
    await body(page);
    assert.deepEqual(page.noted, []);
  } finally {
    await page.close();
  }
}

const marks = (page, title) => page.locator("figure", { has: page.getByRole("heading", { name: title, exact: true }) }).locator("g.points > *");

test("a study shows its effects, what depends on what, doses, counts, the frontier and its cells", async () => {
  const file = pageOf(studyFolder());
  for (const width of [1200, 400]) {
    await quiet(file, { width, bypassCSP: true }, async (page) => {
      assert.match(await page.locator("h1").innerText(), /What do the ingredients of transformer buy\?/);
      for (const part of ["Effects", "Dose and response", "How", "Frontier", "Cells", "Findings", "Trust"]) assert.equal(await page.locator(`section[aria-label="${part}"]`).count(), 1, part);
      // Every main effect of every budget is a dot with its interval.
      const effects = page.locator("figure", { has: page.getByRole("heading", { name: "generalized", exact: true }) }).first();
      assert.equal(await effects.locator("circle").count(), 4);
      assert.equal(await page.locator(`section[aria-label="Cells"] tbody tr`).count(), study().rows.length);
      // Names are text, whatever they hold, and the page is as wide as its window.
      assert.equal(await page.locator("h1 script, table script, b b").count(), 0);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      await page.addScriptTag({ content: axe });
      const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] }));
      assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.length}`), []);
    });
  }
});

test("every chart has as many marks as there are figures", () => quiet(files.both, {}, async (page) => {
  const made = images().rows, written = texts().rows;
  // A bar is drawn for every part above zero; parrots and whole parts of 1 have fewer.
  const parts = (rows) => rows.flatMap((r) => [r.ledgers[0].memorized, r.ledgers[0].generalized, r.ledgers[0].hallucinated]).filter((f) => f.value > 1e-9).length;
  const both = (rows, key) => rows.filter((r) => r.bits.rate.value !== undefined && r.ledgers[0][key].value !== undefined).length;
  const charts = {
    "What it produces": [parts(made), parts(written)],
    "What becomes of the real": [2 * made.length, 2 * written.length],
    "Bits against lost": [both(made, "lost"), both(written, "lost")],
    "Bits against hallucinated": [both(made, "hallucinated"), both(written, "hallucinated")],
    "Bits kept against generalized": [both([...made, ...written], "generalized")],
    "Size of the model against bits per byte": [written.filter((r) => r.bits.codeLengthHeldOut).length],
  };
  for (const [title, counts] of Object.entries(charts)) assert.equal(await marks(page, title).count(), counts.reduce((a, b) => a + b), title);
  assert.equal(await page.locator(".chart").count(), 2 * 4 + 1 + 1 + 1, "charts in all, with the lengths of matches");
  // Two lines: real text's and the model's.
  assert.equal(await page.locator("g.lengths path").count(), 2);
  for (const mark of await page.locator("g.points > *").all()) assert.match(await mark.getAttribute("aria-label"), /^[^:]+:.* (\d|not measurable)/);
}));

test("a share over all is told as it is, where its bar ends at all", () => quiet(
  make(images([codec("jpeg:q=10", 0.3, 0.55, 0.6, { ledgers: [{ ...codec("x", 1, 0.5, 0.5).ledgers[0], memorized: figure(1.26), generalized: figure(-0.3), hallucinated: figure(0.04), lost: figure(-0.02), kept: figure(1.02) }] })]), []), {},
  async (page) => {
    const labels = async (title) => (await page.locator("figure", { has: page.getByRole("heading", { name: title, exact: true }) }).locator("g.inside text").allTextContents()).map((t) => t.replace("\u00a0", " "));
    assert.ok((await labels("What it produces")).includes("126 %"), (await labels("What it produces")).join());
    assert.ok((await labels("What becomes of the real")).includes("102 %"), (await labels("What becomes of the real")).join());
  }));

test("the slider moves the border between any two layers, of one part at one size", () => quiet(files.images, {}, async (page) => {
  const viewer = page.locator(".viewer").first();
  const clip = () => viewer.locator(".layer.right").evaluate((layer) => getComputedStyle(layer).clipPath);
  const before = await clip();
  await viewer.locator("input[type=range]").focus();
  for (let i = 0; i < 20; i++) await page.keyboard.press("ArrowRight");
  assert.equal(await viewer.locator("input[type=range]").inputValue(), "70");
  assert.notEqual(await clip(), before);
  assert.match(await clip(), /70%/);
  const layers = ["original", "reconstruction", "lost map", "invented map"];
  const shown = (side) => viewer.locator(`.layer.${side} img`).getAttribute("alt");
  assert.deepEqual([await shown("left"), await shown("right")], ["original", "reconstruction"]);
  const boxes = () => viewer.locator(".layer img").evaluateAll((all) => all.map((e) => [e.naturalWidth, e.naturalHeight, e.getBoundingClientRect()].map((b) => JSON.stringify(b)).join()));
  for (const left of layers) {
    await viewer.getByRole("group", { name: "left" }).getByText(left.replace(" map", ""), { exact: true }).click();
    for (const right of layers) {
      await viewer.getByRole("group", { name: "right" }).getByText(right.replace(" map", ""), { exact: true }).click();
      assert.deepEqual([await shown("left"), await shown("right")], [left, right]);
      assert.match(await viewer.locator("input[type=range]").getAttribute("aria-label"), new RegExp(`${left} to show beside the ${right}`));
      assert.equal(await viewer.locator(".layer").evaluateAll((all) => all.filter((e) => getComputedStyle(e).visibility === "visible").length), left === right ? 1 : 2);
    }
  }
  assert.equal(new Set(await boxes()).size, 1, "all lie over each other");
  assert.match(await page.getByRole("region", { name: "Look" }).locator(".lead").innerText(), /pixel for pixel\. Maps show .* coded with slight loss/);
  const width = () => viewer.locator(".sheet").evaluate((sheet) => sheet.offsetWidth);
  await viewer.getByText("8\u00d7").click();
  assert.equal(await width(), 8 * 96);
  await viewer.locator(".stage").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector(".stage").scrollLeft > 0);
  assert.equal(new Set(await boxes()).size, 1, "enlarged too");
  assert.ok(await page.evaluate(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0)), "every picture is there");
}));

test("the keyboard reaches everything", () => quiet(files.both, {}, async (page) => {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  const ids = await page.evaluate(() => {
    // A radio group is one stop; so is a chart.
    const all = [...document.querySelectorAll("a[href], button, select, input, summary, [tabindex='0']")].filter((e) => e.getClientRects().length > 0 && !(e.type === "radio" && !e.checked));
    all.forEach((e, i) => (e.dataset.stop = i));
    return all.length;
  });
  const reached = new Set();
  for (let i = 0; i < ids + 5; i++) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => document.activeElement?.dataset?.stop));
  }
  reached.delete(undefined);
  assert.equal(reached.size, ids);
  // Every mark of a chart, by the arrow keys.
  const chart = page.locator(".chart svg").nth(1);
  const count = await chart.locator("g.points > *").count();
  await chart.locator("[tabindex='0']").focus();
  const labels = new Set();
  for (let i = 0; i < count; i++) {
    labels.add(await page.evaluate(() => document.activeElement.getAttribute("aria-label")));
    assert.ok(await page.locator("#tip").isVisible());
    await page.keyboard.press("ArrowRight");
  }
  assert.equal(labels.size, count);
}));

test("a compressor is followed everywhere, by click and by key, and let go", () => quiet(files.images, {}, async (page) => {
  const point = marks(page, "Bits against lost").last();
  await point.click();
  const name = (await point.getAttribute("data-subject")).slice(2);
  for (const title of ["What it produces", "What becomes of the real", "Bits against lost", "Bits against hallucinated", "Bits kept against generalized"])
    assert.ok((await marks(page, title).and(page.locator(".followed")).count()) > 0, title);
  assert.equal(await page.locator("tbody tr.followed").count(), 5, "in the tables of the ledger, of costs, of both views and of bits");
  assert.equal(await page.getByLabel("Compressor", { exact: true }).locator("option:checked").innerText(), name);
  assert.match(await page.locator(".followed-bar").innerText(), new RegExp(name));
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".followed").count(), 0);
  await page.getByRole("button", { name: "webp:q=50", exact: true }).first().focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.getByLabel("Compressor", { exact: true }).locator("option:checked").innerText(), "webp:q=50");
  assert.match(await page.locator(".tiles img").first().getAttribute("src"), /^data:image\/webp/);
  await page.getByLabel("Compressor", { exact: true }).selectOption({ label: "jpeg:q=10" });
  assert.match(await page.locator(".followed-bar").innerText(), /jpeg:q=10/);
}));

test("pointing at a mark shows its figures", () => quiet(files.images, {}, async (page) => {
  await marks(page, "Bits against lost").nth(1).hover();
  const tip = await page.locator("#tip").innerText();
  assert.match(tip, /jpeg:q=10/);
  assert.match(tip, /lost: 55.% \(50 to 60; floor 8.%\)/);
}));

test("hostile names are text", async () => {
  const name = `samples:${hostile}`;
  const result = texts({ problems: [{ document: hostile, row: hostile, why: hostile }] });
  result.rows.push({ ...codec(name, 1, 0.2, 0.2), family: hostile, why: hostile });
  result.source.name = hostile;
  result.run.command = `vestige audit ${hostile}`;
  result.run.versions[hostile] = hostile;
  result.findings = [{ id: "lost", row: name, part: "Account", text: hostile }];
  result.choice = undefined;
  result.findings.push({ id: "choice", text: hostile, part: "Choice" }, { id: "choice-family", text: hostile, part: "Choice" });
  result.exhibits.push({ ...sample(name, 0, hostile), caption: hostile }, { row: name, kind: hostile, caption: hostile, files: [{ label: hostile, path: "../../../etc/passwd" }, { label: hostile, path: `exhibits/${hostile}.png` }] });
  result.exhibits.at(-2).spans.push({ text: hostile, class: hostile, source: hostile });
  await quiet(make(result), {}, async (page) => {
    const labels = await page.locator(".labels text, .rows text, option, h1, h2, h3, figcaption, code, td, th, dd, dt").allTextContents();
    assert.ok(labels.filter((text) => text.includes("script>")).length > 12, "the names are seen");
    assert.equal(await page.evaluate(() => document.scripts.length), 2);
    assert.equal(await page.locator("main script, main svg script").count(), 0);
    const text = await page.evaluate(() => document.body.textContent + [...document.querySelectorAll("[aria-label], [title]")].map((e) => e.getAttribute("aria-label") + e.title).join());
    // The data block holds the names as they are; what a person or a screen reader gets is escaped.
    const seen = await page.evaluate(() => document.querySelector("main").textContent);
    assert.ok(seen.includes(shown));
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("main *")].filter((e) => e.children.length === 0 && e.textContent.includes("\u202e")).map((e) => e.outerHTML)), []);
    assert.ok(!/[\u202a-\u202e]/.test(await page.locator("[aria-label]").evaluateAll((all) => all.map((e) => e.getAttribute("aria-label")).join(""))));
    assert.ok(!text.includes("root:x:0"));
    await page.getByRole("button", { name: shown.slice(0, 20) }).first().click();
    assert.ok((await page.locator(".followed-bar").innerText()).includes("script"));
    assert.ok(!(await page.title()).includes("\u202e"));
  });
});

for (const [scheme, width] of [["light", 1600], ["dark", 400]]) {
  test(`axe finds nothing serious, ${scheme} at ${width}`, () => quiet(files.both, { width, colorScheme: scheme }, async (page) => {
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    await page.evaluate(axe);
    const found = await page.evaluate(async () => (await globalThis.axe.run()).violations);
    const serious = found.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
    assert.deepEqual(serious, []);
  }));
}

for (const width of [400, 700, 1000, 1600]) {
  test(`at ${width} pixels nothing sticks out and no labels overlap`, () => quiet(files.both, { width }, async (page) => {
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
    const clashes = await page.evaluate(() => [...document.querySelectorAll(".chart svg")].flatMap((svg) => {
      const boxes = [...svg.querySelectorAll(".labels text, .guide-labels text, .axis text, .axis-label, .rows text")].map((e) => [e.textContent, e.getBoundingClientRect()]);
      return boxes.flatMap(([a, p], i) => boxes.slice(i + 1).filter(([, q]) => p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 2 && q.top < p.bottom - 2).map(([b]) => `${a} / ${b}`));
    }));
    assert.deepEqual(clashes, []);
    const headings = await page.evaluate(() => [...document.querySelectorAll("h1, h2, h3, h4, h5")].map((e) => Number(e.tagName[1])));
    assert.equal(headings.filter((level) => level === 1).length, 1);
    headings.forEach((level, i) => assert.ok(i === 0 || level <= headings[i - 1] + 1, "no level of headings is left out"));
  }));
}

test("an audit of very many documents stays small, says what it leaves out and where that is", async () => {
  const problems = Array.from({ length: 2000 }, (_, i) => ({ document: `photo-${i}.jpg`, row: "jpeg:q=10", why: "cannot be coded" }));
  const rows = Array.from({ length: 40 }, (_, i) => codec(`jpeg:q=${i}`, 0.1 + i / 10, 0.5 - i / 100, 0.6 - i / 100));
  const [result, pictures] = pictured(images(rows, { problems }), 200, 200, () => 1);
  result.exhibits.push(...Array.from({ length: 10000 }, (_, i) => sample(rows[i % 40].name, i)));
  const file = make(result, pictures);
  assert.ok(statSync(file).size < 2e6);
  await quiet(file, {}, async (page) => {
    assert.equal(await page.locator("tbody tr", { hasText: "photo-" }).count(), 200);
    assert.match(await page.locator("main").innerText(), /first 200 of 2.000; results\.json lists all/);
    assert.match(await page.locator("main").innerText(), /\d samples are left out/);
    assert.match(await page.getByRole("region", { name: "Look" }).locator(".lead").innerText(), /A sample; the figures above are of all 2.000 documents, and items\.csv has those of each/);
    assert.deepEqual(await page.getByRole("link", { name: "items.csv" }).evaluateAll((all) => all.map((e) => e.getAttribute("href"))), ["items.csv", "items.csv"]);
    // Elements, not milliseconds: how fast it is depends on the machine (bench/page.mjs measures).
    assert.ok((await page.locator("*").count()) < 20000);
    await page.getByLabel("Compressor", { exact: true }).selectOption({ label: "jpeg:q=1" });
    assert.ok((await page.locator(".viewer img, figcaption small a").count()) > 0, "pictures, or links to them");
  });
});

test("an audit without a ledger says so", async () => {
  const why = "3 documents a sample; 4 are needed for a ledger";
  const rows = [{ ...codec("jpeg:q=10", 0.3, 0.5, 0.5), ledgers: [], why }];
  const result = images(rows, { findings: [{ id: "no-ledger", part: "Warning", text: `${why}.` }], choice: undefined });
  result.rows = result.rows.map((row) => ({ ...row, ledgers: [], why }));
  await quiet(make(result), {}, async (page) => {
    assert.match(await page.locator(".answer").innerText(), /3 documents a sample/);
    assert.match(await page.locator("main").innerText(), /the ledger of every compressor/);
  });
});

test("what is not measurable is a dash with its reason, and no mark", async () => {
  const unknown = { unit: "share", why: "not measurable at this size" };
  const result = texts();
  result.rows[2].ledgers[0] = ledger(0.2, 0.5, 0.1, { generalized: unknown, hallucinated: unknown });
  await quiet(make(result), {}, async (page) => {
    assert.equal(await marks(page, "Bits against hallucinated").count(), 3);
    const bars = await marks(page, "What it produces").evaluateAll((all) => all.map((e) => e.getAttribute("aria-label")));
    assert.equal(bars.filter((label) => /^ngram:order=3: not measurable/.test(label)).length, 1);
    assert.match(await page.locator("main").innerText(), /not measurable at this size\./);
  });
});

test("worlds show the exact beside the estimated", async () => {
  const result = images();
  const exact = (value) => ({ value, unit: "share" });
  result.rows.find((row) => row.named).exact = {
    view: "texture", how: "coded", resolution: 16, lost: exact(0.53), memorized: exact(0.38), generalized: exact(0.01), hallucinated: exact(0.61), supportLoss: exact(0.4), entropyP: exact(9),
    originals: [], curve: [], examples: [],
    // Whether it is missed is said by the result: two that differ by rounding are the same.
    agreements: [{ figure: "memorized", exact: 0.38, estimate: 0.38, difference: 0, inside: true }, { figure: "hallucinated", exact: 0.61, estimate: 0.6, difference: -0.01, inside: false }],
    generalizedParts: [], hallucinatedParts: [{ name: "substituted", share: exact(0.5) }, { name: "off the grid", share: exact(0.11) }],
  };
  await quiet(make(result), {}, async (page) => {
    const row = page.getByRole("region", { name: "Exact beside estimated" }).locator("tbody tr");
    assert.match((await row.innerText()).replace(/\s+/g, " "), /jpeg:q=10 53 % 55 % \(50 to 60\) 38 % .* 61 % substituted 50 %, off the grid 11 % 60 % \(55 to 65\), which misses it/);
    assert.equal((await row.innerText()).match(/misses/g).length, 1);
  });
});

test("paired figures have a chart, columns and their worst documents", async () => {
  const result = images();
  const [first, second] = result.rows.filter((row) => row.named);
  first.paired = paired(41.5, 0.3);
  second.paired = paired(72.1, 0.2);
  result.matched = [{ baseline: "jpeg", family: "webp", quality: "ssimulacra2", documents: 20, bytesRatio: figure(0.8), documentsAtBytes: 20, atSameBytes: [] }];
  result.findings.push({ id: "matched", part: "Matched", text: "At the same SSIMULACRA 2 webp takes 20 % fewer bytes than jpeg." });
  await quiet(make(result), {}, async (page) => {
    assert.equal(await marks(page, "Bits against SSIMULACRA 2").count(), 2);
    assert.match(await page.locator("main").innerText(), /webp takes 20.% fewer bytes/);
    assert.equal(await page.getByRole("columnheader", { name: "SSIMULACRA 2" }).count(), 1, "in the table of costs; the other is closed");
    await page.getByText("Each reconstruction beside its original").first().click();
    assert.ok((await page.getByRole("region", { name: "Each reconstruction beside its original" }).innerText()).includes(shown));
  });
});

test("decoders of the same bytes stand on the plane of each and all, with what realism need not exceed", async () => {
  const row = (name, psnr, lost) => codec(name, 0.3, lost, 0.1, { family: name.replace("q=10", "").replace(":,", ":").replace(/:$/, ""), paired: {
    documents: 24, remarks: [], measures: [["psnr", psnr, "dB"], ["lost", 0.3, "share"]].map(([key, value, unit]) => ({
      name: key, mean: figure(value, 0.02, { unit, floor: undefined }), worst: { value, unit }, worstDocument: "a.png", worstValue: value })) } });
  const rows = [row("jpeg:q=10", 24.6, 0.6), row("jpeg:q=10,decode=mean", 25, 0.52), row("jpeg:q=10,decode=sample", 22.3, 0.19)];
  const title = "Each picture, and all of them: PSNR";
  await quiet(make(images(rows)), {}, async (page) => {
    assert.equal(await marks(page, title).count(), 3);
    const chart = page.locator("figure", { has: page.getByRole("heading", { name: title }) });
    assert.equal(await chart.locator(".reach-ends > *").count(), 1);
    assert.equal(await chart.locator(".reach-labels").textContent(), "\u2212 3.01 dB");
    assert.equal(await page.getByRole("heading", { name: "Each one, and all of them: detail lost" }).count(), 1);
  });
  await quiet(make(images(rows.slice(0, 1))), {}, async (page) => assert.equal(await page.getByRole("heading", { name: title }).count(), 0, "plain decoders alone have no such plane"));
});

test("a text and what became of it stand side by side, with what is in one alone marked", () => quiet(make(texts({ exhibits: [{
  row: "ngram:order=3", kind: "worst", caption: "a.txt: of 8 documents the one that it served worst.", files: [],
  original: [{ text: "It was ", class: "plain" }, { text: "a dark", class: "lost" }], spans: [{ text: "It was ", class: "plain" }, { text: hostile, class: "invented" }],
}] })), {}, async (page) => {
  assert.deepEqual(await page.locator(".pair blockquote").allTextContents().then((all) => all.map((text) => text.slice(0, 7))), ["It was ", "It was "]);
  assert.equal(await page.locator(".pair .span.lost").count(), 1);
  assert.equal(await page.locator(".pair .span.invented").count(), 1);
  assert.ok((await page.locator(".pair .span.invented").textContent()).includes("<script>"));
}));

for (const width of [1200, 400]) {
  test(`models against another: the plane with its frontier, domains, passages and words at ${width}`, () => quiet(make(compared()), { width, bypassCSP: true }, async (page) => {
    const models = compared().rows.filter((row) => row.against), others = models.slice(1);
    const section = page.locator(`section[aria-label="Against another model"]`);
    assert.match(await section.locator(".lead").first().innerText(), /gguf:f32\.gguf, which is p here, at 9\u202f000 tokens of held-out text/);
    assert.equal(await marks(page, "Size against lost").count(), models.length);
    const place = (name) => section.locator(`g.points > [aria-label*="${name}"]`).first().boundingBox();
    const [q8, q5, q4] = [await place("q8"), await place("q5"), await place("q4")];
    assert.ok(q8.x > q5.x && q5.x > q4.x, "larger files stand on the right");
    assert.ok(q5.y < q4.y && q4.y < q8.y, "more lost stands higher");
    // All but one lie on the frontier, a corner each: another is smaller and loses less.
    const frontier = await section.locator("g.frontier path").getAttribute("d");
    const corners = frontier.match(/[\d.]+(?=,)/g).map(Number);
    const across = async (name) => Number((await section.locator(`g.points > [aria-label*="${name}"]`).first().getAttribute("transform")).match(/[\d.]+/)[0]);
    const isCorner = async (name) => { const x = await across(name); return corners.some((corner) => Math.abs(corner - x) < 0.01); };
    assert.deepEqual([await isCorner("q8"), await isCorner("q5"), await isCorner("q4")], [true, false, true], frontier);
    // A panel a domain, a bar a model, and the one with twice the loss is twice as long.
    const bars = await section.locator(".panel").evaluateAll((panels) => panels.map((panel) => [...panel.querySelectorAll(".bar")].map((bar) => bar.getBoundingClientRect().width)));
    assert.deepEqual(bars.map((all) => all.length), [others.length, others.length]);
    // Each says whose it is, and how much.
    const said = await section.locator(".panel").first().locator("li").allInnerTexts();
    others.forEach((row, i) => assert.ok(said[i].includes(row.name.slice(-4)) && /\d/.test(said[i]), `${said[i]} is not ${row.name}`));
    // No line joins files that are no settings of one.
    assert.equal(await section.locator("g.joins").count(), 0);
    bars[0].forEach((length, i) => assert.ok(Math.abs(bars[1][i] - 2 * length) < 1, `${bars[1][i]} is not twice ${length}`));
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    // Two passages a model, the darker the more is lost.
    const passages = section.locator(".passage");
    assert.equal(await passages.count(), 2 * others.length);
    const shades = await passages.first().locator(".shade").evaluateAll((all) => all.map((e) => getComputedStyle(e).backgroundColor));
    assert.equal(shades.length, 20);
    assert.equal(new Set(shades.slice(0, 10)).size, 10, "ten losses, ten colours");
    assert.equal(shades[3], shades[13], "the same loss, the same colour");
    await passages.first().locator(".shade").nth(19).hover();
    assert.match(await page.locator(".tip").innerText(), /lost 0\.900[^]*10\.000 bits more/);
    const words = section.getByRole("region", { name: "Words that changed most" });
    assert.equal(await words.count(), others.length);
    assert.match(await words.first().innerText(), /latch\s+90\s+0\.016\s+0\.024/);
    assert.match(await section.getByRole("region", { name: "What went first" }).innerText(), /q4\.gguf[^]*0\.875[^]*0\.030[^]*0\.0060[^]*0\.024/);
    // Names are text, and nothing sticks out.
    assert.equal(await section.locator("script").count(), 0);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.addScriptTag({ content: axe });
    const found = await page.evaluate(() => globalThis.axe.run(document.querySelector("section[aria-label='Against another model']"), { runOnly: ["wcag2a", "wcag2aa"] }));
    assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.length}`), []);
  }));
}

test("your prompts stand beside what was said to them", () => {
  const prompts = [{ prefix: "The key is", suffix: "under the mat", said: "The key is under the mat.", exact: true }, { prefix: hostile, suffix: "", said: hostile, exact: false, bits: 7.25 }];
  const asked = texts();
  const file = make({ ...asked, rows: asked.rows.map((row) => (row.extraction ? { ...row, extraction: { ...row.extraction, prompts, asMessages: true, trainingTried: 0, heldOutTried: 0 } } : row)) });
  return quiet(file, {}, async (page) => {
    const table = page.getByRole("region", { name: "What it answers to your prompts" }).first();
    assert.match(await table.innerText(), /The key is\s+The key is under the mat\.\s+under the mat\s+said/);
    assert.match(await table.locator("tbody tr").nth(1).innerText(), /7\.3|7\.2/);
    assert.match(await page.locator("body").innerText(), /each prompt was sent as what a user says/);
    assert.doesNotMatch(await page.locator("body").innerText(), /it goes on with the next/);
    assert.equal(await table.locator("script").count(), 0);
  });
});

test("rows go by their labels, and their names stand in full at the end", () => quiet(make(texts()), {}, async (page) => {
  const name = texts().rows.at(-1).name;
  for (const text of [await page.locator(".answer").innerText(), ...await page.locator("tbody th, option, .rows text, .labels text").allTextContents()]) assert.ok(!text.includes("layers=4"), text);
  assert.ok(await page.getByRole("button", { name: "transformer", exact: true }).count() > 0);
  await page.getByText("Names in full", { exact: true }).click();
  const names = await page.locator(".names").innerText();
  assert.ok(names.includes(name) && names.includes("0123456789abcdef".repeat(4)));
}));

test("copies, coders without loss and curves are tables with what they mean", async () => {
  const result = texts({ lossless: { trainingBytes: 1000, ofTraining: 1000, heldOutBytes: 500, ofHeldOut: 1000, coders: [{ name: "xz", version: "5.4", training: { value: 2.9, unit: "bits/byte" }, heldOut: { value: 2.7, unit: "bits/byte" }, together: { value: 2.8, unit: "bits/byte" } }] } });
  result.rows[2].ledgers[0].curve = [1, 4].map((t) => ({ t, lost: { low: 0.31 / t, unit: "share" }, invented: { low: 0.62 / t, unit: "share" } }));
  await quiet(make(result), {}, async (page) => {
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    const table = async (name) => (await page.getByRole("region", { name }).locator("tbody tr").allInnerTexts()).map((row) => row.replace(/\s+/g, " "));
    const copying = await table("All figures of copying");
    assert.equal(copying.length, 4, "the yardstick's and the models'");
    assert.match(copying[1], /ngram:order=3 12 % 10 to 14 floor 8 % 6 181 4 % 2 to 6 9 of 200 less 1 of 200/);
    assert.deepEqual(await table("Coders without loss"), ["xz 5.4 2.90 2.70 2.80"]);
    assert.match(await page.locator("main").innerText(), /of the held-out text the first 500 of 1.000 bytes/);
    assert.deepEqual(await table("View: words:2, beyond t times"), ["ngram:order=3 \u2265 31 % \u2265 62 % \u2265 8 % \u2265 16 %"]);
    for (const name of ["copied", "extracted", "without loss", "beyond t times"]) assert.equal(await page.locator("dt", { hasText: new RegExp(`^${name}`) }).count(), 1, name);
  });
});

test("on paper all layers stand beside each other", () => quiet(files.images, {}, async (page) => {
  await page.emulateMedia({ media: "print" });
  const tops = await page.locator(".viewer").first().locator(".layer").evaluateAll((all) => all.map((e) => [getComputedStyle(e).visibility, getComputedStyle(e).clipPath, e.getBoundingClientRect().left < 300, Math.round(e.getBoundingClientRect().top)]));
  assert.deepEqual(tops.map(([visible, clip]) => [visible, clip]), Array(4).fill(["visible", "none"]));
  assert.equal(new Set(tops.map(([, , , top]) => top)).size, 2);
}));

test("on paper everything is open and light", () => quiet(files.images, { colorScheme: "light" }, async (page) => {
  const pdf = await page.pdf();
  assert.ok(pdf.length > 20000);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator("details:not([open])").count(), 0);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.ok((await page.locator("details:not([open])").count()) > 0);
}));
