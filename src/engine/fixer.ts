import type { SyntaxEditor } from "../languages/edit.ts";
import { applyTextEdits } from "../languages/edit.ts";
import { editJavaScript } from "../languages/javascript/javascript-editor.ts";
import { editJson } from "../languages/json/json-editor.ts";
import { readJson } from "../languages/json/json.ts";
import { editNotebook } from "../languages/notebook/notebook-editor.ts";
import { editPython } from "../languages/python/python-editor.ts";
import { editTemplate } from "../languages/template-editor.ts";
import { editYaml } from "../languages/yaml/yaml-editor.ts";
import { readYaml } from "../languages/yaml/yaml.ts";
import { markShapeOf } from "../request/mark-shape.ts";
import type { Dialect } from "../request/request.ts";
import type { Finding } from "../rule/finding.ts";
import type { Change, Fix, PlannedFix } from "../rule/fix.ts";
import type { ReportedFinding } from "../rule/rule.ts";
import type { Edit } from "../source/edit.ts";
import type { Problem } from "../source/problem.ts";
import { SourceFile, type Span } from "../source/source-file.ts";
import { isTemplatePath } from "./prompt-files.ts";
import { codeLanguages, type Project } from "./project.ts";

/** Stands for a text while the block around it is written. */
const slot = "promptlint-text";

/** Turns what rules plan into edits, in the language of each file. */
export class Fixer {
  readonly #project: Project;
  readonly #editors = new Map<string, SyntaxEditor | undefined>();
  /** How many problems each file has as it is. */
  readonly #problems = new Map<string, number>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** What a finding offers, without what is certain to be wrong or cannot be made. */
  offer({ fix, suggestions = [], confidence }: ReportedFinding): Pick<Finding, "fix" | "suggestions"> {
    // What is only possible is for a person to look at first.
    const made = fix && confidence !== "possible" ? this.fix(fix) : undefined;
    const offered = suggestions
      .flatMap((plan) => this.fix(plan) ?? [])
      .filter(({ edits }) => !made || printEdits(edits) !== printEdits(made.edits));
    return { ...(made && { fix: made }), ...(offered.length > 0 && { suggestions: offered }) };
  }

  /** The fix; undefined where one of its changes cannot be made, or what comes out could not be read. */
  fix({ description, changes }: PlannedFix): Fix | undefined {
    const edits: Edit[] = [];
    for (const change of changes) {
      const made = this.#make(change);
      if (!made) return undefined;
      for (const edit of made) if (!edits.some((other) => isSame(edit, other))) addEdit(edits, edit);
    }
    edits.sort(byPlace);
    const isClean =
      edits.length > 0 &&
      edits.every((edit, index) => index === 0 || !overlap(edits[index - 1]!, edit)) &&
      [...new Set(edits.map(({ span }) => span.file))].every((path) => this.#isReadable(path, edits));
    return isClean ? { description, edits } : undefined;
  }

  #make(change: Change): readonly Edit[] | undefined {
    const editor = this.#editor(change.at.file);
    switch (change.kind) {
      case "remove":
        return editor?.remove(change.at);
      case "setText":
        return editor?.setText(change.at, change.text);
      case "addMark": {
        const shape = markShapeOf(change.dialect);
        return shape && editor?.addMark?.(change.at, shape.form, shape.key, shape.value);
      }
      case "moveMark":
        return isOneFile(change.at, change.to) ? editor?.moveMark?.(change.at, change.to) : undefined;
      case "moveBehind":
        return isOneFile(change.at, change.to, change.mark ?? change.at)
          ? editor?.moveBehind?.(change.at, change.to, change.mark)
          : undefined;
      case "isolate":
        return editor?.isolate?.(change.at);
      case "split":
        return isOneFile(change.at, change.hole, change.end, ...change.marks)
          ? editor?.split?.(change.at, change.hole, change.end, change.marks, change.isTail)
          : undefined;
      case "markText": {
        const shape = markShapeOf(change.dialect);
        if (shape?.form !== "entry" || change.dialect !== "anthropic") return undefined;
        const block = { type: "text", text: slot, [shape.key]: shape.value };
        return editor?.wrap?.(change.at, [block], slot);
      }
      case "sort":
        return editor?.sort?.(change.at, change.by, change.onlyTexts ?? false);
      case "addArgument":
        return editor?.addArgument?.(change.at, change.name, change.value);
      case "moveToEnd":
        return editor?.moveToEnd?.(change.at);
      case "moveToMessage": {
        const block = textBlockOf(change.dialect);
        return block && isOneFile(change.at, change.hole ?? change.at, change.to)
          ? editor?.moveToText?.(change.at, change.hole, change.to, block, slot)
          : undefined;
      }
    }
  }

  #editor(path: string): SyntaxEditor | undefined {
    if (!this.#editors.has(path)) this.#editors.set(path, this.#makeEditor(path));
    return this.#editors.get(path);
  }

  #makeEditor(path: string): SyntaxEditor | undefined {
    const file = this.#project.file(path);
    if (!file) return undefined;
    if (/\.(?:jsonc?|jsonl|ndjson)$/i.test(path)) return editJson(file, readJson(file));
    if (/\.ya?ml$/i.test(path)) return editYaml(file, readYaml(file));
    if (/\.ipynb$/i.test(path)) return editNotebook(file);
    if (isTemplatePath(path)) return editTemplate(file);
    const module = this.#project.module(path);
    if (!module) return undefined;
    return module.language === "python" ? editPython(file.text, module) : editJavaScript(file.text, module);
  }

  /** True where the file can be read after the edits as well as before. */
  #isReadable(path: string, edits: readonly Edit[]): boolean {
    const file = this.#project.file(path);
    if (!file) return false;
    const own = edits.filter(({ span }) => span.file === path);
    const text = applyTextEdits(
      file.text,
      own.map(({ span, text: replacement }) => ({ start: span.start, end: span.end, text: replacement })),
    );
    const before = this.#problems.get(path) ?? countProblems(file);
    this.#problems.set(path, before);
    return countProblems(new SourceFile(path, text)) <= before;
  }
}

/** A block of text as the dialect writes it, with the slot for its text. */
function textBlockOf(dialect: Dialect): Readonly<Record<string, string>> | undefined {
  if (dialect === "anthropic") return { type: "text", text: slot };
  return dialect === "converse" || dialect === "nova" ? { text: slot } : undefined;
}

function countProblems(file: SourceFile): number {
  return problemsOf(file).length;
}

function problemsOf(file: SourceFile): readonly Problem[] {
  if (/\.(?:jsonc?|jsonl|ndjson)$/i.test(file.path)) return readJson(file).problems;
  if (/\.ya?ml$/i.test(file.path)) return readYaml(file).problems;
  const language = codeLanguages.find(({ extensions }) =>
    extensions.some((extension) => file.path.toLowerCase().endsWith(extension)),
  );
  return language?.read(file).problems ?? [];
}

/** Adds an edit; what is inserted where something else is inserted follows that. */
function addEdit(edits: Edit[], edit: Edit): void {
  const { start, end } = edit.span;
  const at = edits.findIndex((other) => start === end && byPlace(other, edit) === 0);
  if (at < 0) edits.push(edit);
  else edits[at] = { ...edit, text: edits[at]!.text + edit.text };
}

function isOneFile(...places: readonly Span[]): boolean {
  return places.every(({ file }) => file === places[0]!.file);
}

function byPlace({ span: a }: Edit, { span: b }: Edit): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.start - b.start || a.end - b.end;
}

function overlap({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.file === b.file && (a.end > b.start || a.start === b.start);
}

function printEdits(edits: readonly Edit[]): string {
  return JSON.stringify(edits);
}

function isSame(a: Edit, b: Edit): boolean {
  return a.text === b.text && byPlace(a, b) === 0;
}
