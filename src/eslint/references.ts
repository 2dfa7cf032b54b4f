import { joinPaths } from "../engine/resolve-import.ts";

/** Import statements of Python and JavaScript, and `require`; the module's name is captured. */
const imports =
  /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)|import[ \t]+([\w., \t]+)$)|\b(?:from|import|require)[ \t]*\(?[ \t]*["']([^"'\n]+)["']/gm;

/** Names of files in literals and in tags of templates, with or without folder and extension. */
const names = /(?:["'`]|\{\{~?#?>[ \t]*["']?)([\w./-]{1,200})/g;

/** The modules that a program imports: specifiers of JavaScript, dotted names of Python. */
export function importsIn(text: string): readonly string[] {
  const found: string[] = [];
  for (const [, from, members, modules, specifier] of text.matchAll(imports)) {
    if (from !== undefined) {
      found.push(from);
      const dot = from.endsWith(".") ? "" : ".";
      for (const [name] of members!.matchAll(/\w+/g)) found.push(`${from}${dot}${name}`);
    }
    for (const module of modules?.split(",") ?? []) found.push(module.trim().split(/\s/)[0]!);
    if (specifier !== undefined) found.push(specifier.split("?")[0]!);
  }
  return found;
}

/** The names of files that stand in a text, without folder and extension. */
export function namesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(names)].map(([, path]) => stemOf(path!)));
}

/** The name of a file without its folder, its extension, and the underscore that partials begin with. */
export function stemOf(path: string): string {
  return path
    .slice(path.lastIndexOf("/") + 1)
    .replace(/(?<=.)\.[^.]+$/, "")
    .replace(/^_(?=.)/, "");
}

/** The word that an import of a module ends with. */
export function lastWord(specifier: string): string {
  const isPath = specifier.includes("/") || /^\.+$/.test(specifier);
  const last = isPath
    ? (specifier.split("/").at(-1) ?? "").replace(/\.[cm]?[jt]sx?$/, "")
    : (specifier.split(".").at(-1) ?? "");
  return /^\.*$/.test(last) ? indexName : last;
}

/** Stands for a folder that is named by dots alone. */
const indexName = ".";

/** The words that an import of this file may end with. */
export function wordsFor(path: string): readonly string[] {
  const stem = withoutExtension(path);
  const parts = stem.split("/");
  const name = parts.at(-1)!;
  return name === "index" || name === "__init__" ? [name, parts.at(-2) ?? "", indexName] : [name];
}

/** Whether an import in one file may mean another: sure for relative ones, by their last parts for the others. */
export function mayMean(specifier: string, from: string, path: string): boolean {
  const folder = from.includes("/") ? from.slice(0, from.lastIndexOf("/")) : ".";
  const stem = withoutExtension(path);
  const targets = [stem, stem.replace(/\/?(?:index|__init__)$/, "") || "."];
  if (/\.pyw?$|\.ipynb$/.test(from)) {
    const [, dots = "", rest = ""] = /^(\.*)(.*)$/.exec(specifier)!;
    const inner = rest.replaceAll(".", "/");
    if (dots === "") return targets.some((target) => target === inner || target.endsWith(`/${inner}`));
    const up = "../".repeat(dots.length - 1);
    return targets.includes(joinPaths(folder, `${up}${inner}`));
  }
  const inner = specifier.replace(/\.[cm]?[jt]sx?$/, "");
  if (inner.startsWith(".")) return targets.includes(joinPaths(folder, inner));
  // The first part may be an alias of some folder.
  const aliased = inner.replace(/^(?:@[\w-]*|~|#)\//, "").replace(/^#/, "");
  return targets.some((target) => target === aliased || target.endsWith(`/${aliased}`));
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}
