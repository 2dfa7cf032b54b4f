import type { ListElement, RecordEntryValue, RecordValue, Value } from "../value/value.ts";
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

/** Values inside one value that its key names; of more, the key says how many there are. */
const maximumNamed = 200;

/** Levels of lists and records that a key goes into. */
const maximumDepth = 3;

/** What names a value's source: equal for two evaluations of the same thing. */
export function keyOf(value: Value): string {
  return name(value, { of: "source", left: maximumNamed }, 0);
}

/** The identity of a value: like its key, but with the identities of the opaque values in it. */
export function identityOf(value: Value): string {
  return name(value, { of: "value", left: maximumNamed }, 0);
}

/** What is named, and how many more values may be. */
interface Naming {
  readonly of: "source" | "value";
  left: number;
}

function name(value: Value, naming: Naming, depth: number): string {
  naming.left--;
  const isSource = naming.of === "source";
  switch (value.type) {
    case "text":
      return boundedKey(
        JSON.stringify(
          value.parts.map((part) => {
            if (part.kind === "literal") return part.text;
            return isSource ? { h: part.hole.key } : part.hole.id;
          }),
        ),
      );
    case "constant":
      return String(value.value);
    case "opaque":
      return isSource ? value.key : `#${value.id}`;
    case "list": {
      if (depth >= maximumDepth) return isSource ? "[…]" : `list${value.id}`;
      const { elements } = value;
      const nameOne = (one: ListElement): string => name(one.value, naming, depth + 1);
      return boundedKey(`[${nameAll(elements, elements.length, nameOne, naming)}]`);
    }
    case "record": {
      if (depth >= maximumDepth) return isSource ? "{…}" : `record${value.id}`;
      const { entries } = value;
      const nameOne = ([key, one]: readonly [string, RecordEntryValue]): string =>
        `${key}:${name(one.value, naming, depth + 1)}`;
      return boundedKey(`{${nameAll(entries, entries.size, nameOne, naming)}}`);
    }
    case "function":
      return `${value.node.name || "function"}@${value.node.span.file}:${value.node.span.start}`;
    case "class":
      return `${value.node.name || "class"}@${value.node.span.file}:${value.node.span.start}`;
  }
}

function nameAll<Item>(
  items: Iterable<Item>,
  count: number,
  nameOne: (item: Item) => string,
  naming: Naming,
): string {
  const names: string[] = [];
  for (const item of items) {
    if (naming.left <= 0) {
      names.push(`…${count}`);
      break;
    }
    names.push(nameOne(item));
  }
  return names.join();
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
