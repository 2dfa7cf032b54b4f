import type { ClassNode, FunctionNode, Module } from "../program/program.ts";
import { recordEntry } from "../value/construct.ts";
import type { RecordValue, Value } from "../value/value.ts";
import type { Environment } from "./environment.ts";
import { classLine } from "./class-members.ts";
import { sourceValue } from "./opaques.ts";
import type { Run } from "./run.ts";

/*
 * `_client = None` at the top of a module, and a function that sets it: when another function runs, it may be set or
 * not. The same holds for fields that a constructor leaves empty for another method to fill.
 */

/** Nodes of a program, as far as the search for assignments needs them. */
interface Visited {
  readonly kind?: unknown;
  readonly [key: string]: unknown;
}

/** Most nodes that are searched in one module or class. */
const maximumNodes = 200_000;

/** Calls a function for the nodes below a value. */
function walk(root: unknown, visit: (node: Visited) => void): void {
  const pending: unknown[] = [root];
  for (let count = 0; pending.length > 0 && count < maximumNodes; count++) {
    const value = pending.pop();
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) pending.push(item);
      continue;
    }
    const node = value as Visited;
    visit(node);
    for (const key in node) if (key !== "span" && key !== "nameSpan") pending.push(node[key]);
  }
}

/** Whether anything in a module reads a name. */
export function readsName({ body }: Module, name: string): boolean {
  let reads = false;
  walk(body, (node) => {
    if (node.kind === "name" && node["name"] === name) reads = true;
  });
  return reads;
}

function isEmpty(value: Value | undefined): boolean {
  return value?.type === "constant" && (value.value === null || value.value === undefined);
}

/** Makes module variables unknown that are empty after the import and that some function fills. */
export function openModuleState(run: Run, module: Module, environment: Environment): void {
  const empty = new Set(
    [...environment.names].filter(([, { value }]) => isEmpty(value)).map(([name]) => name),
  );
  if (empty.size === 0) return;
  const filled = new Set<string>();
  walk(module.body, (node) => {
    if (!isFunction(node)) return;
    walk(node.body, (inner) => {
      const isLent = inner.kind === "scope" && inner["scope"] === "global";
      if (isLent) for (const name of inner["names"] as readonly string[]) filled.add(name);
      const isAssignment =
        (inner.kind === "assign" && inner["declare"] === undefined) || inner.kind === "assignExpression";
      const target = inner["target"] as Visited | undefined;
      if (module.language === "javascript" && isAssignment && target?.kind === "namePattern")
        filled.add(String(target["name"]));
    });
  });
  for (const name of empty) {
    if (!filled.has(name)) continue;
    const origin = { kind: "unknown" as const, reason: `the variable \`${name}\`` };
    const span = { file: module.path, start: 0, end: 0 };
    const value = sourceValue(run, origin, `${module.path}:${name}`, span, { scope: "unknown" });
    environment.names.set(name, { value, load: undefined });
  }
}

/** Makes fields of an instance unknown that its constructor left empty and that another method fills. */
export function openFields(run: Run, instance: RecordValue): void {
  if (!instance.class) return;
  const empty = new Set(
    [...instance.entries].filter(([, { value }]) => isEmpty(value)).map(([name]) => name),
  );
  if (empty.size === 0) return;
  const filled = new Set(classLine(instance.class).flatMap(({ node }) => fieldsFilledIn(node)));
  for (const [name, entry] of instance.entries) {
    if (!empty.has(name) || !filled.has(name)) continue;
    const origin = { kind: "unknown" as const, reason: `the field \`${name}\`` };
    const key = `${instance.class.node.name}.${name}`;
    const value = sourceValue(run, origin, key, entry.span, { scope: "unknown" });
    instance.entries.set(name, recordEntry(value, entry.span, entry.entrySpan, entry.frame));
  }
}

const known = new WeakMap<ClassNode, readonly string[]>();

function fieldsFilledIn(node: ClassNode): readonly string[] {
  const before = known.get(node);
  if (before) return before;
  const fields: string[] = [];
  for (const member of node.members) {
    if (member.kind !== "method" || member.name === "constructor") continue;
    walk(member.function.body, (inner) => {
      if (inner.kind !== "placePattern") return;
      const place = inner["place"] as Visited;
      const object = place["object"] as Visited | undefined;
      const isOwn = object?.kind === "name" && (object["name"] === "self" || object["name"] === "this");
      if (place.kind === "member" && isOwn) fields.push(String(place["name"]));
    });
  }
  known.set(node, fields);
  return fields;
}

function isFunction(node: Visited): node is Visited & Pick<FunctionNode, "body"> {
  return Array.isArray(node["parameters"]) && Array.isArray(node["body"]);
}
