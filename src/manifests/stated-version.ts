import { createRequire } from "node:module";
import pep440 from "@renovatebot/pep440";
import type * as Semver from "semver";

const load = createRequire(import.meta.url);
let loaded: typeof Semver | undefined;

/** Loaded at its first use: most runs meet no version of npm, and its many files take longer than a small run. */
function semver(): typeof Semver {
  return (loaded ??= load("semver") as typeof Semver);
}

/** A package of a registry. */
export interface PackageName {
  readonly registry: "npm" | "pypi";
  readonly name: string;
}

/** What a manifest or a lock file says of the version of a package. */
export interface StatedVersion {
  readonly registry: PackageName["registry"];
  /** A version, or a range in the notation of the registry: `5.0.12`, `^5.0.0`, `>=1.2,<2`. */
  readonly text: string;
  /** Path of the file that says so. */
  readonly file: string;
}

/** True where the text is a version or a range that can be compared. */
export function isVersionText(registry: PackageName["registry"], text: string): boolean {
  if (text.trim() === "") return false;
  return registry === "npm" ? semver().validRange(text) !== null : specifiersOf(text) !== undefined;
}

/** True where a version of the range is this one or a later one. */
export function admits({ registry, text }: StatedVersion, version: string): boolean {
  // Early releases of a version behave like it.
  if (registry === "npm") return semver().intersects(text, `>=${version}-0`, { includePrerelease: true });
  const specifiers = specifiersOf(text) ?? [];
  // The range has no gaps, so if any version is late enough, the wanted one is, or one next to a bound.
  const bounds = specifiers.map((specifier) => specifier.replace(/^[=<>!~]+\s*|\.\*$/g, ""));
  const candidates = [version, ...bounds, ...bounds.map((bound) => `${bound}.0.1`)];
  return candidates.some((candidate) => isLateEnough(candidate, version) && isIn(candidate, specifiers));
}

/** True where a version lies in a range of its registry. */
export function satisfies(registry: PackageName["registry"], version: string, range: string): boolean {
  if (registry === "npm") return semver().satisfies(version, range, { includePrerelease: true });
  const specifiers = specifiersOf(range);
  return specifiers !== undefined && isIn(version, specifiers);
}

/** The latest of some versions; those that cannot be read are left out. */
export function latest(registry: PackageName["registry"], versions: readonly string[]): string | undefined {
  if (registry === "npm") return semver().rsort(versions.filter((version) => semver().valid(version)))[0];
  return versions
    .filter((version) => pep440.valid(version) !== null)
    .toSorted((a, b) => pep440.rcompare(a, b))[0];
}

function isLateEnough(candidate: string, version: string): boolean {
  return pep440.valid(candidate) !== null && pep440.compare(candidate, version) >= 0;
}

function isIn(version: string, specifiers: readonly string[]): boolean {
  return specifiers.every((specifier) => pep440.satisfies(version, specifier, { prereleases: true }));
}

/** The parts of a range of Python, a plain version as `==`; undefined where one cannot be read. */
function specifiersOf(text: string): readonly string[] | undefined {
  const parts = text.split(",").map((part) => part.trim());
  const specifiers = parts
    .filter((part) => part !== "" && part !== "*")
    .map((part) => (/^\d/.test(part) ? `==${part}` : part));
  if (parts.every((part) => part === "")) return undefined;
  return specifiers.every((specifier) => pep440.validRange(specifier)) ? specifiers : undefined;
}
