import { parseArgs } from "node:util";
import type { PresetName } from "../engine/presets.ts";
import type { Severity } from "../rule/finding.ts";
import type { Confidence } from "../value/scope.ts";
import type { FixType } from "./apply-passes.ts";
import { cacheFolder } from "./cache-folder.ts";
import type { ComparedWith } from "./changes/find-changes.ts";
import { nearest } from "./nearest.ts";
import { UsageError } from "./usage-error.ts";

const lintFormats = ["pretty", "compact", "json", "sarif", "github", "gitlab", "junit", "html"] as const;
const explainFormats = ["text", "json", "html"] as const;
const presets: readonly PresetName[] = ["recommended", "strict"];
const confidences: readonly Confidence[] = ["certain", "likely", "possible"];
const fixTypes: readonly FixType[] = ["safe", "suggestion"];
const severities: readonly (Severity | "off")[] = ["error", "warn", "off"];

const rulesFormats = ["text", "json"] as const;

type RulesFormat = (typeof rulesFormats)[number];
export type LintFormat = (typeof lintFormats)[number];
export type ExplainFormat = (typeof explainFormats)[number];

/** What the command is to do and, where it prints a report, in which form. */
export type Task =
  | { readonly command: "lint"; readonly format: LintFormat }
  | { readonly command: "explain"; readonly format: ExplainFormat }
  | { readonly command: "print-config"; readonly path: string }
  | { readonly command: "rules"; readonly id: string | undefined; readonly format: RulesFormat }
  | { readonly command: "help" | "version" | "init" };

/** A `--rule` as written; whether there is such a rule is not known yet. */
export interface RuleSetting {
  readonly id: string;
  readonly severity: Severity | "off";
}

/** The command line, understood. */
export interface Arguments {
  readonly task: Task;
  /** At least one. */
  readonly paths: readonly string[];
  readonly outputFile: string | undefined;
  readonly model: string | undefined;
  readonly rules: readonly RuleSetting[];
  /** Undefined: as the config says. */
  readonly preset: PresetName | undefined;
  /** The only config that counts; undefined: those that are found. */
  readonly config: string | undefined;
  /** True: no config is looked for. */
  readonly isWithoutConfig: boolean;
  /** Findings of this file are known and not reported; an update writes them to it. */
  readonly baseline: { readonly file: string; readonly isUpdated: boolean } | undefined;
  /** Only what a change is answerable for is reported. */
  readonly comparedWith: ComparedWith | undefined;
  /** The folder results are kept in, relative to the current one. */
  readonly cache: string | undefined;
  /** Undefined: nothing is fixed. A dry run writes nothing. */
  readonly fix: { readonly type: FixType; readonly isDry: boolean } | undefined;
  readonly minimumConfidence: Confidence;
  /** More warnings than this fail the run; infinite unless it was given. */
  readonly maximumWarnings: number;
  readonly quiet: boolean;
  /** Whether comments that suppress nothing fail the run. */
  readonly reportUnusedDirectives: boolean;
  readonly stats: boolean;
  /** Undefined: as the environment says. */
  readonly color: boolean | undefined;
}

/** First words that are no paths; a folder of such a name is written `./rules`. */
const commands = ["explain", "rules", "init"] as const;

const flags = {
  baseline: { type: "string" },
  cache: { type: "boolean" },
  "cache-location": { type: "string" },
  color: { type: "boolean" },
  config: { type: "string", short: "c" },
  fix: { type: "boolean" },
  "fix-dry-run": { type: "boolean" },
  "fix-type": { type: "string" },
  format: { type: "string", short: "f" },
  help: { type: "boolean", short: "h" },
  "max-warnings": { type: "string" },
  "min-confidence": { type: "string" },
  model: { type: "string" },
  "no-color": { type: "boolean" },
  "no-config": { type: "boolean" },
  "output-file": { type: "string", short: "o" },
  preset: { type: "string" },
  "print-config": { type: "string" },
  quiet: { type: "boolean" },
  "report-unused-disable-directives": { type: "boolean" },
  rule: { type: "string", multiple: true },
  since: { type: "string" },
  staged: { type: "boolean" },
  stats: { type: "boolean" },
  "update-baseline": { type: "boolean" },
  version: { type: "boolean", short: "v" },
} as const;

/**
 * Understands the arguments behind the command's name.
 * @throws UsageError for a flag that does not exist or a value it does not take.
 */
export function parseArguments(argv: readonly string[]): Arguments {
  // Not strict: parseArgs would explain a wrong flag in several sentences and suggest none. Each is checked here.
  const { tokens } = parseArgs({
    args: [...argv],
    options: flags,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    checkFlag(token.name, token.rawName, token.value, token.inlineValue === true);
    given.set(token.name, [...(given.get(token.name) ?? []), token.value ?? ""]);
  }
  // Where a flag is given twice, the last one counts, so that a script's flags can be overridden behind them.
  const last = (flag: keyof typeof flags): string | undefined => given.get(flag)?.at(-1);

  const [first = "", ...others] = positionals;
  const command = commands.find((name) => name === first);
  const paths = command ? others : positionals;
  return {
    task: taskOf(given, command, paths, last("format"), last("print-config")),
    paths: paths.length > 0 ? paths : ["."],
    outputFile: last("output-file"),
    model: last("model"),
    rules: (given.get("rule") ?? []).map(toRuleSetting),
    preset: optionally("--preset", last("preset"), presets),
    config: last("config"),
    isWithoutConfig: given.has("no-config"),
    baseline: baselineOf(given, last("baseline")),
    comparedWith: comparedWithOf(given, last("since")),
    cache: last("cache-location") ?? (given.has("cache") ? cacheFolder : undefined),
    fix: fixOf(given, last("fix-type")),
    minimumConfidence: oneOf("--min-confidence", last("min-confidence") ?? "likely", confidences),
    maximumWarnings: toMaximum(last("max-warnings")),
    quiet: given.has("quiet"),
    reportUnusedDirectives: given.has("report-unused-disable-directives"),
    stats: given.has("stats"),
    color: given.has("no-color") ? false : given.has("color") ? true : undefined,
  };
}

function baselineOf(given: ReadonlyMap<string, unknown>, file: string | undefined): Arguments["baseline"] {
  const isUpdated = given.has("update-baseline");
  if (isUpdated && file === undefined) throw new UsageError("--update-baseline needs --baseline FILE.");
  return file === undefined ? undefined : { file, isUpdated };
}

function comparedWithOf(
  given: ReadonlyMap<string, unknown>,
  reference: string | undefined,
): ComparedWith | undefined {
  const isStaged = given.has("staged");
  if (isStaged && reference !== undefined)
    throw new UsageError("--since and --staged can't be given together.");
  if (isStaged && (given.has("fix") || given.has("fix-dry-run"))) {
    throw new UsageError("--staged reads what is staged, which --fix does not change.");
  }
  if (given.has("update-baseline") && (isStaged || reference !== undefined)) {
    throw new UsageError(
      "--update-baseline takes all findings, so it can't be given with --since or --staged.",
    );
  }
  if (isStaged) return { kind: "staged" };
  return reference === undefined ? undefined : { kind: "since", reference };
}

function fixOf(given: ReadonlyMap<string, unknown>, type: string | undefined): Arguments["fix"] {
  const isDry = given.has("fix-dry-run");
  if (isDry || given.has("fix")) return { type: oneOf("--fix-type", type ?? "safe", fixTypes), isDry };
  if (type !== undefined) throw new UsageError("--fix-type needs --fix or --fix-dry-run.");
  return undefined;
}

function taskOf(
  given: ReadonlyMap<string, unknown>,
  command: (typeof commands)[number] | undefined,
  operands: readonly string[],
  format: string | undefined,
  printed: string | undefined,
): Task {
  if (given.has("help")) return { command: "help" };
  if (given.has("version")) return { command: "version" };
  if (given.has("config") && given.has("no-config")) {
    throw new UsageError("--config and --no-config can't be given together.");
  }
  if (printed !== undefined) return { command: "print-config", path: printed };
  if (command === "rules") {
    if (operands.length > 1) throw new UsageError("promptlint rules takes one rule, or none for all.");
    return { command, id: operands[0], format: oneOf("--format", format ?? "text", rulesFormats) };
  }
  if (command === "init") return { command };
  if (command === "explain")
    return { command: "explain", format: oneOf("--format", format ?? "text", explainFormats) };
  return { command: "lint", format: oneOf("--format", format ?? "pretty", lintFormats) };
}

function checkFlag(name: string, rawName: string, value: string | undefined, inline: boolean): void {
  if (!Object.hasOwn(flags, name)) {
    const [near] = name.length > 1 ? nearest(name, Object.keys(flags)) : [];
    const hint = near ? `did you mean --${near}?` : "promptlint --help lists all flags.";
    throw new UsageError(`Unknown flag ${rawName}: ${hint}`);
  }
  if (flags[name as keyof typeof flags].type === "boolean") {
    if (inline) throw new UsageError(`${rawName} takes no value, but was given "${value}".`);
    return;
  }
  // What looks like the next flag is no value, unless it was joined to this one by "=".
  if (value === undefined || value === "" || (!inline && value.startsWith("-"))) {
    throw new UsageError(`${rawName} needs a value.`);
  }
}

function oneOf<T extends string>(flag: string, value: string, accepted: readonly T[]): T {
  const found = accepted.find((one) => one === value);
  if (found === undefined) {
    throw new UsageError(`${flag} takes ${listed(accepted)}, but was given "${value}".`);
  }
  return found;
}

function optionally<T extends string>(
  flag: string,
  value: string | undefined,
  accepted: readonly T[],
): T | undefined {
  return value === undefined ? undefined : oneOf(flag, value, accepted);
}

function toRuleSetting(text: string): RuleSetting {
  const [, id, severity] = /^\s*([^\s:]+)\s*:\s*(\S+)\s*$/.exec(text) ?? [];
  if (id === undefined || severity === undefined) {
    throw new UsageError(`--rule takes "id: severity", such as "valid-ttl: warn", but was given "${text}".`);
  }
  return { id, severity: oneOf(`--rule "${id}"`, severity, severities) };
}

function toMaximum(text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (!/^\d+$/.test(text))
    throw new UsageError(`--max-warnings takes a whole number, but was given "${text}".`);
  return Number(text);
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
