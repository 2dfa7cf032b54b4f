#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import packageJson from "../../package.json" with { type: "json" };
import { run } from "./run.ts";

// Whoever reads the report may stop early, as `head` does: the rest is then written to nobody.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// V8 lets garbage grow to several times what is in use; a linter that runs beside editors and builds collects it earlier,
// which costs it no measurable time.
setFlagsFromString("--heap-growing-percent=20");

// In CI a terminal may be pretended, and nobody sits in front of it.
const isInteractive = process.stderr.isTTY === true && !process.env["CI"] && process.env["TERM"] !== "dumb";

function progress(text: string | undefined): void {
  process.stderr.write(text === undefined ? "\r\x1b[K" : `\r\x1b[K${text}`);
}

async function ask(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return true;
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return !/^\s*n/i.test(await lines.question(`${question} [Y/n] `));
  } finally {
    lines.close();
  }
}

// Not process.exit(): a report that is longer than the pipe holds is still on its way.
process.exitCode = await run(
  process.argv.slice(2),
  {
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    env: process.env,
    isTTY: process.stdout.isTTY === true,
    columns: process.stdout.columns,
    version: packageJson.version,
    ...(isInteractive && { ask, progress }),
    // The names of all other parts of a build hold their hashes, and this file holds the names.
    build: () =>
      createHash("sha256")
        .update(readFileSync(import.meta.filename))
        .digest("hex"),
    // Beside the folder that this file is bundled into.
    pages: fileURLToPath(new URL("../rules", import.meta.url)),
  },
  async () => (await import("./load-linter.ts")).loadLinter(),
);
