import type { RecordValue, Value } from "../value/value.ts";
import { bounds } from "./bounds.ts";

/** Shortens a key that has grown too long; the same key always gives the same result. */
export function boundedKey(key: string): string {
  if (key.length <= bounds.key) return key;
  return `${key.slice(0, 60)}~${key.length}~${hashText(key)}`;
}

/** Two 32-bit FNV-1a hashes with different seeds: keys are made by the thousand, and nobody attacks them. */
function hashText(text: string): string {
  let first = 0x811c9dc5;
  let second = 0x01000193;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x85ebca6b);
  }
  return (first >>> 0).toString(36) + (second >>> 0).toString(36);
}

/** What names a value's source: equal for two evaluations of the same thing. */
export function keyOf(value: Value, depth = 0): string {
  switch (value.type) {
    case "text":
      return boundedKey(
        JSON.stringify(
          value.parts.map((part) => (part.kind === "literal" ? part.text : { h: part.hole.key })),
        ),
      );
    case "constant":
      return String(value.value);
    case "opaque":
      return value.key;
    case "list":
      if (depth > 2) return "[…]";
      return boundedKey(`[${value.elements.map((element) => keyOf(element.value, depth + 1)).join()}]`);
    case "record":
      if (depth > 2) return "{…}";
      return boundedKey(
        `{${[...value.entries].map(([key, entry]) => `${key}:${keyOf(entry.value, depth + 1)}`).join()}}`,
      );
    case "function":
      return `${value.node.name || "function"}@${value.node.span.file}:${value.node.span.start}`;
    case "class":
      return `${value.node.name || "class"}@${value.node.span.file}:${value.node.span.start}`;
  }
}

/** The identity of a value: like its key, but with the identities of the opaque values in it. */
export function identityOf(value: Value, depth = 0): string {
  switch (value.type) {
    case "text":
      return boundedKey(
        JSON.stringify(value.parts.map((part) => (part.kind === "literal" ? part.text : part.hole.id))),
      );
    case "opaque":
      return `#${value.id}`;
    case "list":
      if (depth > 2) return `list${value.id}`;
      return boundedKey(`[${value.elements.map((element) => identityOf(element.value, depth + 1)).join()}]`);
    case "record":
      if (depth > 2) return `record${value.id}`;
      return boundedKey(
        `{${[...value.entries].map(([key, entry]) => `${key}:${identityOf(entry.value, depth + 1)}`).join()}}`,
      );
    default:
      return keyOf(value, depth);
  }
}

/** The name under which a record has an entry whose key is no known text. */
export function placeOf(key: Value): string {
  return `[${keyOf(key)}]`;
}

/** Whether a record has an entry whose key is not known: what is asked for by a known one may be that. */
export function hasUnknownKey({ entries }: RecordValue): boolean {
  for (const name of entries.keys()) if (isPlace(name)) return true;
  return false;
}

/** True where all entries of a record stand under keys that are not known. */
export function isFilledByKey({ entries }: RecordValue): boolean {
  return [...entries.keys()].every(isPlace);
}

function isPlace(name: string): boolean {
  return name.startsWith("[");
}
