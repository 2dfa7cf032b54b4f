import { list, listElement, record, recordEntry } from "../../value/construct.ts";
import { asList } from "../../value/inspect.ts";
import type { RecordEntryValue, TextPart, TextValue, Value } from "../../value/value.ts";
import { constructionOf } from "../construction.ts";
import type { AssetContext } from "../sdk.ts";
import { deployed, resolveIntrinsics } from "./cloudformation-values.ts";

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

function camelCase(key: string): string {
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

/** Blocks of Terraform that may be repeated, with the key that the API has for their list. */
const repeated: Readonly<Record<string, string>> = {
  variant: "variants",
  message: "messages",
  content: "content",
  system: "system",
  tool: "tools",
  input_variable: "inputVariables",
};

/** Blocks that stand once. In Terraform's JSON each block may be a list all the same. */
const single = new Set([
  "template_configuration",
  "text",
  "chat",
  "cache_point",
  "tool_configuration",
  "tool_spec",
  "input_schema",
]);

/**
 * The properties of a resource `aws_bedrockagent_prompt` with the keys of the API.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_prompt, read 2026-11-22.
 */
export function ofTerraform(value: Value, context: AssetContext): Value {
  if (value.type === "text") return substituted(value, context);
  if (value.type !== "record") return value;
  const entries = [...value.entries].map(([key, entry]) => {
    const blocks = asList(entry.value);
    const plural = repeated[key];
    if (plural !== undefined && (blocks || entry.value.type === "record")) {
      const elements = blocks?.elements ?? [listElement(entry.value, entry.span)];
      const mapped = elements.map((each) => ({
        ...each,
        value: ofTerraform(each.value, context),
      }));
      return [plural, { ...entry, value: list(mapped, entry.span) }] as const;
    }
    const inner = single.has(key) ? (blocks?.elements[0]?.value ?? entry.value) : entry.value;
    const isRead = single.has(key) || inner.type === "text";
    const read = isRead && key !== "json" ? ofTerraform(inner, context) : inner;
    return [camelCase(key), { ...entry, value: read }] as const;
  });
  return record(value.span, entries);
}

/** `${var.x}` and other expressions are fixed per deployment; `${file("...")}` is the text of a file in view. */
function substituted(source: TextValue, context: AssetContext): TextValue {
  const parts = source.parts.flatMap((part): readonly TextPart[] => {
    if (part.kind === "hole") return [part];
    return part.text.split(/((?<!\$)\$\{(?:[^{}]|\{[^{}]*\})*\})/).flatMap((piece): readonly TextPart[] => {
      if (piece === "") return [];
      if (!piece.startsWith("${")) return [{ ...part, text: piece.replaceAll("$${", "${") }];
      const path = /^\$\{file\("(?:\$\{path\.(?:module|root)\}\/)?([^"$]+)"\)\}$/.exec(piece)?.[1];
      const file = path === undefined ? undefined : context.readText(path);
      if (file) return file.parts;
      return [
        { kind: "hole", hole: deployed("Terraform", piece, part.span), span: part.span, frame: undefined },
      ];
    });
  });
  return { type: "text", parts };
}
