import type { Module } from "../../program/program.ts";
import type { CodeLanguage } from "../language.ts";
import { lowerBlock } from "./lower-statement.ts";
import { Lowering } from "./lowering.ts";
import type { ToFileOffset } from "./lowering.ts";
import { parsePython } from "./parser.ts";

/** Python source files. Stubs (`.pyi`) hold no code that runs. */
export const python: CodeLanguage = {
  name: "python",
  extensions: [".py", ".pyw"],
  read(file) {
    return readPython(file.text, file.path);
  },
};

/**
 * Reads Python source that is a file of its own or stands inside another one.
 *
 * @param text the source
 * @param path the file that spans name
 * @param toFileOffset maps an offset in `text` to one in the file; without it the two are the same
 * @returns the program; statements that could not be read are missing from it and stand in its problems
 */
export function readPython(text: string, path: string, toFileOffset?: ToFileOffset): Module {
  const lowering = new Lowering(text, path, toFileOffset);
  const nul = text.indexOf("\0");
  if (nul >= 0) {
    const message = "This is not Python source: it holds a NUL character. The file is skipped.";
    lowering.report("error", message, { start: nul, end: nul + 1 });
    return { path, language: "python", body: [], comments: [], problems: lowering.problems };
  }
  const { module, comments, badIndents } = parsePython(text);
  for (const start of badIndents) {
    const message =
      "The indentation of this line matches no block around it: the line is read as part of the inner one.";
    lowering.report("error", message, { start, end: start + 1 });
  }
  const body = lowerBlock(lowering, module.body);
  lowering.reportRest();
  return {
    path,
    language: "python",
    body,
    comments: comments.map((comment) => ({
      text: lowering.source(comment).replace(/^#+/, "").trim(),
      span: lowering.span(comment),
    })),
    problems: lowering.problems,
  };
}
