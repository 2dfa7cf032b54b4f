import type { ListValue, OpaqueValue, Origin, RecordEntryValue, TextPart, Value } from "./value.ts";

/** The literal text of a value, if it has no hole. */
export function literalText(value: Value | undefined): string | undefined {
  if (value?.type !== "text") return undefined;
  let result = "";
  for (const part of value.parts) {
    if (part.kind !== "literal") return undefined;
    result += part.text;
  }
  return result;
}

/** The entry of a record or of an opaque value under a key, if the code in view put or read one there. */
export function entryOf(value: Value | undefined, key: string): RecordEntryValue | undefined {
  if (value?.type === "record") return value.entries.get(key);
  if (value?.type === "opaque") return value.fields.get(key);
  return undefined;
}

/** The value under a key: undefined where the record surely, or as far as the code in view shows, has none. */
export function fieldOf(value: Value | undefined, key: string): Value | undefined {
  const entry = entryOf(value, key);
  if (!entry) return undefined;
  return entry.value.type === "constant" && entry.value.value === undefined ? undefined : entry.value;
}

/** The list a value is, also where an opaque value has been treated as one. */
export function asList(value: Value | undefined): ListValue | undefined {
  if (value?.type === "list") return value;
  if (value?.type === "opaque") return value.list;
  return undefined;
}

/** The parts of a value that is sent as text; undefined for lists, records and functions. */
export function textParts(value: Value, span: RecordEntryValue["span"]): readonly TextPart[] | undefined {
  if (value.type === "text") return value.parts;
  if (value.type === "opaque") return [{ kind: "hole", hole: value, span, frame: value.frame }];
  if (value.type === "constant") return [{ kind: "literal", text: String(value.value), span }];
  return undefined;
}

/** A way from a root to a value: `anthropic.Anthropic().messages.create` is `Anthropic`, `()`, `messages`, `create`. */
export interface AccessPath {
  readonly root: Origin;
  /** Member names; `()` for a call, `[]` for an index. */
  readonly steps: readonly string[];
  /** The opaque values at each step, outermost first; the last is the value itself. */
  readonly values: readonly OpaqueValue[];
}

/** Longest path that is followed, so that odd code cannot keep us busy. */
const maximumPathLength = 40;

const paths = new WeakMap<OpaqueValue, AccessPath>();

/** The access path of an opaque value; every SDK and library asks for it, so it is worked out once. */
export function accessPath(value: OpaqueValue): AccessPath {
  let path = paths.get(value);
  if (!path) paths.set(value, (path = findPath(value)));
  return path;
}

function findPath(value: OpaqueValue): AccessPath {
  const steps: string[] = [];
  const values: OpaqueValue[] = [];
  let current = value;
  for (let hops = 0; hops < maximumPathLength; hops++) {
    values.unshift(current);
    const { origin } = current;
    if (origin.kind === "member") {
      steps.unshift(origin.name);
      current = origin.object;
    } else if (origin.kind === "index") {
      steps.unshift("[]");
      current = origin.object;
    } else if (origin.kind === "call" && origin.callee.type === "opaque") {
      steps.unshift("()");
      current = origin.callee;
    } else {
      return { root: origin, steps, values };
    }
  }
  return { root: { kind: "unknown", reason: "long access path" }, steps, values };
}

/** The dotted name of a module: `node:fs/promises` is `fs.promises`. One library is published under two names. */
export function moduleName(specifier: string): string {
  return specifier
    .replace(/^node:/, "")
    .replace(/^lodash-es(?=\/|$)/, "lodash")
    .replace(/^((?:@[^/]+\/)?[^./@][^/]*\/.+)\.js$/, "$1")
    .replaceAll("/", ".");
}

/**
 * The dotted name of something that comes from a library: `datetime.datetime.now`, `crypto.randomUUID`,
 * `Date.now`, `boto3.client().converse`. Undefined where the root is a parameter or unknown.
 */
export function libraryName(value: OpaqueValue): string | undefined {
  const { root, steps } = accessPath(value);
  const tail = steps.map((step) => (step === "()" || step === "[]" ? step : `.${step}`)).join("");
  if (root.kind === "global") return root.name + tail;
  if (root.kind !== "import") return undefined;
  const module = moduleName(root.module);
  return (root.name === "*" || root.name === "default" ? module : `${module}.${root.name}`) + tail;
}
