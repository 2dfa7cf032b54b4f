import { readdirSync, readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";
import { beforeAll, describe, expect, test } from "vitest";
import type { Expr, Stmt } from "../../../src/languages/python/ast.ts";
import { parsePython } from "../../../src/languages/python/parser.ts";
import { readPython } from "../../../src/languages/python/python.ts";

/** Parses with CPython and lists nodes as `Type start end`, in UTF-16 offsets. */
const LIST_NODES = `
import ast, io, warnings

warnings.simplefilter("ignore")

def list_nodes(text):
    lines = list(io.StringIO(text, newline=""))
    lines = [line for part in lines for line in part.splitlines(keepends=True)] if "\\r" in text else lines
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.encode("utf-16-le")) // 2
    starts.append(at)
    lines.append("")
    def offset(line, column):
        before = lines[line - 1].encode("utf-8")[:column].decode("utf-8")
        return starts[line - 1] + len(before.encode("utf-16-le")) // 2
    def place(node):
        return f"{offset(node.lineno, node.col_offset)} {offset(node.end_lineno, node.end_col_offset)}"
    nodes = []
    def visit(node):
        for name, value in ast.iter_fields(node):
            # Types and literal pieces of f-strings are not compared; keyword names are no nodes.
            if name in ("annotation", "returns", "type_params", "simple"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    visit(child)
        kind = type(node).__name__
        if isinstance(node, (ast.Call, ast.Dict, ast.keyword, ast.Subscript, ast.Lambda, ast.BinOp, ast.Tuple)):
            nodes.append(f"{kind} {place(node)}")
        elif isinstance(node, (ast.FormattedValue, ast.Interpolation)):
            nodes.append(f"FormattedValue {place(node)}")
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.Return)):
            nodes.append(f"{kind.removeprefix('Async')} {place(node)}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
            nodes.append("String " + (node.value if isinstance(node.value, str) else node.value.decode("latin-1")))
    visit(ast.parse(text.removeprefix("\\ufeff")))
    return nodes
`;

const COMPARED = new Set(
  "Call Dict Subscript Lambda BinOp Tuple FormattedValue FunctionDef ClassDef Assign Return".split(" "),
);

function listNodes(text: string): string[] {
  const nodes: string[] = [];
  const visit = (value: unknown, isType = false): void => {
    if (Array.isArray(value)) {
      for (const element of value) visit(element, isType);
      return;
    }
    if (typeof value !== "object" || value === null || isType) return;
    const node = value as (Expr | Stmt) & Readonly<Record<string, unknown>>;
    for (const [name, child] of Object.entries(node)) visit(child, name === "annotation");
    if (node["kind"] === "named" || (node["kind"] === "namedSpread" && !("nameStart" in node))) {
      nodes.push(`keyword ${node.start} ${node.end}`);
    }
    if (COMPARED.has(node.type)) nodes.push(`${node.type} ${node.start} ${node.end}`);
    if (node.type === "Constant" && typeof node.value === "string") nodes.push(`String ${node.value}`);
    if ((node["type"] as string) === "Text") nodes.push(`String ${String(node["text"])}`);
  };
  visit(parsePython(text).module);
  return nodes;
}

const folder = new URL("samples/", import.meta.url);
const samples = readdirSync(folder).filter((name) => name.endsWith(".py"));

describe("the tree is that of CPython", { timeout: 30_000 }, () => {
  let listCPythonNodes: (text: string) => string[];

  beforeAll(async () => {
    const pyodide = await loadPyodide();
    pyodide.runPython(LIST_NODES);
    const list = pyodide.globals.get("list_nodes") as (text: string) => { toJs(): string[] };
    listCPythonNodes = (text) => list(text).toJs();
  }, 60_000);

  test.each(samples)("%s", (name) => {
    const text = readFileSync(new URL(name, folder), "utf8").replace(/^\uFEFF/, "");
    expect(readPython(text, name).problems).toEqual([]);
    expect(positions(listNodes(text))).toEqual(positions(listCPythonNodes(text)));
    expect(strings(listNodes(text))).toBe(strings(listCPythonNodes(text)));
  });
});

function positions(nodes: readonly string[]): string[] {
  return nodes.filter((node) => !node.startsWith("String ")).toSorted();
}

/** All literal text, sorted by character: the two trees cut and order the pieces of f-strings in different ways. */
function strings(nodes: readonly string[]): string {
  const text = nodes
    .flatMap((node) => (node.startsWith("String ") ? [node.slice("String ".length)] : []))
    .join("");
  return [...text.replaceAll("\u2022", "\uFFFD")].toSorted().join("");
}
