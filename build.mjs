// Bundles the entry points into `dist`; dependencies stay external and are loaded when they are needed. With `--types`
// the declarations of the library come with it.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: ["src/cli/cli.ts", "src/index.ts", "src/eslint/eslint.ts"],
  outdir: "dist",
  entryNames: "[name]",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  packages: "external",
  legalComments: "none",
  logLevel: "warning",
});
if (process.argv.includes("--types")) writeDeclarations();

/** Types are checked by `npm run types`; here they are only written, and only those the library's own lead to. */
function writeDeclarations() {
  const compiler = "node_modules/typescript-7/bin/tsc";
  execFileSync(process.execPath, [compiler, "-p", "tsconfig.build.json", "--noCheck"], { stdio: "inherit" });
  const needed = new Set();
  const pending = ["index", "eslint/eslint"].map((entry) => resolve(`dist/types/src/${entry}.d.ts`));
  for (let path = pending.pop(); path; path = pending.pop()) {
    if (needed.has(path)) continue;
    needed.add(path);
    const text = readFileSync(path, "utf8");
    for (const [, target] of text.matchAll(/(?:from |import\()"(\.[^"]+)\.ts"/g)) {
      pending.push(resolve(path, "..", `${target}.d.ts`));
    }
    // Users compile without allowImportingTsExtensions.
    writeFileSync(path, text.replaceAll(/((?:from |import\()"\.[^"]+)\.ts"/g, '$1.js"'));
  }
  for (const entry of readdirSync("dist/types", { recursive: true, withFileTypes: true })) {
    const path = resolve(join(entry.parentPath, entry.name));
    if (entry.isFile() && !needed.has(path)) rmSync(path);
  }
}
