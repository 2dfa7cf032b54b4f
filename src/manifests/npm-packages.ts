import { isVersionText } from "./stated-version.ts";

/** The kinds of dependencies in a `package.json`. */
const sections = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

/**
 * What a `package.json` says of a package: the range as it is written, empty where it points elsewhere (`workspace:*`, a
 * tag, an address); undefined where it does not name the package or is no JSON.
 */
export function rangeInPackageJson(text: string, name: string): string | undefined {
  const manifest = parseJson(text);
  for (const section of sections) {
    const given = memberOf(memberOf(manifest, section), name);
    if (typeof given !== "string") continue;
    // `npm:name@range` installs under another name, `workspace:^1.2.0` states the version of the neighbour.
    const range = given.replace(/^(?:npm:(?:@[^@]+|[^@]+)@|workspace:)/, "");
    return isVersionText("npm", range) && range !== "*" ? range : "";
  }
  return undefined;
}

/** The version in the `package.json` of an installed package. */
export function versionInPackageJson(text: string): string | undefined {
  const version = memberOf(parseJson(text), "version");
  return typeof version === "string" ? version : undefined;
}

/** A lock file: its name, and the versions of a package it holds for a project in a folder below it. */
export interface LockFile {
  readonly name: string;
  versions(text: string, packageName: string, folder: string): readonly string[];
}

/** The lock files of the package managers. All are written by programs, so their lines are always of the same form. */
export const npmLockFiles: readonly LockFile[] = [
  { name: "package-lock.json", versions: inNpmLock },
  { name: "npm-shrinkwrap.json", versions: inNpmLock },
  { name: "pnpm-lock.yaml", versions: inPnpmLock },
  { name: "yarn.lock", versions: inYarnLock },
  { name: "bun.lock", versions: inBunLock },
];

function inNpmLock(text: string, name: string, folder: string): readonly string[] {
  const lock = parseJson(text);
  const installed = memberOf(lock, "packages");
  const own = folder === "" ? [] : [`${folder}/node_modules/${name}`];
  for (const path of [...own, `node_modules/${name}`]) {
    const version = memberOf(memberOf(installed, path), "version");
    if (typeof version === "string") return [version];
  }
  const version = memberOf(memberOf(memberOf(lock, "dependencies"), name), "version");
  return typeof version === "string" ? [version] : [];
}

function inPnpmLock(text: string, name: string, folder: string): readonly string[] {
  const importer = pnpmImporter(text, folder === "" ? "." : folder);
  const key = `['"]?${escaped(name)}['"]?:`;
  const nested = new RegExp(`^ +${key}\\n(?: +specifier: .*\\n)? +version: ['"]?([\\w.+-]+)`, "m").exec(
    importer,
  );
  if (nested) return [nested[1]!];
  // Older files have `name: version`, and all have the installed packages as `/name@version` or `/name/version`.
  const all = text.matchAll(new RegExp(`^ {2}['"]?/?${escaped(name)}[@/](\\d[\\w.+-]*)`, "gm"));
  return [...new Set([...all].map(([, version]) => version!))];
}

/** The part of the file about one project of a workspace; the whole of it where it has no such parts. */
function pnpmImporter(text: string, folder: string): string {
  const start = new RegExp(`^ {2}['"]?${escaped(folder)}['"]?:\\n`, "m").exec(text);
  if (!start) return text;
  const rest = text.slice(start.index + start[0].length);
  const end = /^ {0,2}\S/m.exec(rest);
  return end ? rest.slice(0, end.index) : rest;
}

function inYarnLock(text: string, name: string): readonly string[] {
  const entries = text.matchAll(
    new RegExp(`^"?(?:[^\\n]*, "?)?${escaped(name)}@[^\\n]*:\\n {2}version:? "?([\\w.+-]+)`, "gm"),
  );
  return [...new Set([...entries].map(([, version]) => version!))];
}

function inBunLock(text: string, name: string): readonly string[] {
  const found = new RegExp(`"${escaped(name)}": \\["${escaped(name)}@(\\d[\\w.+-]*)`).exec(text);
  return found ? [found[1]!] : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A manifest that is no JSON states nothing; whoever installs from it is told so by the package manager.
    return undefined;
  }
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
