// Measures the built command beside other programs, in one run: `npm run bench -- [folder] [--files n] [--rounds n]
// [--edit file]`. Without a folder it generates a corpus of Python and TypeScript files. Files to edit are relative to
// the folder, get a line more for each run with stored results, and are put back. Nothing is fetched: `ast-grep` is taken from
// the path, if it is there. Times are medians in milliseconds of wall time, the programs taking turns; what counts are
// the ratios.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { generateCorpus } from "./bench-corpus.mjs";

/** One rule for each language: calls that carry a cache mark. */
const rulesOfAstGrep = `id: python
language: Python
rule: { pattern: '{"type": "ephemeral"}' }
---
id: typescript
language: TypeScript
rule: { pattern: "cache_control: $MARK" }
`;

/** The least that any of the programs has to do: read all files of the folder. */
const readingProgram = `
  const { readdirSync, readFileSync } = require("node:fs");
  const { join } = require("node:path");
  for (const entry of readdirSync(".", { recursive: true, withFileTypes: true }))
    if (entry.isFile() && /\\.(?:py|[cm]?[jt]sx?)$/.test(entry.name)) readFileSync(join(entry.parentPath, entry.name), "latin1");
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: "string", default: "5000" },
    rounds: { type: "string", default: "5" },
    growth: { type: "boolean", default: false },
    edit: { type: "string", multiple: true },
  },
});
const rounds = Number(values.rounds);
const cli = resolve("dist/cli.js");
const oxlint = resolve("node_modules/oxlint/bin/oxlint");
const scratch = mkdtempSync(join(tmpdir(), "promptlint-bench-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** Writes the most memory a Node process has held, in KiB, when it ends. */
const memoryFile = join(scratch, "memory");
const noteMemory = `data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from "node:fs";
   process.on("exit", () => writeFileSync(${JSON.stringify(memoryFile)}, String(process.resourceUsage().maxRSS)));`,
)}`;

const node = (...args) => ({ file: process.execPath, args });
const promptlint = (...args) => node("--import", noteMemory, cli, ...args);
const astGrep = findAstGrep();

const corpus =
  positionals[0] === undefined
    ? generateCorpus(join(scratch, "corpus"), Number(values.files))
    : resolve(positionals[0]);
const { python, typescript, bytes } = count(corpus);
console.log(
  `${python} Python and ${typescript} TypeScript or JavaScript files, ${(bytes / 1e6).toFixed(1)} MB, ${rounds} rounds`,
);

compare("start", { node: node("-e", "0"), promptlint: node(cli, "--version") }, scratch);

const rule = join(scratch, "rules.yml");
writeFileSync(rule, rulesOfAstGrep);
compare(
  "cold run",
  {
    reading: node("-e", readingProgram),
    ...(astGrep && { "ast-grep": { file: astGrep, args: ["scan", "--rule", rule, "."] } }),
    ...(typescript > 0 && { oxlint: node(oxlint, "--silent", ".") }),
    promptlint: promptlint("--no-config", "--format", "json", "."),
  },
  corpus,
);
console.log(
  `  memory of promptlint: ${Math.round(Number(readFileSync(memoryFile, "utf8")) / 1024)} MiB at most`,
);
if (!astGrep) console.log("  ast-grep is not on the path and was left out");

const cache = join(scratch, "cache");
const cached = promptlint("--no-config", "--format", "json", "--cache", "--cache-location", cache, ".");
runOnce(cached, corpus);
compare("warm run", { cold: promptlint("--no-config", "--format", "json", "."), warm: cached }, corpus);
// The first two of the generated files are a sender and one that nothing else needs.
const edited =
  values.edit ?? (positionals[0] === undefined ? ["package0/part0.py", "package0/part4.py"] : []);
for (const path of edited) {
  const file = join(corpus, path);
  const before = readFileSync(file, "utf8");
  const putBack = () => writeFileSync(file, before);
  process.prependListener("exit", putBack);
  let count = 0;
  const edit = () => {
    const name = `bench_edit_${count++}`;
    writeFileSync(file, `${before}\n${path.endsWith(".py") ? `${name} = 1` : `export const ${name} = 1;`}\n`);
  };
  runOnce(cached, corpus);
  compare(
    `one edit of ${path}`,
    { cold: promptlint("--no-config", "--format", "json", "."), warm: { ...cached, before: edit } },
    corpus,
  );
  process.off("exit", putBack);
  putBack();
}

if (values.growth) {
  const step = generateCorpus(join(scratch, "step"), 1000);
  const large = join(scratch, "large");
  for (let copy = 0; copy < 50; copy++) cpSync(step, join(large, `copy${copy}`), { recursive: true });
  const once = medianOf(() => runOnce(promptlint("--no-config", "--format", "json", "."), step));
  const fifty = medianOf(() => runOnce(promptlint("--no-config", "--format", "json", "."), large));
  const start = medianOf(() =>
    runOnce(promptlint("--no-config", "--format", "json", "."), join(scratch, "empty")),
  );
  console.log(
    `growth: 1,000 files ${once.toFixed(0)}, 50,000 files ${fifty.toFixed(0)}, per file ${((fifty - start) / 50 / (once - start)).toFixed(2)}x`,
  );
}

/** Runs programs in turns and prints the median of each, and its ratio to the first one. */
function compare(title, programs, folder) {
  const times = new Map(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, program] of Object.entries(programs)) times.get(name).push(runOnce(program, folder));
  }
  const medians = [...times].map(([name, all]) => [name, median(all)]);
  const last = medians.at(-1)[1];
  console.log(`${title}:`);
  for (const [name, time] of medians) {
    console.log(
      `  ${name.padEnd(10)} ${time.toFixed(0).padStart(7)} ms   ${medians.at(-1)[0]} takes ${(last / time).toFixed(2)}x of it`,
    );
  }
}

/** Milliseconds that a program takes in a folder. */
function runOnce({ file, args, before: prepare }, folder) {
  mkdirSync(folder, { recursive: true });
  prepare?.();
  const before = performance.now();
  const { error, signal, status } = spawnSync(file, args, { cwd: folder, stdio: "ignore" });
  if (error) throw error;
  if (signal || status > 1) throw new Error(`${file} ${args.join(" ")} ended with ${signal ?? status}`);
  return performance.now() - before;
}

function medianOf(run) {
  return median(Array.from({ length: rounds }, run));
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function findAstGrep() {
  try {
    execFileSync("ast-grep", ["--version"], { stdio: "ignore" });
    return "ast-grep";
  } catch {
    return undefined;
  }
}

function count(folder) {
  const found = { python: 0, typescript: 0, bytes: 0 };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /(?:^|\/)(?:node_modules|\.git)(?:\/|$)/.test(entry.parentPath)) continue;
    const extension = extname(entry.name);
    if (extension === ".py") found.python++;
    else if (/^\.[cm]?[jt]sx?$/.test(extension)) found.typescript++;
    else continue;
    found.bytes += readFileSync(join(entry.parentPath, entry.name)).length;
  }
  return found;
}
