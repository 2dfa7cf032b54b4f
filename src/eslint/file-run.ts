import type { Rule as Eslint } from "eslint";
import { extname, relative, resolve, sep } from "node:path";
import { fileKinds } from "../cli/file-kinds.ts";
import type { EsComment, EsNode } from "../languages/javascript/es-node.ts";
import { javascript } from "../languages/javascript/javascript.ts";
import { lowerProgram } from "../languages/javascript/lower-program.ts";
import { readPython } from "../languages/python/python.ts";
import type { Module } from "../program/program.ts";
import type { Finding } from "../rule/finding.ts";
import { readSettings } from "./plugin-settings.ts";
import type { LintedText } from "./workspace.ts";
import { workspaceOf } from "./workspaces.ts";

type Context = Eslint.RuleContext;

/** What ESLint gives a rule of a file, as far as this plugin reads it; the tree is of whatever language it is in. */
interface RootNode {
  readonly type?: unknown;
  readonly comments?: readonly EsComment[];
}

/** A rule that waits for its findings. */
export interface WaitingRule {
  readonly id: string;
  readonly options: object;
  /** Says of a file what was found in it. */
  readonly report: (finding: Finding) => void;
  /** Says that a rule broke, as a whole sentence. */
  readonly reportFailure: (message: string) => void;
}

/** The one run of the engine for one file: all rules that are on enter themselves, and then it is started once. */
class FileRun {
  readonly #context: Context;
  readonly #text: string;
  readonly #waiting: WaitingRule[] = [];
  isStarted = false;

  constructor(context: Context) {
    this.#context = context;
    this.#text = context.sourceCode.text;
  }

  /** Whether a context is that of the same file. Oxlint has one object for the source code of all files. */
  isFor({ filename, sourceCode }: Context): boolean {
    const own = this.#context;
    return own.filename === filename && own.sourceCode === sourceCode && this.#text === sourceCode.text;
  }

  enter(rule: WaitingRule): void {
    this.#waiting.push(rule);
  }

  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    const linted = lintedText(this.#context);
    if (!linted) return;
    const { cwd, settings } = this.#context;
    const workspace = workspaceOf(cwd, readSettings(settings["promptlint"]));
    const enabled = new Map(this.#waiting.map(({ id, options }) => [id, options]));
    const { findings, failures } = workspace.lint(linted, enabled);
    for (const finding of findings) {
      for (const rule of this.#waiting) if (rule.id === finding.ruleId) rule.report(finding);
    }
    for (const failure of failures) this.#waiting[0]?.reportFailure(failure);
  }
}

let current: FileRun | undefined;

/**
 * Enters a rule into the run for the file of its context.
 * @returns what starts the run, to be called when all rules have been entered
 */
export function enterRule(context: Context, rule: WaitingRule): () => void {
  if (!current || current.isStarted || !current.isFor(context)) current = new FileRun(context);
  const run = current;
  run.enter(rule);
  return () => run.start();
}

/** The type of the node at the root of a file's tree; undefined where it does not say. */
export function rootType({ sourceCode }: Context): string | undefined {
  const { type } = sourceCode.ast as RootNode;
  return typeof type === "string" ? type : undefined;
}

/** What is to be linted; undefined for a file that promptlint cannot read. */
function lintedText({ cwd, filename, sourceCode }: Context): LintedText | undefined {
  const path = relative(cwd, resolve(cwd, filename)).split(sep).join("/");
  const extension = extname(path).toLowerCase();
  const { text } = sourceCode;
  const isKnown = fileKinds.has(extension);
  // Components of frameworks and texts without a name hold JavaScript if ESLint reads it there.
  if (!javascript.extensions.includes(extension) && (isKnown || !hasProgram(sourceCode))) {
    if (!isKnown) return undefined;
    return { path, text, readProgram: () => readCell(path, text) };
  }
  return {
    path,
    text,
    readProgram: () => {
      if (!hasProgram(sourceCode)) return undefined;
      const ast = sourceCode.ast as EsNode & RootNode;
      return lowerProgram(ast, text, path, ast.comments ?? []);
    },
  };
}

/**
 * The program of a text that is not what its path says: editors lint each cell of a notebook they show as one, under
 * the path of the whole.
 */
function readCell(path: string, text: string): Module | undefined {
  return /\.ipynb$/i.test(path) && !/^\s*\{/.test(text) ? readPython(text, path) : undefined;
}

/** Whether ESLint has read a file as JavaScript or TypeScript. */
function hasProgram(sourceCode: Context["sourceCode"]): boolean {
  return (sourceCode.ast as RootNode).type === "Program" && "scopeManager" in sourceCode;
}
