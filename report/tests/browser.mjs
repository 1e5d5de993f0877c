// Pages made by the vestige command, opened in a real browser.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { folder } from "./fixtures.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = join(root, "artifacts/bin/Vestige.Cli/release/Vestige.Cli.dll");
const places = [process.env.VESTIGE_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

let browser;

export async function start() {
  const executablePath = places.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error("no Chromium here: install it, or name it in VESTIGE_CHROMIUM");
  // Its sandbox needs rights that a container may not give; what is opened is made here.
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

export const stop = () => browser.close();

/** Makes the page of these results; its path. */
export function make(results, pictures) {
  const made = folder(results, pictures);
  return pageOf(made);
}

/** Makes the page of this folder; its path. */
export const pageOf = (made) => execFileSync("dotnet", [program, "report", made], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();

/** Opens a page and notes what it asks for, complains of, and pops up. */
export async function open(file, { width = 1200, height = 900, ...options } = {}) {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: "reduce", ...options });
  const noted = [];
  page.on("request", (request) => !request.url().startsWith("data:") && request.url() !== pathToFileURL(file).href && noted.push("request: " + request.url()));
  page.on("console", (message) => noted.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => noted.push("error: " + error.stack));
  page.on("dialog", (dialog) => (noted.push("dialog: " + dialog.message()), dialog.dismiss()));
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => [...document.querySelectorAll(".chart")].every((chart) => chart.querySelector("svg")));
  return Object.assign(page, { noted });
}
