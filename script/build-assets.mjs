// Build the styles, the script, the fonts and the marks into handrail/design/static/built/ (ignored by git).
// A component is found by its folder: components/NAME/NAME.scss and components/NAME/NAME.js are taken in when they exist.
import { build } from "esbuild";
import { cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as sass from "sass";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const design = path.join(root, "handrail/design");
const packages = path.join(root, "node_modules");
const target = path.join(design, "static/built");
const unfinished = `${target}.${process.pid}`;

const FONTS = [
  ["atkinson-hyperlegible-next", ["400-normal", "400-italic", "700-normal"]],
  ["fraunces", ["600-normal"]],
];
const SUBSETS = ["latin", "latin-ext"];

const components = (await readdir(path.join(design, "components"), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith("_"))
  .map((entry) => entry.name)
  .sort();
const withFile = (suffix) => components.filter((name) => existsSync(path.join(design, "components", name, name + suffix)));

async function styles() {
  const source = ['@use "styles/handrail";', ...withFile(".scss").map((name) => `@use "components/${name}/${name}";`)];
  const { css } = sass.compileString(source.join("\n"), {
    url: pathToFileURL(path.join(design, "everything.scss")),
    loadPaths: [design, packages],
    style: "compressed",
    quietDeps: true,
  });
  await writeFile(path.join(unfinished, "handrail.css"), css);
}

async function scripts() {
  const lines = ['import "./scripts/handrail.js";', ...withFile(".js").map((name) => `import "./components/${name}/${name}.js";`)];
  await build({
    stdin: { contents: lines.join("\n"), resolveDir: design },
    nodePaths: [packages],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    legalComments: "none",
    outfile: path.join(unfinished, "handrail.js"),
  });
}

async function fonts() {
  const folder = path.join(unfinished, "fonts");
  await mkdir(folder);
  for (const [family, faces] of FONTS)
    for (const subset of SUBSETS)
      for (const face of faces) {
        const name = `${family}-${subset}-${face}.woff2`;
        await cp(path.join(packages, "@fontsource", family, "files", name), path.join(folder, name));
      }
}

await mkdir(unfinished, { recursive: true });
await Promise.all([styles(), scripts(), fonts(), cp(path.join(design, "marks"), unfinished, { recursive: true })]);
await rm(target, { recursive: true, force: true });
await rename(unfinished, target);
