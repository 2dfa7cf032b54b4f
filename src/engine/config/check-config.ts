import { createRequire } from "node:module";
import type { OutputUnit } from "@cfworker/json-schema";
import type { Schema } from "./config-schema.ts";

/** Where in a config something stands: keys and indices from the outside to the inside. */
export type KeyPath = readonly (string | number)[];

/** Something in a config that can't be taken. */
export interface ConfigIssue {
  readonly path: KeyPath;
  /** What was found and what is accepted, without a full stop. */
  readonly message: string;
  /** A name that was not known, to suggest one of `known` for. */
  readonly unknown?: { readonly name: string; readonly known: readonly string[] };
}

/** Keywords that only say that something inside is wrong. */
const composite = new Set([
  "properties",
  "items",
  "if",
  "then",
  "else",
  "additionalProperties",
  "additionalItems",
]);

/** Holds a value against a schema and says of each wrong part what is accepted there. */
export function checkAgainst(value: unknown, schema: Schema): readonly ConfigIssue[] {
  if (typeof value !== "object" || value === null) {
    return [{ path: [], message: `takes keys and values, but is ${shown(value)}` }];
  }
  // Loaded when there is something to check: most runs have no config.
  const { Validator } = createRequire(import.meta.url)(
    "@cfworker/json-schema",
  ) as typeof import("@cfworker/json-schema");
  const { errors } = new Validator(schema, "7", false).validate(value);
  const issues = errors
    .filter(({ keyword }) => !composite.has(keyword))
    .map((unit) => toIssue(unit, errors, value, schema));
  // One place can break several keywords; the first one says enough.
  const seen = new Set<string>();
  return issues.filter(({ path }) => {
    const key = JSON.stringify(path);
    return !seen.has(key) && seen.add(key);
  });
}

function toIssue(
  { keyword, instanceLocation, keywordLocation, error }: OutputUnit,
  units: readonly OutputUnit[],
  root: unknown,
  schema: Schema,
): ConfigIssue {
  const path = keysOf(instanceLocation, root);
  const found = shown(path.reduce<unknown>(member, root));
  const limit = pointerParts(keywordLocation).reduce<unknown>(member, schema);
  switch (keyword) {
    case "false": {
      // Its own place in the schema is not told, but that of the keyword that forbids it.
      const around = instanceLocation.slice(0, instanceLocation.lastIndexOf("/"));
      const unit = units.find(
        (one) => one.keyword === "additionalProperties" && one.instanceLocation === around,
      );
      const parent = pointerParts(unit?.keywordLocation ?? "")
        .slice(0, -1)
        .reduce<unknown>(member, schema);
      const known = Object.keys((member(parent, "properties") as object | undefined) ?? {});
      const message = path.at(-2) === "rules" ? "there is no such rule" : "there is no such key";
      return { path, message, unknown: { name: String(path.at(-1)), known } };
    }
    case "type":
      return { path, message: `takes ${typeNames(limit)}, but is ${found}` };
    case "enum":
      return { path, message: `takes ${listed((limit as unknown[]).map(String))}, but is ${found}` };
    case "required":
      return { path, message: `lacks ${/"([^"]+)"/.exec(error)?.[0] ?? "a key"}` };
    case "minLength":
      return { path, message: "must not be empty" };
    case "minimum":
      return { path, message: `must be at least ${String(limit)}, but is ${found}` };
    case "maximum":
      return { path, message: `must be at most ${String(limit)}, but is ${found}` };
    case "exclusiveMinimum":
      return { path, message: `must be more than ${String(limit)}, but is ${found}` };
    case "maxItems":
      return {
        path,
        message: `takes at most ${String(limit)} of them, but has ${(path.reduce<unknown>(member, root) as unknown[]).length}`,
      };
    default:
      return { path, message: `${error.replace(/\.$/, "")}` };
  }
}

function member(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string | number, unknown>)[key]
    : undefined;
}

/** The keys of a JSON pointer; those into lists are numbers. */
function keysOf(pointer: string, root: unknown): KeyPath {
  let value = root;
  return pointerParts(pointer).map((part) => {
    const key = Array.isArray(value) ? Number(part) : part;
    value = member(value, key);
    return key;
  });
}

function pointerParts(pointer: string): string[] {
  return pointer
    .replace(/^#\/?/, "")
    .split("/")
    .filter((part) => part !== "")
    .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

const names: Readonly<Record<string, string>> = {
  string: "a text",
  array: "a list",
  object: "keys and values",
  boolean: "true or false",
  number: "a number",
};

function typeNames(types: unknown): string {
  return [types]
    .flat()
    .map((type) => names[String(type)] ?? String(type))
    .join(" or ");
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** A value as an error shows it: short, and on one line. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "keys and values";
  if (typeof value === "function") return "a function";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** A key path as it is written: `overrides[0].rules.valid-ttl`. */
export function keyText(path: KeyPath): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index > 0 ? "." : ""}${key}`))
    .join("");
}
