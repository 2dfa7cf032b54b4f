import type { Expression, Module, RecordExpression } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { walk, type AnyNode, type Parent } from "./find-node.ts";

/** The text of a block. */
export interface BlockText {
  /** Where the text is written. */
  readonly value: Expression;
  /** Where the block reads it: the same place, or a name. */
  readonly read: Span;
  /** What has to stand in front of another text at that place. */
  readonly lead: string;
}

/** The text of a record that a hole is written into, where it stands in the record. */
export function findOwnText(record: RecordExpression, hole: Span): BlockText | undefined {
  for (const entry of record.entries) {
    if (entry.kind !== "entry" || !contains(entry.value.span, hole)) continue;
    return { value: entry.value, read: entry.value.span, lead: "" };
  }
  return undefined;
}

/**
 * The text of a record that a hole is written into, where it has a name in the same function. The name is given once
 * and read by the record only, and so are the names in the text given once: the text can be written at either place.
 */
export function findNamedText(module: Module, record: RecordExpression, hole: Span): BlockText | undefined {
  for (const entry of record.entries) {
    if (entry.kind !== "entry" || entry.value.kind !== "name") continue;
    const { name, span } = entry.value;
    const uses = findUses(module, name);
    const [given, ...others] = uses.given;
    if (!given || others.length > 0 || uses.read !== 1 || !contains(given.span, hole)) continue;
    const isMovable = namesIn(given).every((one) => findUses(module, one).bindings <= 1);
    if (!isMovable || functionAround(module, given.span) !== functionAround(module, span)) continue;
    // `{ text }` is short for `{ text: text }`.
    const isShort = entry.span.start === span.start && entry.span.end === span.end;
    return { value: given, read: span, lead: isShort ? `${name}: ` : "" };
  }
  return undefined;
}

interface Uses {
  /** What is assigned to it. */
  readonly given: readonly Expression[];
  readonly bindings: number;
  readonly read: number;
}

function findUses(module: Module, name: string): Uses {
  const given: Expression[] = [];
  let bindings = 0;
  let read = 0;
  walk(module.body, (node, parent) => {
    if (nameOf(node) !== name) return;
    if (node.kind === "name") read++;
    if (node.kind !== "namePattern") return;
    bindings++;
    const value = assignedAt(parent);
    if (value) given.push(value);
  });
  return { given: bindings === given.length ? given : [], bindings, read };
}

function nameOf(node: AnyNode): string | undefined {
  return "name" in node && typeof node.name === "string" ? node.name : undefined;
}

function assignedAt(parent: Parent | undefined): Expression | undefined {
  if (parent?.node["kind"] !== "assign" || parent.key !== "target" || parent.node["operator"] !== undefined)
    return undefined;
  return parent.node["value"] as Expression;
}

function namesIn(expression: Expression): readonly string[] {
  const names = new Set<string>();
  walk(expression, (node) => {
    const name = node.kind === "name" ? nameOf(node) : undefined;
    if (name !== undefined) names.add(name);
  });
  return [...names];
}

const functionKinds = new Set(["function", "functionExpression", "method", "getter", "setter"]);

/** Where the innermost function around a place begins; -1 outside of all. */
export function functionAround(module: Module, at: Span): number {
  let start = -1;
  walk(module.body, (node) => {
    if (functionKinds.has(node.kind) && contains(node.span, at)) start = Math.max(start, node.span.start);
  });
  return start;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}
