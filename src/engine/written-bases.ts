import { importSourceOf } from "../evaluate/import-source.ts";
import type { ProgramLanguage } from "../program/program.ts";

/** A class as its head is written: what it inherits or implements, and where that comes from. */
export interface WrittenBase {
  readonly heir: string;
  readonly base: string;
  /** What the base is imported from; undefined where it stands in the same file. */
  readonly specifier: string | undefined;
}

const pythonHeads = /^class[ \t]+(\w+)[ \t]*\(([^()]{1,500})\)[ \t]*:/gm;
const scriptHeads =
  /\bclass\s+([\w$]+)\s*(?:<[^{}]{0,200}>)?\s*(?:extends\s+([\w$.]+)\s*(?:<[^{}]{0,200}>)?)?\s*(?:implements\s+([\w$.,<>\s]{1,500}))?\{/g;

/** The classes of a text with what each inherits or implements under a plain name. */
export function basesIn(text: string, language: ProgramLanguage): readonly WrittenBase[] {
  const isPython = language === "python";
  const found: WrittenBase[] = [];
  for (const [, heir, ...lists] of text.matchAll(isPython ? pythonHeads : scriptHeads)) {
    for (const base of lists.flatMap((list) => namesIn(list ?? "")))
      found.push({ heir: heir!, base, specifier: importSourceOf(text, base, language) });
  }
  return found;
}

/** Plain names in a list of types: those of a library behind a dot and arguments of types are left out. */
function namesIn(list: string): readonly string[] {
  return list
    .replaceAll(/[<[][^,]*[>\]]/g, "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => /^[A-Z][\w$]*$/.test(name));
}

/** Re-exports between a name and what it stands for. */
const maximumHops = 4;

/** Modules behind `export *` that are searched for a name. */
const maximumStars = 12;

/** How the files of a repository are looked at. */
export interface Sources {
  /** The text of a file; empty where there is none. */
  textOf(path: string): string;
  /** The file that an import leads to. */
  resolve(fromFile: string, specifier: string): string | undefined;
}

/** The file in which a type that is known in another is defined, as far as that can be followed. */
export function definingFile(path: string, name: string, sources: Sources, hops = 0): string {
  const language = languageOf(path);
  const text = sources.textOf(path);
  if (!language || hops > maximumHops || defines(text, name)) return path;
  const source = importSourceOf(text, name, language);
  const target = source === undefined ? undefined : sources.resolve(path, source);
  if (target !== undefined && target !== path) return definingFile(target, name, sources, hops + 1);
  for (const star of starSources(text, language)) {
    const module = sources.resolve(path, star);
    if (module === undefined || module === path) continue;
    const found = definingFile(module, name, sources, hops + 1);
    if (defines(sources.textOf(found), name)) return found;
  }
  return path;
}

/** The language of a file that may hold classes, going by its name. */
export function languageOf(path: string): ProgramLanguage | undefined {
  if (/\.pyw?$/i.test(path)) return "python";
  return /\.[cm]?[jt]sx?$/i.test(path) ? "javascript" : undefined;
}

function defines(text: string, name: string): boolean {
  return new RegExp(`\\b(?:class|interface|type)\\s+${name.replaceAll("$", "\\$")}(?![\\w$])`).test(text);
}

function starSources(text: string, language: ProgramLanguage): readonly string[] {
  const stars =
    language === "python"
      ? /^from[ \t]+([\w.]+)[ \t]+import[ \t]+\*/gm
      : /\bexport\s+(?:type\s+)?\*\s*from\s*["']([^"']+)["']/g;
  return [...text.matchAll(stars)].slice(0, maximumStars).map(([, source]) => source!);
}
