import { createRequire } from "node:module";
import type * as Toml from "smol-toml";
import type { LockFile } from "./npm-packages.ts";
import { isVersionText } from "./stated-version.ts";

/** A manifest of Python: its path below a folder, and what it says of a package, as `rangeInPackageJson` does. */
export interface PythonManifest {
  readonly name: string;
  range(text: string, packageName: string): string | undefined;
}

/** The usual names of lists of requirements. */
const requirementFiles = [
  "requirements.txt",
  "requirements.in",
  "requirements/base.txt",
  "requirements/prod.txt",
  "requirements/dev.txt",
  "requirements-dev.txt",
  "requirements_dev.txt",
  "dev-requirements.txt",
  "constraints.txt",
];

/** Manifests in the order in which they are believed. */
export const pythonManifests: readonly PythonManifest[] = [
  { name: "pyproject.toml", range: inPyproject },
  ...requirementFiles.map((name) => ({ name, range: inRequirements })),
  { name: "Pipfile", range: inPipfile },
  { name: "setup.cfg", range: inRequirements },
];

/** Lock files: both poetry and uv, and pdm, write tables of packages with a line for name and version. */
export const pythonLockFiles: readonly LockFile[] = [
  { name: "uv.lock", versions: inTomlLock },
  { name: "poetry.lock", versions: inTomlLock },
  { name: "pdm.lock", versions: inTomlLock },
  { name: "Pipfile.lock", versions: inPipfileLock },
];

function inPyproject(text: string, name: string): string | undefined {
  const project = readToml(text);
  if (!project) return undefined;
  const lists = [
    at(project, "project", "dependencies"),
    ...members(at(project, "project", "optional-dependencies")),
    ...members(at(project, "dependency-groups")),
    at(project, "tool", "uv", "dev-dependencies"),
    ...members(at(project, "tool", "pdm", "dev-dependencies")),
  ];
  for (const list of lists) {
    for (const entry of Array.isArray(list) ? list : []) {
      const range = typeof entry === "string" ? rangeOfRequirement(entry, name) : undefined;
      if (range !== undefined) return range;
    }
  }
  const poetry = at(project, "tool", "poetry");
  const groups = members(at(poetry, "group")).map((group) => at(group, "dependencies"));
  for (const table of [at(poetry, "dependencies"), ...groups, at(poetry, "dev-dependencies")]) {
    const range = rangeOfTable(table, name);
    if (range !== undefined) return range;
  }
  return undefined;
}

function inPipfile(text: string, name: string): string | undefined {
  const file = readToml(text);
  return rangeOfTable(at(file, "packages"), name) ?? rangeOfTable(at(file, "dev-packages"), name);
}

function inRequirements(text: string, name: string): string | undefined {
  for (const line of text.split("\n")) {
    const range = rangeOfRequirement(line.replace(/(?:^|\s)#.*$/, ""), name);
    if (range !== undefined) return range;
  }
  return undefined;
}

/** The range of `name[extra] >=1,<2; marker`; undefined for another package. */
function rangeOfRequirement(requirement: string, name: string): string | undefined {
  const [, found, range] =
    /^\s*([\w.-]+)\s*(?:\[[^\]]*\])?\s*\(?([^;()\\]*?)\)?\s*(?:;.*|\\|--.*)?$/.exec(requirement) ?? [];
  if (found === undefined || normalized(found) !== normalized(name)) return undefined;
  return range !== undefined && isVersionText("pypi", range) ? range.replaceAll(/\s+/g, "") : "";
}

/** The range of an entry `name = "^1.2"` or `name = {version = "^1.2"}` of poetry and Pipenv. */
function rangeOfTable(table: unknown, name: string): string | undefined {
  if (typeof table !== "object" || table === null) return undefined;
  const key = Object.keys(table).find((one) => normalized(one) === normalized(name));
  if (key === undefined) return undefined;
  const value: unknown = at(table, key);
  const given = typeof value === "string" ? value : at(value, "version");
  const range = typeof given === "string" ? given.split(",").map(plainSpecifier).join(",") : "";
  return isVersionText("pypi", range) && range !== "*" ? range : "";
}

/** `^1.2.3` and `~1.2` of poetry in the notation of Python. */
function plainSpecifier(part: string): string {
  const [, operator, version] = /^\s*([\^~])(?!=)\s*(\d[\w.]*)\s*$/.exec(part) ?? [];
  if (version === undefined) return part.trim();
  const numbers = version.split(".").map(Number);
  const first = numbers.findIndex((number) => number > 0);
  const index = operator === "~" ? Math.min(1, numbers.length - 1) : first < 0 ? numbers.length - 1 : first;
  const end = numbers
    .slice(0, index + 1)
    .map((number, position) => (position === index ? number + 1 : number));
  return `>=${version},<${end.join(".")}`;
}

function inTomlLock(text: string, name: string): readonly string[] {
  const entries = text.matchAll(/^name = "([^"]+)"\nversion = "([^"]+)"/gm);
  return [...entries].flatMap(([, found, version]) =>
    normalized(found!) === normalized(name) ? [version!] : [],
  );
}

function inPipfileLock(text: string, name: string): readonly string[] {
  const entry = new RegExp(`"${normalized(name)}": \\{[^}]*?"version": "==([^"]+)"`).exec(text);
  return entry ? [entry[1]!] : [];
}

/** Names of Python packages are the same whatever stands between their words. */
function normalized(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}

/** Loaded at its first use. */
let toml: typeof Toml | undefined;

function readToml(text: string): unknown {
  try {
    toml ??= createRequire(import.meta.url)("smol-toml") as typeof Toml;
    return toml.parse(text);
  } catch {
    // As with a `package.json` that is no JSON.
    return undefined;
  }
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

function members(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}
