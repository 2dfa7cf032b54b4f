import { record, recordEntry } from "../../value/construct.ts";
import type { RecordEntryValue, Value } from "../../value/value.ts";
import { constructionOf } from "../construction.ts";
import { resolveIntrinsics } from "./cloudformation-values.ts";

/**
 * A value with the keys that the API has: CloudFormation begins them with capitals, and the CDK for Python writes them
 * with underscores, in classes such as `CfnPrompt.PromptVariantProperty`. Functions of CloudFormation become values
 * that are fixed per deployment. Below `Json` stands a schema with keys of its own.
 */
export function camelized(value: Value): Value {
  const resolved = resolveIntrinsics(value);
  if (resolved.type === "list") {
    return {
      ...resolved,
      elements: resolved.elements.map((element) => ({ ...element, value: camelized(element.value) })),
    };
  }
  if (resolved.type === "opaque") return ofPropertyClass(resolved) ?? resolved;
  if (resolved.type !== "record") return resolved;
  const entries = [...resolved.entries].map(([key, entry]) => camelizedEntry(key, entry));
  return { ...resolved, entries: new Map(entries) };
}

function camelizedEntry(key: string, entry: RecordEntryValue): readonly [string, RecordEntryValue] {
  const name = camelCase(key);
  return [name, name === "json" ? entry : { ...entry, value: camelized(entry.value) }];
}

/** `cache_point` and `CachePoint` as the API has it: `cachePoint`. */
export function camelCase(key: string): string {
  const joined = key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}

function ofPropertyClass(value: Value): Value | undefined {
  const made = constructionOf(value);
  if (!made || !/(?:^|\.)\w+Property$/.test(made.name)) return undefined;
  const entries = made.arguments.flatMap(({ name, value: given, span, entrySpan, stretch }) =>
    name === undefined || stretch ? [] : [camelizedEntry(name, recordEntry(given, span, entrySpan))],
  );
  return record(made.span, entries);
}
