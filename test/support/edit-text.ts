import { editJson } from "../../src/languages/json/json-editor.ts";
import { readJson } from "../../src/languages/json/json.ts";
import { applyTextEdits, type SyntaxEditor } from "../../src/languages/edit.ts";
import { editJavaScript } from "../../src/languages/javascript/javascript-editor.ts";
import { javascript } from "../../src/languages/javascript/javascript.ts";
import { editNotebook } from "../../src/languages/notebook/notebook-editor.ts";
import { notebook } from "../../src/languages/notebook/notebook.ts";
import { editPython } from "../../src/languages/python/python-editor.ts";
import { python } from "../../src/languages/python/python.ts";
import { editTemplate } from "../../src/languages/template-editor.ts";
import { editYaml } from "../../src/languages/yaml/yaml-editor.ts";
import { readYaml } from "../../src/languages/yaml/yaml.ts";
import type { Edit } from "../../src/source/edit.ts";
import { SourceFile, type Span } from "../../src/source/source-file.ts";

/** Finds places of a text by what stands there. */
export type At = (text: string) => Span;

/**
 * Edits a text by the rules of the language of its file, and returns what comes out; undefined where the language
 * refuses. What comes out must be readable.
 * @param edit is given the editor and the place of a piece of the text, which must stand there once
 */
export function editText(
  path: string,
  text: string,
  edit: (editor: SyntaxEditor, at: At) => readonly Edit[] | undefined,
): string | undefined {
  const file = new SourceFile(path, text);
  const at: At = (piece) => {
    const start = text.indexOf(piece);
    if (start < 0 || text.indexOf(piece, start + 1) >= 0) throw new Error(`not there once: ${piece}`);
    return { file: path, start, end: start + piece.length };
  };
  const edits = edit(editorOf(file), at);
  if (!edits) return undefined;
  const result = applyTextEdits(
    text,
    edits.map((one) => ({ start: one.span.start, end: one.span.end, text: one.text })),
  );
  const problems = problemsOf(new SourceFile(path, result));
  if (problems.length > 0) throw new Error(`${problems[0]!.message}\n${result}`);
  return result;
}

function editorOf(file: SourceFile): SyntaxEditor {
  const { path, text } = file;
  if (path.endsWith(".py")) return editPython(text, python.read(file));
  if (path.endsWith(".ts")) return editJavaScript(text, javascript.read(file));
  if (path.endsWith(".ipynb")) return editNotebook(file);
  if (path.endsWith(".yaml")) return editYaml(file, readYaml(file));
  return /\.jsonc?$/.test(path) ? editJson(file, readJson(file)) : editTemplate(file);
}

function problemsOf(file: SourceFile) {
  const { path } = file;
  if (path.endsWith(".py")) return python.read(file).problems;
  if (path.endsWith(".ts")) return javascript.read(file).problems;
  if (path.endsWith(".ipynb")) return notebook.read(file).problems;
  if (path.endsWith(".yaml")) return readYaml(file).problems;
  return /\.jsonc?$/.test(path) ? readJson(file).problems : [];
}
