// What tables say of figures: whose floor it is, and what has no interval.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { make, open, pageOf, start, stop } from "./browser.mjs";
import { images, study, studyFolder } from "./fixtures.mjs";

before(start);
after(stop);

/** What a page shows, asked without a complaint of it. */
async function read(file, body) {
  const page = await open(file, {});
  try {
    await body(page);
    assert.deepEqual(page.noted, []);
  } finally {
    await page.close();
  }
}

test("a floor that all rows have stands once, and rows with floors of their own say so", async () => {
  const result = images();
  result.rows = result.rows.map((row) => (row.kind !== "Shuffled" ? row : { ...row, ledgers: row.ledgers.map((ledger) => ({ ...ledger, lost: { ...ledger.lost, floor: 0.35 } })) }));
  await read(make(result), async (page) => {
    const table = page.getByRole("region", { name: "Ledger of every compressor" });
    const cells = (await table.locator("tfoot td").allInnerTexts()).map((text) => text.replace("\u00a0", " "));
    assert.deepEqual(cells.slice(0, 4), ["", "by row", "8 %", "8 %"]);
    const title = (name) => table.locator("tbody tr", { has: page.getByRole("button", { name, exact: true }) }).locator("td").nth(1).getAttribute("title");
    assert.match(await title("shuffled"), /^floor 35.%$/);
    assert.match(await title("jpeg:q=10"), /^floor 8.%$/);
    assert.match(await page.locator("main").innerText(), /Floor by row: each row is looked at from where it differs most/);
  });
  await read(make(images()), async (page) => {
    assert.deepEqual((await page.locator("tfoot td").allInnerTexts()).filter((text) => text === "by row"), []);
    assert.doesNotMatch(await page.locator("main").innerText(), /Floor by row/);
  });
});

test("an effect that is the same in every block has no interval", async () => {
  const content = study();
  assert.ok(content.rows.every((row) => new Set(row.values.stored).size === 1));
  await read(pageOf(studyFolder(content)), async (page) => {
    const table = page.getByRole("region", { name: "Effects", exact: true });
    const heads = await table.locator("thead th").allInnerTexts();
    const small = (name) => table.locator("tbody tr").first().locator("td").nth(heads.indexOf(name) - 1).locator("small").innerText();
    assert.equal(await small("stored"), "always");
    assert.match(await small("generalized"), /^\[/);
  });
});
