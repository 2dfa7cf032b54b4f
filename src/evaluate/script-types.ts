import type { Module } from "../program/program.ts";
import { asList, literalText } from "../value/inspect.ts";
import type { Value } from "../value/value.ts";
import { readDottedName } from "./dotted-name.ts";
import type { Environment } from "./environment.ts";
import { importSourceOf } from "./import-source.ts";
import type { Run } from "./run.ts";

/**
 * The texts of a type that TypeScript makes of a value: `keyof typeof MODELS`, `(typeof MODELS)[number]`, the values of
 * a record, or the members of an enumeration by its name. Undefined for other types, and where the value is not in view.
 */
export function textsOfValueType(
  run: Run,
  type: string,
  environment: Environment,
): readonly string[] | undefined {
  const read = (name: string): Value | undefined => readDottedName(run, name, environment);
  const keys = /^keyof\s+typeof\s+([\w$.]+)$/.exec(type);
  if (keys) return keysOf(read(keys[1]!));
  const element = /^(?:\(\s*typeof\s+([\w$.]+)\s*\)|typeof\s+([\w$.]+))\s*\[(.*)\]$/s.exec(type);
  if (element) {
    const [, inner, plain, index = ""] = element;
    const name = inner ?? plain!;
    if (index.trim() === "number") return textsIn(asList(read(name))?.elements.map(({ value }) => value));
    const isAll = new RegExp(`^keyof\\s+typeof\\s+${name.replaceAll(/[.$]/g, "\\$&")}$`).test(index.trim());
    return isAll ? textsIn(valuesOf(read(name))) : undefined;
  }
  return /^[A-Z][\w$]*$/.test(type) ? textsIn(valuesOf(read(type))) : undefined;
}

/** A type that has a name, and where the names in it are looked up. */
interface NamedType {
  readonly type: string;
  readonly environment: Environment;
}

/** Types by name, as far as they were asked for, by the scope of their module. */
const namedTypes = new WeakMap<Environment, Map<string, NamedType | undefined>>();

/** What `type Name = ...` stands for, in the module at hand or in the one the name is imported from. */
export function typeOfName(run: Run, name: string, environment: Environment): NamedType | undefined {
  const home = environment.module;
  const known = namedTypes.get(home) ?? new Map<string, NamedType | undefined>();
  namedTypes.set(home, known);
  if (!known.has(name)) known.set(name, findType(run, name, home));
  return known.get(name);
}

/** Modules that hand on a type in a row. */
const maximumHops = 3;

function findType(run: Run, name: string, home: Environment): NamedType | undefined {
  if (!/^[\w$]+$/.test(name)) return undefined;
  let module: Module | undefined;
  for (let hops = 0; hops <= maximumHops; hops++) {
    const path: string = module?.path ?? home.file;
    const text = run.host.readText(path, path)?.text ?? "";
    const type = definitionIn(text, name);
    if (type !== undefined) {
      const owner = module;
      return { type, environment: owner ? run.keeping(() => run.modules.load(owner)).environment : home };
    }
    const source = importSourceOf(text, name, "javascript");
    const target = source === undefined ? undefined : run.host.resolveImport(path, source);
    if (target?.kind !== "module") return undefined;
    module = target.module;
  }
  return undefined;
}

/** The module that a module imports a name from, be it as a type only. */
export function typeSource(run: Run, home: Environment, name: string): Module | undefined {
  if (run.modules.languageOf(home.file) !== "javascript") return undefined;
  const text = run.host.readText(home.file, home.file)?.text ?? "";
  const source = importSourceOf(text, name, "javascript");
  const target = source === undefined ? undefined : run.host.resolveImport(home.file, source);
  return target?.kind === "module" ? target.module : undefined;
}

/** What stands behind `type Name =`, if that is short and no type of an object. */
function definitionIn(text: string, name: string): string | undefined {
  const found = new RegExp(
    `\\btype\\s+${escaped(name)}\\s*=\\s*([^;={}]{1,2000}?)\\s*(?:;|\\n\\s*\\n|\\n(?=\\w)|$)`,
  ).exec(text);
  return found?.[1]?.replace(/^\|\s*/, "");
}

function escaped(name: string): string {
  return name.replaceAll("$", "\\$");
}

function keysOf(value: Value | undefined): readonly string[] | undefined {
  if (value?.type !== "record" || value.class || value.rest.length > 0) return undefined;
  return [...value.entries.keys()];
}

function valuesOf(value: Value | undefined): readonly Value[] | undefined {
  if (value?.type !== "record" || value.class || value.rest.length > 0) return undefined;
  return [...value.entries.values()].map((entry) => entry.value);
}

function textsIn(values: readonly Value[] | undefined): readonly string[] | undefined {
  const texts = values?.map(literalText);
  return texts && texts.length > 0 && texts.every((text) => text !== undefined) ? texts : undefined;
}
