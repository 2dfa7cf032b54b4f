import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import type { EsComment, EsNode } from "../../../src/languages/javascript/es-node.ts";
import { lowerProgram } from "../../../src/languages/javascript/lower-program.ts";
import { sample } from "./sample.ts";
import { readSource } from "./read-source.ts";

/** Rewrites every object of a tree, innermost first, and keeps the rest. */
function mapTree(value: unknown, rewrite: (node: Record<string, unknown>) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapTree(item, rewrite));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, mapTree(child, rewrite)] as const);
  return rewrite(Object.fromEntries(entries));
}

/** The tree in the manner of typescript-eslint and ESLint: `range` only, absent children missing, `parent` set. */
function asEslint(tree: unknown): EsNode {
  const root = mapTree(tree, (node) => {
    const { start, end, ...rest } = node;
    const kept = Object.entries(rest).filter(([key, value]) => value !== null || key === "value");
    const result: Record<string, unknown> = Object.fromEntries(kept);
    if (typeof start === "number") result["range"] = [start, end];
    for (const child of Object.values(result).flat()) {
      if (typeof child === "object" && child !== null && "type" in child) {
        Object.defineProperty(child, "parent", { value: result, enumerable: true });
      }
    }
    return result;
  });
  return root as EsNode;
}

test("a tree with ranges only lowers to the same program", () => {
  const { program, comments } = parseSync("a.ts", sample, {
    lang: "ts",
    astType: "ts",
    preserveParens: false,
  });
  const ranged = comments.map(({ type, value, start, end }): EsComment => ({
    type,
    value,
    range: [start, end],
  }));
  expect(lowerProgram(asEslint(program), sample, "file.ts", ranged)).toEqual(readSource(sample));
});

test("a tree with parentheses lowers to the same program", () => {
  const { program, comments } = parseSync("a.ts", sample, {
    lang: "ts",
    astType: "ts",
    preserveParens: true,
  });
  expect(lowerProgram(program, sample, "file.ts", comments as EsComment[])).toEqual(readSource(sample));
});

test("a tree whose template elements leave their delimiters out lowers to the same program", () => {
  const source = "const a = `b${c}d${`}${e}`}`; const f = dedent`g${h}`;";
  const { program, comments } = parseSync("a.js", source, {
    lang: "js",
    astType: "js",
    preserveParens: false,
  });
  const { quasis } = (
    program.body[0] as never as { declarations: [{ init: { quasis: { start: number }[] } }] }
  ).declarations[0].init;
  expect(quasis[0]?.start).toBe("const a = `".length);
  expect(lowerProgram(program, source, "file.ts", comments as EsComment[])).toEqual(readSource(source));
});

test.each<[name: string, tree: object]>([
  ["a tree without a body", { type: "Program" }],
  ["an unknown statement", { type: "Program", body: [{ type: "NewSyntax", range: [0, 1] }] }],
  [
    "an unknown expression",
    { type: "Program", body: [{ type: "ExpressionStatement", expression: { type: "New" } }] },
  ],
  ["statements without children", { type: "Program", body: emptyNodes() }],
])("does not throw on %s", (_, tree) => {
  expect(() => lowerProgram(tree as EsNode, "a", "a.js", [])).not.toThrow();
});

function emptyNodes(): { type: string }[] {
  const types = `ArrayExpression AssignmentExpression BlockStatement CallExpression ClassDeclaration ForOfStatement
    ExportDefaultDeclaration ExportNamedDeclaration ExpressionStatement ForStatement FunctionDeclaration IfStatement
    ImportDeclaration SwitchStatement TaggedTemplateExpression TemplateLiteral TryStatement TSEnumDeclaration
    TSImportEqualsDeclaration TSModuleDeclaration VariableDeclaration WhileStatement JSXElement ObjectExpression`;
  return types.split(/\s+/).map((type) => ({ type }));
}
