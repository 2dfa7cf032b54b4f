import type { Module } from "../../program/program.ts";
import type { Problem } from "../../source/problem.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { CodeLanguage } from "../language.ts";
import { lowerProgram } from "./lower-program.ts";
import { parse } from "./parse.ts";
import type { SyntaxProblem } from "./parse.ts";

/** JavaScript and TypeScript, with and without JSX. */
export const javascript: CodeLanguage = {
  name: "javascript",
  extensions: [".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"],
  read(file) {
    const result = parse(file.path, file.text);
    if (!result.ok) return unreadModule(file, result.error);
    const module = lowerProgram(result.ast, file.text, file.path, result.comments);
    const notes = result.errors.map((error) => toProblem(file, error, "note"));
    return notes.length === 0 ? module : { ...module, problems: [...notes, ...module.problems] };
  },
};

function unreadModule(file: SourceFile, error: SyntaxProblem): Module {
  const problems = [toProblem(file, error, "error")];
  return { path: file.path, language: "javascript", body: [], comments: [], problems };
}

function toProblem(
  file: SourceFile,
  { message, start, end }: SyntaxProblem,
  severity: Problem["severity"],
): Problem {
  return { span: { file: file.path, start, end }, message, severity };
}
