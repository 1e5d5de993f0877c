// Bundles the page into one HTML file with one slot for its data: node bundle.mjs OUT
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "page.html");
const options = { bundle: true, minify: true, write: false, legalComments: "none", logLevel: "warning", absWorkingDir: here };

const script = await build({ ...options, entryPoints: ["src/main.ts"], format: "iife", target: "es2022", charset: "utf8", metafile: true });
const style = await build({ ...options, entryPoints: ["src/style.css"] });
const js = script.outputFiles[0].text.trim();
const css = style.outputFiles[0].text.trim();
if (/<\/script|<!--/i.test(js) || /<\/style/i.test(css)) throw new Error("the bundle would end its own element");

// Only the bundled script may run, and nothing may be fetched, whatever names and texts the data holds.
const hash = createHash("sha256").update(js).digest("base64");
const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
const parts = { policy, css, js, licences: licences(Object.keys(script.metafile.inputs)) };
const page = readFileSync(join(here, "src/page.html"), "utf8").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out + ".tmp", page);
renameSync(out + ".tmp", out);

// Whose code is in the bundle, under which terms: the page is passed on, so they go with it.
function licences(inputs) {
  const packages = new Set(inputs.map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter(Boolean));
  const terms = new Map();
  for (const name of [...packages].sort()) {
    const root = join(here, "node_modules", name);
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const text = readFileSync(join(root, "LICENSE"), "utf8").trim().replace(/-->/g, "-- >");
    terms.set(text, [...(terms.get(text) ?? []), `${name} ${version}`]);
  }
  return [...terms].map(([text, names]) => `${names.join(", ")}:\n\n${text}`).join("\n\n");
}
