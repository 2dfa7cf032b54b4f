import type { Span } from "../../source/source-file.ts";
import { text, textOf } from "../../value/construct.ts";
import { libraryName, literalText } from "../../value/inspect.ts";
import type { TextValue, Value } from "../../value/value.ts";
import { derivedValue, narrowestHole, type SourceFacts } from "../opaques.ts";
import type { Run } from "../run.ts";

/*
 * Paths are texts: `Path(__file__).parent / "rules.md"`, `new URL("./rules.md", import.meta.url)` and
 * `join(__dirname, "rules.md")` all end in the text of a path, which the file readers look up.
 */

/** The text of a file at a literal path; a file that is not in view is fixed per deployment. */
export function readFile(run: Run, path: Value, span: Span): Value {
  const literal = literalPath(path);
  const file = literal === undefined ? undefined : run.host.readText(span.file, literal);
  if (file) return text(file.text, { file: file.path, start: 0, end: file.text.length });
  return derivedValue(run, "file", [path], span, factsOfFile(path, literal));
}

/** The bytes of a file: nothing the model reads as text, but as fixed as the file. */
export function readBytes(run: Run, path: Value, span: Span): Value {
  const literal = literalText(path);
  return derivedValue(run, "bytes", [path], span, factsOfFile(path, literal));
}

/** What is written under a name that is made up for each request says nothing of what it is. */
function factsOfFile(path: Value, literal: string | undefined): SourceFacts {
  if (literal !== undefined) return { scope: "deploy", reason: `the file ${literal}` };
  const name = narrowestHole([path]);
  const isMadeUp = name?.scope === "request" && /^(?:a fresh|the clock|a temporary file)/.test(name.reason);
  return isMadeUp ? { scope: "unknown", confidence: "certain", reason: "a file" } : {};
}

/** Joins path parts with the rules both languages share. */
export function joinPath(run: Run, parts: readonly Value[], span: Span): Value {
  const literals = parts.map((part) => (isWorkingFolder(part) ? "." : literalText(part)));
  if (literals.some((literal) => literal === undefined)) return derivedValue(run, "path", parts, span);
  return text(normalisePath(literals.reduce((path, next) => appendPath(path!, next!), "")!), span);
}

/** `process.cwd()`, `os.getcwd()`, `Path.cwd()`: paths are looked up from there anyway. */
function isWorkingFolder(value: Value): boolean {
  if (value.type !== "opaque") return false;
  return /^(?:process\.cwd|os\.getcwd|pathlib\.Path\.cwd)\(\)$/.test(libraryName(value) ?? "");
}

/** A path as text: `${process.cwd()}/prompts/desk.md` is `prompts/desk.md`. */
function literalPath(path: Value): string | undefined {
  if (path.type !== "text") return undefined;
  const [first, ...others] = path.parts;
  if (first?.kind !== "hole" || !isWorkingFolder(first.hole)) return literalText(path);
  return literalText(textOf(others))?.replace(/^\//, "");
}

function appendPath(path: string, next: string): string {
  if (next.startsWith("/") || path === "") return next;
  return `${path.replace(/\/$/, "")}/${next}`;
}

/** Resolves `.` and `..` parts. */
function normalisePath(path: string): string {
  const result: string[] = [];
  for (const part of path.split("/")) {
    if (part === "." || (part === "" && result.length > 0)) continue;
    if (part === ".." && result.length > 0 && result.at(-1) !== ".." && result.at(-1) !== "") result.pop();
    else result.push(part);
  }
  return result.join("/") || (path.startsWith("/") ? "/" : ".");
}

/** The folder of a path. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf("/");
  return at < 0 ? "." : at === 0 ? "/" : path.slice(0, at);
}

/** Fields of Python's `Path`, which no other text has. */
export function pathMember(run: Run, path: TextValue, name: string, span: Span): Value | undefined {
  const literal = literalText(path);
  if (run.modules.languageOf(span.file) !== "python" || literal === undefined) return undefined;
  const baseName = literal.slice(literal.lastIndexOf("/") + 1);
  switch (name) {
    case "parent":
      return text(folderOf(literal), span);
    case "name":
      return text(baseName, span);
    case "stem":
      return text(baseName.replace(/\.[^.]*$/, ""), span);
    case "suffix":
      return text(/\.[^.]*$/.exec(baseName)?.[0] ?? "", span);
    case "parents":
      return undefined;
    default:
      return undefined;
  }
}

/** `Path.with_name`, `with_suffix`, `joinpath` and the methods that give the path itself. */
export function pathMethod(
  run: Run,
  path: TextValue,
  name: string,
  args: readonly Value[],
  span: Span,
): Value | undefined {
  const literal = literalText(path);
  switch (name) {
    case "read_text":
      return readFile(run, path, span);
    case "read_bytes":
      return readBytes(run, path, span);
    case "resolve":
    case "absolute":
    case "expanduser":
    case "as_posix":
      return path;
    case "joinpath":
      return joinPath(run, [path, ...args], span);
    case "with_name":
    case "with_stem":
      return literal === undefined || !args[0]
        ? undefined
        : joinPath(run, [text(folderOf(literal), span), args[0]], span);
    case "with_suffix": {
      const suffix = literalText(args[0]);
      if (literal === undefined || suffix === undefined) return undefined;
      return textOf([{ kind: "literal", text: literal.replace(/\.[^./]*$/, "") + suffix, span }]);
    }
    default:
      return undefined;
  }
}
