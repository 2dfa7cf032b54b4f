import type {
  AssignStatement,
  BlockStatement,
  ForEachStatement,
  Pattern,
  Statement,
  SwitchCase,
  TryStatement,
  WhileStatement,
} from "../../program/program.ts";
import { assignedNames } from "./assigned-names.ts";
import { childOf, childrenOf, endOf, findChild, hasFlag, withoutWrappers, wordOf } from "./es-node.ts";
import type { EsNode } from "./es-node.ts";
import { literal } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { assignmentOperator, lowerExpression, lowerOptional } from "./lower-expression.ts";
import { annotationOf, hasBody, lowerFunction } from "./lower-function.ts";
import { lowerClass } from "./lower-class.ts";
import { lowerExport, lowerImport, lowerImportEquals, lowerExportEquals } from "./lower-module-statement.ts";
import { lowerPattern } from "./lower-pattern.ts";
import { lowerEnum, lowerNamespace } from "./lower-type-script.ts";

type Lower = (node: EsNode, lowering: Lowering) => readonly Statement[];

const nothing: Lower = () => [];

const lowerers: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ["BlockStatement", (node, lowering) => [lowerBlock(node, lowering)]],
  ["BreakStatement", (node, lowering) => [{ kind: "break", ...labelOf(node), span: lowering.span(node) }]],
  ["ClassDeclaration", lowerClassDeclaration],
  [
    "ContinueStatement",
    (node, lowering) => [{ kind: "continue", ...labelOf(node), span: lowering.span(node) }],
  ],
  ["DebuggerStatement", nothing],
  ["DoWhileStatement", (node, lowering) => [lowerWhile(node, lowering)]],
  ["EmptyStatement", nothing],
  ["ExportAllDeclaration", lowerExport],
  ["ExportDefaultDeclaration", lowerExport],
  ["ExportNamedDeclaration", lowerExport],
  ["ExpressionStatement", lowerExpressionStatement],
  ["ForInStatement", (node, lowering) => [lowerForEach(node, lowering)]],
  ["ForOfStatement", (node, lowering) => [lowerForEach(node, lowering)]],
  ["ForStatement", lowerFor],
  ["FunctionDeclaration", lowerFunctionDeclaration],
  ["IfStatement", lowerIf],
  ["ImportDeclaration", lowerImport],
  [
    "LabeledStatement",
    (node, lowering) => [
      {
        kind: "block",
        ...labelOf(node),
        body: lowerStatement(childOf(node, "body"), lowering),
        span: lowering.span(node),
      },
    ],
  ],
  ["ReturnStatement", lowerExit],
  ["SwitchStatement", lowerSwitch],
  ["TSDeclareFunction", nothing],
  ["TSEnumDeclaration", lowerEnum],
  ["TSExportAssignment", lowerExportEquals],
  ["TSImportEqualsDeclaration", lowerImportEquals],
  ["TSInterfaceDeclaration", nothing],
  ["TSModuleDeclaration", lowerNamespace],
  ["TSNamespaceExportDeclaration", nothing],
  ["TSTypeAliasDeclaration", nothing],
  ["ThrowStatement", lowerExit],
  ["TryStatement", (node, lowering) => [lowerTry(node, lowering)]],
  ["VariableDeclaration", lowerVariables],
  ["WhileStatement", (node, lowering) => [lowerWhile(node, lowering)]],
]);

/** Lowers statements in source order. Types, empty statements and ambient declarations vanish. */
export function lowerStatements(nodes: readonly EsNode[], lowering: Lowering): Statement[] {
  return nodes.flatMap((node) => lowerStatement(node, lowering));
}

/** Lowers one statement; some become several, or none. */
export function lowerStatement(node: EsNode, lowering: Lowering): readonly Statement[] {
  if (!lowering.enter(node)) return [unknownStatement("nested too deeply", node, lowering)];
  const lower = lowerers.get(node.type);
  const statements = lower ? lower(node, lowering) : [unknownStatement(node.type, node, lowering)];
  lowering.leave();
  return statements;
}

function unknownStatement(reason: string, node: EsNode, lowering: Lowering): Statement {
  return { kind: "unknown", reason, assigns: assignedNames(node), span: lowering.span(node) };
}

/** The statements of a branch or a loop body, without the block around them. */
function lowerBranch(node: EsNode | undefined, lowering: Lowering): readonly Statement[] {
  if (!node) return [];
  return node.type === "BlockStatement"
    ? lowerStatements(childrenOf(node, "body"), lowering)
    : lowerStatement(node, lowering);
}

function lowerBlock(node: EsNode, lowering: Lowering): BlockStatement {
  return {
    kind: "block",
    body: lowerStatements(childrenOf(node, "body"), lowering),
    span: lowering.span(node),
  };
}

function lowerExpressionStatement(node: EsNode, lowering: Lowering): readonly Statement[] {
  const expression = withoutWrappers(childOf(node, "expression"));
  const span = lowering.span(node);
  if (expression.type === "AssignmentExpression") {
    const operator = assignmentOperator(expression);
    return [
      {
        kind: "assign",
        target: lowerPattern(childOf(expression, "left"), lowering),
        value: lowerExpression(childOf(expression, "right"), lowering),
        ...(operator && { operator }),
        span,
      },
    ];
  }
  if (expression.type === "UnaryExpression" && wordOf(expression, "operator") === "delete") {
    return [{ kind: "delete", targets: [lowerExpression(childOf(expression, "argument"), lowering)], span }];
  }
  return [{ kind: "expression", expression: lowerExpression(expression, lowering), span }];
}

function lowerVariables(node: EsNode, lowering: Lowering): readonly AssignStatement[] {
  if (hasFlag(node, "declare")) return [];
  const declarations = childrenOf(node, "declarations");
  return declarations.map((declaration) => {
    const id = childOf(declaration, "id");
    const annotation = annotationOf(id, lowering);
    const end = endOf(declaration);
    return {
      kind: "assign",
      target: lowerPattern(id, lowering),
      value: lowerOptional(declaration, "init", lowering) ?? literal(undefined, lowering.spanOf(end, end)),
      declare: declarationKind(node),
      ...(annotation !== undefined && { annotation }),
      span: lowering.span(declarations.length === 1 ? node : declaration),
    };
  });
}

/** `using` and `await using` declare constants. */
function declarationKind(node: EsNode): "const" | "let" | "var" {
  const kind = wordOf(node, "kind");
  return kind === "let" || kind === "var" ? kind : "const";
}

function lowerFunctionDeclaration(node: EsNode, lowering: Lowering): readonly Statement[] {
  if (!hasBody(node) || hasFlag(node, "declare")) return [];
  return [{ kind: "function", function: lowerFunction(node, lowering), span: lowering.span(node) }];
}

function lowerClassDeclaration(node: EsNode, lowering: Lowering): readonly Statement[] {
  if (hasFlag(node, "declare")) return [];
  return [{ kind: "class", class: lowerClass(node, lowering), span: lowering.span(node) }];
}

function lowerIf(node: EsNode, lowering: Lowering): readonly Statement[] {
  return [
    {
      kind: "if",
      test: lowerExpression(childOf(node, "test"), lowering),
      then: lowerBranch(childOf(node, "consequent"), lowering),
      else: lowerBranch(findChild(node, "alternate"), lowering),
      span: lowering.span(node),
    },
  ];
}

/** `return` and `throw`. */
function lowerExit(node: EsNode, lowering: Lowering): readonly Statement[] {
  const value = lowerOptional(node, "argument", lowering);
  const kind = node.type === "ThrowStatement" ? "throw" : "return";
  return [{ kind, ...(value && { value }), span: lowering.span(node) }];
}

function lowerWhile(node: EsNode, lowering: Lowering): WhileStatement {
  return {
    kind: "while",
    test: lowerExpression(childOf(node, "test"), lowering),
    body: lowerBranch(childOf(node, "body"), lowering),
    else: [],
    testLast: node.type === "DoWhileStatement",
    span: lowering.span(node),
  };
}

function lowerFor(node: EsNode, lowering: Lowering): readonly Statement[] {
  const span = lowering.span(node);
  const init = findChild(node, "init");
  const before = init ? lowerInitialiser(init, lowering) : [];
  const test = lowerOptional(node, "test", lowering);
  const update = lowerOptional(node, "update", lowering);
  const loop: WhileStatement = {
    kind: "while",
    ...(test && { test }),
    ...(update && { update }),
    body: lowerBranch(childOf(node, "body"), lowering),
    else: [],
    testLast: false,
    span,
  };
  return before.length > 0 ? [{ kind: "block", body: [...before, loop], span }] : [loop];
}

function lowerInitialiser(init: EsNode, lowering: Lowering): readonly Statement[] {
  if (init.type === "VariableDeclaration") return lowerVariables(init, lowering);
  return [{ kind: "expression", expression: lowerExpression(init, lowering), span: lowering.span(init) }];
}

function lowerForEach(node: EsNode, lowering: Lowering): ForEachStatement {
  const left = childOf(node, "left");
  const declared = left.type === "VariableDeclaration";
  const target = declared ? childOf(childrenOf(left, "declarations")[0] ?? left, "id") : left;
  return {
    kind: "forEach",
    target: lowerPattern(target, lowering),
    ...(declared && { declare: declarationKind(left) }),
    iterable: lowerExpression(childOf(node, "right"), lowering),
    over: node.type === "ForInStatement" ? "keys" : "values",
    body: lowerBranch(childOf(node, "body"), lowering),
    else: [],
    span: lowering.span(node),
  };
}

function lowerTry(node: EsNode, lowering: Lowering): TryStatement {
  const handler = findChild(node, "handler");
  return {
    kind: "try",
    body: lowerBranch(childOf(node, "block"), lowering),
    handlers: handler ? [lowerHandler(handler, lowering)] : [],
    else: [],
    finally: lowerBranch(findChild(node, "finalizer"), lowering),
    span: lowering.span(node),
  };
}

function lowerHandler(handler: EsNode, lowering: Lowering): { name?: Pattern; body: readonly Statement[] } {
  const parameter = findChild(handler, "param");
  const body = lowerBranch(childOf(handler, "body"), lowering);
  return parameter ? { name: lowerPattern(parameter, lowering), body } : { body };
}

function lowerSwitch(node: EsNode, lowering: Lowering): readonly Statement[] {
  const cases = childrenOf(node, "cases").map((item): SwitchCase => {
    const test = lowerOptional(item, "test", lowering);
    const body = lowerStatements(childrenOf(item, "consequent"), lowering);
    return { tests: test ? [test] : [], body, span: lowering.span(item) };
  });
  const subject = lowerExpression(childOf(node, "discriminant"), lowering);
  return [{ kind: "switch", subject, cases, fallsThrough: true, span: lowering.span(node) }];
}

function labelOf(node: EsNode): { readonly label?: string } {
  const label = findChild(node, "label");
  return label ? { label: wordOf(label, "name") } : {};
}
