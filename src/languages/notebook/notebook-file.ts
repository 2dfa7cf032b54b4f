import { findNodeAtLocation, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";
import type { Problem } from "../../source/problem.ts";
import type { SourceFile } from "../../source/source-file.ts";
import { CellSource } from "./cell-source.ts";

/** A notebook without its outputs. */
export interface Notebook {
  /** The kernel's language in lower case, if the notebook names one. */
  readonly language?: string;
  readonly cells: readonly NotebookCell[];
  readonly problems: readonly Problem[];
}

export interface NotebookCell {
  readonly isCode: boolean;
  /** The language of this cell in lower case, if it names one of its own. */
  readonly language?: string;
  readonly source: CellSource;
}

/** Notebooks with pictures in their outputs are large; beyond this, in UTF-16 units, a file is hardly one to lint. */
const MAX_LENGTH = 64 * 1024 * 1024;

/** How deep arrays and objects may stand in each other; the JSON parser uses the stack. Real notebooks need 10. */
const MAX_NESTING = 200;

/** Reads the cells of a notebook of any format version. Never throws: what is wrong stands in `problems`. */
export function parseNotebook({ path, text }: SourceFile): Notebook {
  const fail = (message: string, start: number): Notebook => ({
    cells: [],
    problems: [
      { severity: "error", message, span: { file: path, start, end: Math.min(start + 1, text.length) } },
    ],
  });
  if (text.length > MAX_LENGTH) return fail("This notebook is too large to be read. It is skipped.", 0);
  const tooDeep = findTooDeep(text);
  if (tooDeep !== undefined)
    return fail("This notebook is nested too deeply to be read. It is skipped.", tooDeep);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) {
    const reason = printParseErrorCode(error.error).replace(
      /\B[A-Z]/g,
      (letter) => ` ${letter.toLowerCase()}`,
    );
    return fail(`This notebook is not valid JSON: ${reason}. It is skipped.`, error.offset);
  }
  const lists = root ? findCellLists(root) : [];
  if (!root || lists.length === 0)
    return fail("This notebook has no cells: expected an array named `cells`.", 0);
  const language = findLanguage(root);
  const cells = lists.flatMap((list) => (list.children ?? []).map((cell) => toCell(cell, text)));
  return { ...(language !== undefined && { language }), cells, problems: [] };
}

/** The offset of the first bracket beyond the limit; undefined when there is none. */
function findTooDeep(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) at = findStringEnd(text, at);
    else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > MAX_NESTING) return at;
    } else if (code === 93 || code === 125) depth -= 1;
  }
  return undefined;
}

/** The closing quote of a JSON string, or the end of the text. */
function findStringEnd(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 92) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
}

/** `cells` of format 4, `worksheets[].cells` of format 3. */
function findCellLists(root: Node): Node[] {
  const cells = findNodeAtLocation(root, ["cells"]);
  if (cells?.type === "array") return [cells];
  const worksheets = findNodeAtLocation(root, ["worksheets"])?.children ?? [];
  return worksheets.flatMap((sheet) => {
    const list = findNodeAtLocation(sheet, ["cells"]);
    return list?.type === "array" ? [list] : [];
  });
}

function findText(node: Node, ...path: string[]): string | undefined {
  const found = findNodeAtLocation(node, path);
  return found?.type === "string" ? String(found.value).toLowerCase() : undefined;
}

function findLanguage(root: Node): string | undefined {
  return (
    findText(root, "metadata", "kernelspec", "language") ??
    findText(root, "metadata", "language_info", "name")
  );
}

function toCell(cell: Node, text: string): NotebookCell {
  const source = findNodeAtLocation(cell, ["source"]) ?? findNodeAtLocation(cell, ["input"]);
  const strings = source?.type === "array" ? (source.children ?? []) : source ? [source] : [];
  const language = findText(cell, "metadata", "vscode", "languageId") ?? findText(cell, "language");
  return {
    isCode: findText(cell, "cell_type") === "code",
    ...(language !== undefined && { language }),
    source: new CellSource(
      text,
      strings.filter(({ type }) => type === "string"),
    ),
  };
}
