// How long a page takes to open, from navigation until every chart in view is drawn: node bench/page.mjs PAGE [RUNS]
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { createRequire } from "node:module";
import { existsSync, statSync } from "node:fs";

const { chromium } = createRequire(new URL("../report/package.json", import.meta.url))("playwright-core");
const [file, runs = "7"] = process.argv.slice(2);
if (!file) throw new Error("node bench/page.mjs PAGE [RUNS]");
const executablePath = [process.env.VESTIGE_CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((place) => place && existsSync(place));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const times = [];
for (let run = 0; run < Number(runs); run++) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  await page.goto(pathToFileURL(resolve(file)).href, { waitUntil: "commit" });
  await page.waitForFunction(() => document.querySelector(".chart") && [...document.querySelectorAll(".chart")].every((chart) => chart.querySelector("svg")));
  // The browser's own clock: what waiting for this script costs is not the page's.
  times.push(await page.evaluate(() => Math.max(performance.getEntriesByType("paint").at(-1)?.startTime ?? 0, performance.getEntriesByType("navigation")[0].loadEventEnd)));
  await page.close();
}
await browser.close();
times.sort((a, b) => a - b);
console.log(`${file}: ${(statSync(file).size / 1e6).toFixed(2)} MB, opens in ${Math.round(times[times.length >> 1])} ms (median of ${times.length}; ${Math.round(times[0])} to ${Math.round(times.at(-1))})`);
