import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { checkAgainst, keyText, type ConfigIssue, type KeyPath } from "../../engine/config/check-config.ts";
import type { Config } from "../../engine/config/config.ts";
import type { Schema } from "../../engine/config/config-schema.ts";
import { presetNames } from "../../engine/config/plain-config.ts";
import { shownPath } from "../discover-files.ts";
import { nearest } from "../nearest.ts";
import { decode, reasonOf } from "../read-file.ts";
import { readJsonText, readYamlText, type ConfigText } from "./config-text.ts";
import { isCode } from "./find-configs.ts";
import { importConfig, toData } from "./import-config.ts";

/** A config file that was read. Where it is wrong, its value is empty. */
export interface ReadConfig {
  /** Absolute. */
  readonly path: string;
  readonly value: Config;
  /** Whole lines for the user: file, line, key, what was found and what is accepted. */
  readonly errors: readonly string[];
  /** `promptlint.yaml:3: rules.valid-ttl`, for further errors; configs that are code have no lines. */
  describe(path: KeyPath): string;
}

/** What a config is held against. */
export interface ConfigChecks {
  readonly cwd: string;
  readonly schema: Schema;
  isModel(id: string): boolean;
  modelIds(): Iterable<string>;
}

/** Largest config that is read, in bytes. */
const maximumBytes = 1_000_000;

/** Reads a config that is data. */
export function readDataConfig(path: string, checks: ConfigChecks): ReadConfig {
  const shown = shownPath(path, checks.cwd);
  let text: string;
  try {
    const { size } = statSync(path);
    if (size > maximumBytes) return broken(path, [`${shown}: It is larger than ${maximumBytes / 1000} kB.`]);
    text = decode(readFileSync(path));
  } catch (error) {
    return broken(path, [`${shown}: It can't be read. ${reasonOf(error)}`]);
  }
  const read: ConfigText = path.endsWith(".json") ? readJsonText(text) : readYamlText(text);
  if (read.errors.length > 0) {
    return broken(
      path,
      read.errors.map(({ line, message }) => `${shown}:${line}: ${message}`),
    );
  }
  return check(path, toData(read.value), checks, (at) => `${shown}:${read.lineOf(at)}`);
}

/** Reads a config that is the user's own and may be code, which is run. */
export async function readOwnConfig(path: string, checks: ConfigChecks): Promise<ReadConfig> {
  if (!isCode(path)) return readDataConfig(path, checks);
  const shown = shownPath(path, checks.cwd);
  try {
    return check(path, toData(await importConfig(path)), checks, () => shown);
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
    return broken(path, [`${shown}: It can't be loaded: ${reason}`]);
  }
}

/** A config that says nothing. */
export function emptyConfig(path: string): ReadConfig {
  return broken(path, []);
}

function broken(path: string, errors: readonly string[]): ReadConfig {
  return { path, value: {}, errors, describe: () => path };
}

function check(
  path: string,
  value: unknown,
  checks: ConfigChecks,
  placeOf: (at: KeyPath) => string,
): ReadConfig {
  const describe = (at: KeyPath): string => [placeOf(at), ...(at.length > 0 ? [keyText(at)] : [])].join(": ");
  const issues = [...checkAgainst(value, checks.schema)];
  const config = value as Config;
  if (issues.length === 0) issues.push(...unknownNames(config, checks));
  const errors = issues.map((issue) => `${describe(issue.path)}: ${issueText(issue)}`);
  return { path, value: errors.length > 0 ? {} : config, errors, describe };
}

function issueText({ message, unknown }: ConfigIssue): string {
  const near = unknown ? nearest(unknown.name, unknown.known, 3) : [];
  return near.length > 0 ? `${message}: did you mean ${near.join(" or ")}?` : `${message}.`;
}

function unknownNames(config: Config, { isModel, modelIds }: ConfigChecks): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const checkModel = (model: string | undefined, path: KeyPath): void => {
    if (model === undefined || isModel(model)) return;
    const unknown = { name: model, known: [...modelIds()] };
    issues.push({ path, message: `the catalog has no model "${model}"`, unknown });
  };
  checkModel(config.model, ["model"]);
  for (const [index, override] of (config.overrides ?? []).entries()) {
    checkModel(override.model, ["overrides", index, "model"]);
  }
  for (const { name, path } of extended(config)) {
    if (!name.startsWith("promptlint:") || presetNames.has(name)) continue;
    issues.push({
      path,
      message: `there is no preset "${name}"`,
      unknown: { name, known: [...presetNames.keys()] },
    });
  }
  return issues;
}

/** What a config extends, with the place of each name. */
export function extended(config: Config): readonly { readonly name: string; readonly path: KeyPath }[] {
  const { extends: names = [] } = config;
  if (typeof names === "string") return [{ name: names, path: ["extends"] }];
  return names.map((name, index) => ({ name, path: ["extends", index] }));
}

/**
 * The file that an extended name stands for, relative to the config that extends it. Packages are looked for by Node,
 * from that config.
 * @throws where there is no such package
 */
export function fileOfExtended(name: string, from: string): string {
  if (/^\.{0,2}[/\\]|^[A-Za-z]:/.test(name)) return resolve(dirname(from), name);
  return createRequire(from).resolve(name);
}
