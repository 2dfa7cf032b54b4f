import type { Expression, FunctionNode, ImportStatement, Statement } from "../../program/program.ts";
import type { Alias, Block, Expr, FunctionDef, If, Skipped, Stmt } from "./ast.ts";
import { lowerClass } from "./lower-class.ts";
import { lowerExpression, lowerParameters } from "./lower-expression.ts";
import { lowerMatch } from "./lower-match.ts";
import { lowerTarget } from "./lower-pattern.ts";
import { MAX_DEPTH } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";

/** Lowers the statements of a block, in order. What does nothing (`pass`, type aliases) leaves no trace. */
export function lowerBlock(lowering: Lowering, block: Block): Statement[] {
  return block.flatMap((statement) => {
    const lowered = lowering.nested(statement, () => lowerStatement(lowering, statement));
    return (
      lowered ?? [
        { kind: "unknown", reason: "nested too deeply", assigns: [], span: lowering.span(statement) },
      ]
    );
  });
}

function lowerStatement(lowering: Lowering, node: Stmt): Statement[] {
  const span = lowering.span(node);
  switch (node.type) {
    case "Expr":
      return [{ kind: "expression", expression: lowerExpression(lowering, node.value), span }];
    case "Assign":
      return lowerAssign(lowering, node.targets, node.value, node);
    case "AugAssign": {
      const value = lowerExpression(lowering, node.value);
      return [{ kind: "assign", target: lowerTarget(lowering, node.target), operator: node.op, value, span }];
    }
    case "AnnAssign": {
      if (!node.value) return [];
      const annotation = lowering.source(node.annotation);
      const value = lowerExpression(lowering, node.value);
      return [{ kind: "assign", target: lowerTarget(lowering, node.target), annotation, value, span }];
    }
    case "Return":
      return [{ kind: "return", ...optional(lowering, node.value), span }];
    case "Raise":
      return [{ kind: "throw", ...optional(lowering, node.exc), span }];
    case "Assert":
      return [{ kind: "expression", expression: lowerExpression(lowering, node.test), span }];
    case "Delete":
      return [{ kind: "delete", targets: flattenTargets(lowering, node.targets), span }];
    case "Pass":
    case "TypeAlias":
      return [];
    case "Break":
      return [{ kind: "break", span }];
    case "Continue":
      return [{ kind: "continue", span }];
    case "Global":
      return [{ kind: "scope", scope: "global", names: node.names, span }];
    case "Nonlocal":
      return [{ kind: "scope", scope: "nonlocal", names: node.names, span }];
    case "Import":
      return node.names.map((alias) => lowerImport(lowering, alias, node.names.length === 1 ? node : alias));
    case "ImportFrom":
      return [
        {
          kind: "import",
          module: node.module,
          names: node.names.map((alias) => ({
            imported: alias.name,
            local: alias.asname ?? alias.name,
            span: lowering.span(alias),
          })),
          typeOnly: false,
          span,
        },
      ];
    case "FunctionDef":
      return [{ kind: "function", function: lowerFunction(lowering, node), span }];
    case "ClassDef":
      return [{ kind: "class", class: lowerClass(lowering, node), span }];
    case "Match":
      return [lowerMatch(lowering, node)];
    case "Skipped":
      return lowerSkipped(lowering, node);
    default:
      return lowerCompound(lowering, node);
  }
}

type Compound = Extract<Stmt, { readonly type: "If" | "While" | "For" | "Try" | "With" }>;

function lowerCompound(lowering: Lowering, node: Compound): Statement[] {
  const span = lowering.span(node);
  switch (node.type) {
    case "If":
      return lowerIf(lowering, node);
    case "While": {
      const test = lowerExpression(lowering, node.test);
      const body = lowerBlock(lowering, node.body);
      return [{ kind: "while", test, body, else: lowerBlock(lowering, node.orelse), testLast: false, span }];
    }
    case "For": {
      const target = lowerTarget(lowering, node.target);
      const iterable = lowerExpression(lowering, node.iter);
      const body = lowerBlock(lowering, node.body);
      return [
        {
          kind: "forEach",
          target,
          iterable,
          over: "values",
          body,
          else: lowerBlock(lowering, node.orelse),
          span,
        },
      ];
    }
    case "Try":
      return [
        {
          kind: "try",
          body: lowerBlock(lowering, node.body),
          handlers: node.handlers.map(({ name, body }) => ({
            ...(name && { name: { kind: "namePattern", name: name.name, span: lowering.span(name) } }),
            body: lowerBlock(lowering, body),
          })),
          else: lowerBlock(lowering, node.orelse),
          finally: lowerBlock(lowering, node.finalbody),
          span,
        },
      ];
    case "With":
      return [
        {
          kind: "with",
          items: node.items.map(({ context, target }) => ({
            context: lowerExpression(lowering, context),
            ...(target && { target: lowerTarget(lowering, target) }),
          })),
          body: lowerBlock(lowering, node.body),
          span,
        },
      ];
  }
}

function optional(lowering: Lowering, node: Expr | undefined): { value?: Expression } {
  return node ? { value: lowerExpression(lowering, node) } : {};
}

/** `a = b = v` evaluates `v` once, so what follows a plain name takes its value from that name. */
function lowerAssign(lowering: Lowering, targets: readonly Expr[], value: Expr, node: Stmt): Statement[] {
  const lowered = lowerExpression(lowering, value);
  const first = targets[0];
  const again: Expression =
    first?.type === "Name" ? { kind: "name", name: first.id, span: lowered.span } : lowered;
  return targets.map((target, index) => ({
    kind: "assign",
    target: lowerTarget(lowering, target),
    value: index === 0 ? lowered : again,
    span: lowering.span(node),
  }));
}

function flattenTargets(lowering: Lowering, targets: readonly Expr[]): Expression[] {
  return targets.flatMap((target) =>
    target.type === "Tuple" || target.type === "List"
      ? (lowering.nested(target, () => flattenTargets(lowering, target.elts)) ?? [])
      : [lowerExpression(lowering, target)],
  );
}

/** `import a.b` binds `a`; `import a.b as c` binds the module itself. */
function lowerImport(lowering: Lowering, alias: Alias, at: Stmt | Alias): ImportStatement {
  const local = alias.asname ?? alias.name.split(".", 1)[0]!;
  return {
    kind: "import",
    module: alias.name,
    names: [{ imported: "*", local, span: lowering.span(alias) }],
    typeOnly: false,
    span: lowering.span(at),
  };
}

/** A function or method with its body. */
export function lowerFunction(lowering: Lowering, node: FunctionDef): FunctionNode {
  return {
    name: node.name.name,
    parameters: lowerParameters(lowering, node.args),
    body: lowerBlock(lowering, node.body),
    isAsync: node.isAsync,
    isGenerator: node.isGenerator,
    isArrow: false,
    decorators: node.decorators.map((decorator) => lowerExpression(lowering, decorator)),
    span: lowering.span(node),
    nameSpan: lowering.span(node.name),
  };
}

/** Each `elif` is an `if` in the `else` of the one before. */
function lowerIf(lowering: Lowering, node: If): Statement[] {
  const kept = node.branches.slice(0, MAX_DEPTH);
  if (kept.length < node.branches.length) {
    lowering.report("note", `Of this chain of conditions only the first ${MAX_DEPTH} are read.`, node);
  }
  let rest = lowerBlock(lowering, node.orelse);
  for (const { test, body, start } of kept.toReversed()) {
    const span = lowering.span({ start, end: node.end });
    rest = [
      {
        kind: "if",
        test: lowerExpression(lowering, test),
        then: lowerBlock(lowering, body),
        else: rest,
        span,
      },
    ];
  }
  return rest;
}

/** What stood indented under a skipped line runs under a condition nobody knows. */
function lowerSkipped(lowering: Lowering, node: Skipped): Statement[] {
  const span = lowering.span(node);
  lowering.reportSkipped(node);
  const unknown: Statement = { kind: "unknown", reason: "syntax error", assigns: node.assigns, span };
  if (node.body.length === 0) return [unknown];
  const then = lowerBlock(lowering, node.body);
  return [unknown, { kind: "if", test: lowering.unknown("syntax error", node), then, else: [], span }];
}
