import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");

/** The plugin as it is published, and a folder of somebody who uses it. */
export interface BuiltPlugin {
  /** Absolute path of the plugin's module. */
  readonly plugin: string;
  /** Absolute path of an empty folder that sees the packages of this repository. */
  readonly folder: string;
  /** Removes both. */
  remove(): void;
}

/** Bundles the plugin for a process of its own. @param name tells the builds of several tests apart */
export async function buildPlugin(name: string): Promise<BuiltPlugin> {
  // Below node_modules, so that what is not bundled is found from there.
  const output = join(root, `node_modules/.promptlint-test-${name}`);
  await build({
    entryPoints: [join(root, "src/eslint/eslint.ts")],
    outdir: output,
    bundle: true,
    splitting: true,
    format: "esm",
    outExtension: { ".js": ".mjs" },
    platform: "node",
    packages: "external",
    logLevel: "error",
  });
  const folder = mkdtempSync(join(tmpdir(), "promptlint-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
  return {
    plugin: join(output, "eslint.mjs"),
    folder,
    remove() {
      rmSync(output, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
