// Bundles the entry points into `dist`; dependencies stay external and are loaded when they are needed.
import { build } from "esbuild";
import { existsSync, rmSync } from "node:fs";

const entryPoints = ["src/cli/cli.ts", "src/index.ts"].filter((path) => existsSync(path));
rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints,
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
