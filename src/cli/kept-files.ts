import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "./write-atomically.ts";

/** What is kept: results of the command, its last runs, and what the plugin for ESLint has found out. */
const kinds = { result: "", run: ".run", session: ".session", index: ".index" } as const;

/** Most files of a kind that are kept in a folder. */
const maximumKept = 16;

/** Where something is kept. */
export interface KeptPlace {
  /** Absolute path of the folder. */
  readonly folder: string;
  readonly kind: keyof typeof kinds;
  /** What tells it apart from all others of its kind, as data. */
  readonly key: unknown;
}

/** The path of the file in which something is kept. */
export function fileOf({ folder, kind, key }: KeptPlace): string {
  return join(folder, `${hashOf(key).slice(0, 32)}${kinds[kind]}`);
}

/** What is kept at a place. A file that is no longer what was written is none. */
export function readKept<Kept>(place: KeptPlace): Kept | undefined {
  try {
    const content = readFileSync(fileOf(place), "utf8");
    const end = content.indexOf("\n");
    const text = content.slice(end + 1);
    if (checkOf(text) !== content.slice(0, end)) return undefined;
    const { key, kept } = decode(JSON.parse(text)) as { readonly key: unknown; readonly kept: Kept };
    return hashOf(key) === hashOf(place.key) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps something at a place, if that can be: what can't be written costs time the next time and nothing else. */
export function writeKept(place: KeptPlace, kept: unknown): void {
  const { folder, kind, key } = place;
  try {
    const text = JSON.stringify(encode({ key, kept }));
    writeAtomically(fileOf(place), `${checkOf(text)}\n${text}`);
    // Nobody has to name the folder in an ignore file of their own.
    const ignored = join(folder, ".gitignore");
    if (!existsSync(ignored)) writeAtomically(ignored, "*\n");
    const isOfKind = (name: string): boolean => name.slice(32) === kinds[kind] && /^[0-9a-f]{32}/.test(name);
    const files = readdirSync(folder)
      .filter(isOfKind)
      .map((name) => ({ path: join(folder, name), age: statSync(join(folder, name)).mtimeMs }))
      .toSorted((a, b) => b.age - a.age);
    for (const { path } of files.slice(maximumKept)) rmSync(path, { force: true });
  } catch {
    // The next run is a cold one.
  }
}

/** The same for values that are the same, also after they were kept. */
export function hashOf(value: unknown): string {
  return checkOf(JSON.stringify(encode(value)) ?? "");
}

function checkOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

const tag = "$promptlint";

/** JSON has no maps, sets and infinity. Most of what is kept has none either: a replacer for all of it would take longer. */
function encode(value: unknown): unknown {
  if (value === Infinity) return { [tag]: "infinity" };
  if (value instanceof Map) return { [tag]: "map", entries: encode([...value]) };
  if (value instanceof Set) return { [tag]: "set", items: encode([...value]) };
  return mapInside(value, encode);
}

function decode(value: unknown): unknown {
  const inner = mapInside(value, decode);
  if (typeof inner !== "object" || inner === null || !(tag in inner)) return inner;
  const { [tag]: kind, ...rest } = inner as Record<string, unknown>;
  switch (kind) {
    case "infinity":
      return Infinity;
    case "map":
      return new Map(rest["entries"] as [unknown, unknown][]);
    case "set":
      return new Set(rest["items"] as unknown[]);
    default:
      return inner;
  }
}

/** A list or record with other values; the same one where all of them stay as they are. */
function mapInside(value: unknown, map: (value: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    let list: unknown[] | undefined;
    for (let at = 0; at < value.length; at++) {
      const before: unknown = value[at];
      const after = map(before);
      if (after !== before) (list ??= [...value])[at] = after;
    }
    return list ?? value;
  }
  let record: Record<string, unknown> | undefined;
  for (const [key, before] of Object.entries(value)) {
    const after = map(before);
    if (after !== before) (record ??= { ...value })[key] = after;
  }
  return record ?? value;
}
