import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/**
 * Runs a config that is code and returns what it exports by default. Node reads TypeScript itself from version 22.18
 * on; in front of that a package does.
 * @throws whatever the config throws
 */
export async function importConfig(path: string): Promise<unknown> {
  const module: unknown = /\.[cm]?ts$/.test(path)
    ? await importTypeScript(path)
    : await import(pathToFileURL(path).href);
  return typeof module === "object" && module !== null && "default" in module ? module.default : module;
}

async function importTypeScript(path: string): Promise<unknown> {
  const { typescript } = process.features as { readonly typescript?: string | false };
  if (typescript) return import(pathToFileURL(path).href);
  const { createJiti } = createRequire(import.meta.url)("jiti") as typeof import("jiti");
  return createJiti(import.meta.url, { fsCache: false, moduleCache: false }).import(path);
}

/**
 * A value as plain data, without keys that are undefined. What is no data, such as a function, becomes a text that
 * the check of the config refuses.
 */
export function toData(value: unknown, depth = 0): unknown {
  if (depth > 20) return "something too deep";
  if (Array.isArray(value)) return value.map((item) => toData(item, depth + 1));
  switch (typeof value) {
    case "object": {
      if (value === null) return null;
      const entries = Object.entries(value).filter(([, item]) => item !== undefined);
      return Object.fromEntries(entries.map(([key, item]) => [key, toData(item, depth + 1)]));
    }
    case "string":
    case "number":
    case "boolean":
      return value;
    default:
      return `a ${typeof value}`;
  }
}
