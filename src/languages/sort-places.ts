import type { Module } from "../program/program.ts";
import type { Span } from "../source/source-file.ts";
import { walk, type AnyNode, type Parent } from "./find-node.ts";

/** Where a collection is read from end to end, and may be sorted before. */
export interface SortPlace {
  readonly span: Span;
  /** Whether all elements are surely texts. */
  readonly holdsTexts: boolean;
}

/** Functions and methods that read all of an argument, or of their object, in its order. */
const readers = new Set(["list", "tuple", "enumerate", "map", "filter", "from", "join", "extend"]);
const ownReaders = new Set(["map", "filter", "flatMap", "forEach", "join", "reduce", "entries", "values"]);

/**
 * The places where the collection at exactly this place is read: the place itself, or where the only name that it is
 * given is read. Undefined where it is read in another way, or the name is not surely the collection.
 */
export function findSortPlaces(module: Module, at: Span): readonly SortPlace[] | undefined {
  const found: { node: AnyNode; parent: Parent | undefined }[] = [];
  walk(module.body, (node, parent) => {
    if (isAt(node.span, at)) found.push({ node, parent });
  });
  const expression = found.find(({ node }) => expressionKinds.has(node.kind));
  if (expression) {
    const { node, parent } = throughAwait(module, expression);
    const holdsTexts = isSetOfTexts(node);
    if (readsAll(parent)) return [{ span: node.span, holdsTexts }];
    const name = assignedName(node, parent);
    return name === undefined ? undefined : usesOf(module, name, holdsTexts);
  }
  const pattern = found.find(({ node }) => node.kind === "namePattern")?.node as NamePattern | undefined;
  return pattern && usesOf(module, pattern.name, false);
}

type NamePattern = AnyNode & { readonly name: string };

const expressionKinds = new Set([
  "call",
  "set",
  "list",
  "name",
  "member",
  "comprehension",
  "binary",
  "await",
]);

/** What is awaited is read as what comes out. */
function throughAwait(module: Module, found: { node: AnyNode; parent: Parent | undefined }) {
  const { parent } = found;
  if (parent?.node["kind"] !== "await") return found;
  const outer = parent.node as unknown as AnyNode;
  let above: Parent | undefined;
  walk(module.body, (node, parentOfNode) => {
    if (node === outer) above = parentOfNode;
  });
  return { node: outer, parent: above };
}

/** The places where a name that is given once is read; undefined where one of them does something else with it. */
function usesOf(module: Module, name: string, holdsTexts: boolean): readonly SortPlace[] | undefined {
  let bindings = 0;
  const places: SortPlace[] = [];
  let isRead = true;
  walk(module.body, (node, parent) => {
    if (node.kind === "namePattern" && (node as NamePattern).name === name) bindings++;
    if (node.kind !== "name" || (node as NamePattern).name !== name) return;
    if (readsAll(parent)) places.push({ span: node.span, holdsTexts });
    // A test of membership knows no order.
    else if (parent?.node["kind"] !== "binary") isRead = false;
  });
  return bindings === 1 && isRead && places.length > 0 ? places : undefined;
}

function readsAll(parent: Parent | undefined): boolean {
  if (!parent) return false;
  const { key, node: holder, above } = parent;
  if (key === "iterable") return true;
  if (holder["kind"] === "spread") return true;
  if (holder["kind"] === "positional" && above?.node["kind"] === "call")
    return readers.has(nameOfCallee(above.node["callee"]));
  // `names.map(...)`: the name is the object of the member that is called.
  return holder["kind"] === "member" && key === "object" && above?.key === "callee"
    ? ownReaders.has(String(holder["name"]))
    : false;
}

function nameOfCallee(callee: unknown): string {
  return typeof callee === "object" && callee !== null && "name" in callee ? String(callee.name) : "";
}

/** The name that an assignment gives to a value and nothing else. */
function assignedName(node: AnyNode, parent: Parent | undefined): string | undefined {
  if (parent?.node["kind"] !== "assign" || parent.key !== "value" || parent.node["operator"] !== undefined)
    return undefined;
  const target = parent.node["target"] as NamePattern;
  return target.kind === "namePattern" && parent.node["value"] === node ? target.name : undefined;
}

function isSetOfTexts(node: AnyNode): boolean {
  if (node.kind !== "set") return false;
  const { elements } = node as AnyNode & {
    readonly elements: readonly { readonly value: { readonly kind: string; readonly value?: unknown } }[];
  };
  return elements.every(({ value }) => value.kind === "literal" && typeof value.value === "string");
}

function isAt(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end && a.file === b.file;
}
