import type { ClassMember, ClassNode, Expression } from "../../program/program.ts";
import type { Block, ClassDef, Expr, FunctionDef, Stmt } from "./ast.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerFunction } from "./lower-statement.ts";
import type { Lowering } from "./lowering.ts";

/** A class with its bases and members. Keywords of a class (`metaclass=M`) are no bases and are dropped. */
export function lowerClass(lowering: Lowering, node: ClassDef): ClassNode {
  return {
    name: node.name.name,
    bases: node.args
      .filter(({ kind }) => kind === "positional" || kind === "spread")
      .map(({ value }) => lowerExpression(lowering, value)),
    members: [...lowerDocstring(lowering, node.body), ...lowerMembers(lowering, node.body)],
    decorators: node.decorators.map((decorator) => lowerExpression(lowering, decorator)),
    span: lowering.span(node),
    nameSpan: lowering.span(node.name),
  };
}

/** A text that opens a class is its attribute `__doc__`. */
function lowerDocstring(lowering: Lowering, [first]: Block): ClassMember[] {
  if (first?.type !== "Expr") return [];
  const value = lowerExpression(lowering, first.value);
  const isText = value.kind === "literal" && typeof value.value === "string";
  return isText ? [{ kind: "field", name: "__doc__", value, isStatic: true, span: value.span }] : [];
}

function lowerMembers(lowering: Lowering, body: Block): ClassMember[] {
  return body.flatMap(
    (statement) => lowering.nested(statement, () => lowerMember(lowering, statement)) ?? [],
  );
}

/** Members that a statement of a class body declares; those under conditions count as if all of them ran. */
function lowerMember(lowering: Lowering, statement: Stmt): ClassMember[] {
  switch (statement.type) {
    case "FunctionDef":
      return lowerMethod(lowering, statement);
    case "ClassDef": {
      const value: Expression = {
        kind: "classExpression",
        class: lowerClass(lowering, statement),
        span: lowering.span(statement),
      };
      return [{ kind: "field", name: statement.name.name, value, isStatic: true, span: value.span }];
    }
    case "Assign": {
      const value = lowerExpression(lowering, statement.value);
      return statement.targets.flatMap((target) => lowerFields(lowering, target, value, statement));
    }
    case "AnnAssign": {
      if (statement.target.type !== "Name") return [];
      const value = statement.value && lowerExpression(lowering, statement.value);
      return [
        {
          kind: "field",
          name: statement.target.id,
          ...(value && { value }),
          annotation: lowering.source(statement.annotation),
          isStatic: true,
          span: lowering.span(statement),
        },
      ];
    }
    case "AugAssign": {
      const span = lowering.span(statement);
      const left = lowerExpression(lowering, statement.target);
      const right = lowerExpression(lowering, statement.value);
      return lowerFields(
        lowering,
        statement.target,
        { kind: "binary", operator: statement.op, left, right, span },
        statement,
      );
    }
    case "If":
      return [...statement.branches.map(({ body }) => body), statement.orelse].flatMap((body) =>
        lowerMembers(lowering, body),
      );
    case "Try":
      return [
        statement.body,
        ...statement.handlers.map(({ body }) => body),
        statement.orelse,
        statement.finalbody,
      ].flatMap((body) => lowerMembers(lowering, body));
    case "Skipped":
      lowering.reportSkipped(statement);
      return lowerMembers(lowering, statement.body);
    case "With":
      return lowerMembers(lowering, statement.body);
    default:
      return [];
  }
}

/** Fields of one assignment; the parts of a tuple are taken from its value by position. */
function lowerFields(lowering: Lowering, target: Expr, value: Expression, statement: Stmt): ClassMember[] {
  if (target.type === "Name") {
    return [{ kind: "field", name: target.id, value, isStatic: true, span: lowering.span(statement) }];
  }
  if (target.type !== "Tuple" && target.type !== "List") return [];
  return target.elts.flatMap((element, index) =>
    lowerFields(lowering, element, elementOf(lowering, value, index, element), statement),
  );
}

function elementOf(lowering: Lowering, value: Expression, index: number, at: Expr): Expression {
  const element = value.kind === "list" ? value.elements[index] : undefined;
  if (element?.kind === "element") return element.value;
  const span = lowering.span(at);
  return {
    kind: "index",
    object: value,
    index: { kind: "literal", value: index, span },
    optional: false,
    span,
  };
}

const GETTER_DECORATORS = new Set(["property", "cached_property", "abstractproperty"]);

function lowerMethod(lowering: Lowering, node: FunctionDef): ClassMember[] {
  const { name } = node.name;
  const decorators = node.decorators.map(lastName);
  const isStatic = decorators.includes("staticmethod");
  const base = { function: lowerFunction(lowering, node), isStatic, span: lowering.span(node) };
  if (decorators.some((decorator) => GETTER_DECORATORS.has(decorator)))
    return [{ kind: "getter", name, ...base }];
  // Beside `@name.setter` there are `@name.deleter`, which nothing here calls, and `@name.getter`.
  const accessor = node.decorators.map((decorator) => accessorOf(decorator, name)).find((found) => found);
  if (accessor === "deleter") return [];
  if (accessor) return [{ kind: accessor, name, ...base }];
  const isClassMethod = decorators.includes("classmethod");
  return [{ kind: "method", name: name === "__init__" ? "constructor" : name, ...base, isClassMethod }];
}

/** `b` of `@b`, `@a.b` and `@a.b(...)`. */
function lastName(decorator: Expr): string {
  if (decorator.type === "Call") return lastName(decorator.func);
  if (decorator.type === "Attribute") return decorator.attr;
  return decorator.type === "Name" ? decorator.id : "";
}

function accessorOf(decorator: Expr, name: string): "getter" | "setter" | "deleter" | undefined {
  if (decorator.type !== "Attribute" || decorator.value.type !== "Name" || decorator.value.id !== name)
    return undefined;
  const { attr } = decorator;
  return attr === "getter" || attr === "setter" || attr === "deleter" ? attr : undefined;
}
