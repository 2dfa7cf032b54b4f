import type { Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry } from "../../value/construct.ts";
import { accessPath, asList } from "../../value/inspect.ts";
import type {
  ListElement,
  OpaqueValue,
  RecordEntryValue,
  RecordValue,
  TextPart,
  TextValue,
  Value,
} from "../../value/value.ts";
import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { AssetContext } from "../sdk.ts";
import { camelCase } from "./bedrock-properties.ts";
import { deployed } from "./cloudformation-values.ts";

/** Blocks that may be repeated, with the key that the API has for their list. */
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

/** Longest way from one name to the next that is followed. */
const maximumHops = 6;

/**
 * Reads the properties of resources `aws_bedrockagent_prompt` in a file of Terraform, in its own language or in JSON.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/bedrockagent_prompt.html.markdown has the
 * names, `internal/service/bedrockagent/prompt.go` how often a block may stand. Read 2026-11-22.
 */
export class TerraformReader {
  readonly #context: AssetContext;
  readonly #locals: ReadonlyMap<string, RecordEntryValue>;

  constructor(file: RecordView | undefined, context: AssetContext) {
    this.#context = context;
    const locals = presentEntry(file, "locals")?.value;
    const blocks = asList(locals)?.elements.map(({ value }) => value) ?? [locals];
    this.#locals = new Map(blocks.flatMap((block) => [...(viewRecord(block)?.entries ?? [])]));
  }

  /** The properties with the keys of the API. */
  properties(value: Value): Value {
    if (value.type === "text" || value.type === "opaque")
      return { type: "text", parts: this.#parts(value, 0) };
    if (value.type !== "record") return value;
    const entries = [...withDynamicBlocks(value)].map(([key, entry]) => {
      const blocks = asList(entry.value);
      const plural = Object.hasOwn(repeated, key) ? repeated[key] : undefined;
      if (plural !== undefined && (blocks || entry.value.type === "record")) {
        const elements = (blocks?.elements ?? [listElement(entry.value, entry.span)]).map((each) => ({
          ...each,
          value: this.properties(each.value),
        }));
        return [plural, { ...entry, value: list(elements, entry.span) }] as const;
      }
      const inner = single.has(key) ? (blocks?.elements[0]?.value ?? entry.value) : entry.value;
      if (key === "json") return [key, { ...entry, value: this.#schema(inner) }] as const;
      const isRead = single.has(key) || inner.type === "text" || inner.type === "opaque";
      return [camelCase(key), { ...entry, value: isRead ? this.properties(inner) : inner }] as const;
    });
    return record(value.span, entries);
  }

  /** The schema of a tool is text of JSON. */
  #schema(value: Value): Value {
    if (value.type === "text") return this.#context.parseJson(value) ?? value;
    return (value.type === "opaque" ? argumentOf(value, "jsonencode") : undefined) ?? value;
  }

  /** What a value comes to in text: names of the file are followed, all else is fixed per deployment. */
  #parts(value: TextValue | OpaqueValue, hops: number): readonly TextPart[] {
    if (value.type === "opaque") {
      const known = hops < maximumHops ? this.#known(value) : undefined;
      if (known?.type === "text" || known?.type === "opaque") return this.#parts(known, hops + 1);
      if (known?.type === "constant") {
        return [{ kind: "literal", text: String(known.value), span: value.span }];
      }
      // What may hold placeholders is not the same in each request.
      const hole = value.key.includes("{{") ? value : deployed("Terraform", value.key, value.span);
      return [{ kind: "hole", hole, span: value.span, frame: undefined }];
    }
    return value.parts.flatMap((part): readonly TextPart[] => {
      if (part.kind === "literal") return part.span.file.endsWith(".json") ? this.#substituted(part) : [part];
      return this.#parts(part.hole, hops).map((inner) =>
        inner.kind === "hole" && inner.span === part.hole.span ? { ...inner, span: part.span } : inner,
      );
    });
  }

  /** `local.x`, `file("...")` and functions that only tidy a text up; undefined for all else. */
  #known(value: OpaqueValue): Value | undefined {
    const path = argumentOf(value, "file");
    if (path) return path.type === "text" ? this.#file(path) : undefined;
    const tidied = argumentOf(value, "trimspace") ?? argumentOf(value, "chomp");
    if (tidied) return tidied;
    const { root, steps } = accessPath(value);
    if (root.kind !== "global" || root.name !== "local") return undefined;
    const [first, ...rest] = steps;
    let found = this.#locals.get(first ?? "")?.value;
    for (const step of rest) found = found?.type === "record" ? found.entries.get(step)?.value : undefined;
    return found;
  }

  /** The text of a file in view, by a path such as `${path.module}/rules.txt`. */
  #file(path: TextValue): TextValue | undefined {
    let written = "";
    for (const part of path.parts) {
      if (part.kind === "literal") written += part.text;
      else if (!isFolder(part.hole)) return undefined;
    }
    return this.#context.readText(written.replace(/^\//, ""));
  }

  /** A text of Terraform's JSON, where expressions are not told from text yet. */
  #substituted(part: Extract<TextPart, { kind: "literal" }>): readonly TextPart[] {
    return part.text.split(/((?<!\$)\$\{(?:[^{}]|\{[^{}]*\})*\})/).flatMap((piece): readonly TextPart[] => {
      if (piece === "") return [];
      if (!piece.startsWith("${")) return [{ ...part, text: piece.replaceAll("$${", "${") }];
      const path = /^\$\{file\("(?:\$\{path\.(?:module|root)\}\/)?([^"$]+)"\)\}$/.exec(piece)?.[1];
      const file = path === undefined ? undefined : this.#context.readText(path);
      if (file) return file.parts;
      return [
        { kind: "hole", hole: deployed("Terraform", piece, part.span), span: part.span, frame: undefined },
      ];
    });
  }
}

/** `path.module` and `path.root`: the folder that the file stands in, as a rule. */
function isFolder(value: OpaqueValue): boolean {
  const { root, steps } = accessPath(value);
  return root.kind === "global" && root.name === "path" && /^(?:module|root)$/.test(steps.join("."));
}

/** What a function is given, if the value is a call of it. */
function argumentOf({ origin }: OpaqueValue, name: string): Value | undefined {
  if (origin.kind !== "call" || origin.callee.type !== "opaque") return undefined;
  const { origin: callee } = origin.callee;
  return callee.kind === "global" && callee.name === name ? origin.arguments[0]?.value : undefined;
}

/**
 * The entries of a block, with `dynamic "x" { content { ... } }` as a block `x` among the others. How many it makes is
 * unknown; one is what it is written for.
 */
function withDynamicBlocks({ entries }: RecordValue): ReadonlyMap<string, RecordEntryValue> {
  const dynamic = viewRecord(entries.get("dynamic")?.value);
  if (!dynamic) return entries;
  const merged = new Map(entries);
  merged.delete("dynamic");
  for (const [key, entry] of dynamic.entries) {
    const made = elementsOf(entry).flatMap(({ value, span }) => {
      const content = presentEntry(viewRecord(value), "content")?.value;
      return content ? [listElement(content, span)] : [];
    });
    const all = [...elementsOf(merged.get(key)), ...made].toSorted((a, b) => a.span.start - b.span.start);
    const place: Span = merged.get(key)?.span ?? entry.span;
    merged.set(key, recordEntry(list(all, place), place, merged.get(key)?.entrySpan ?? entry.entrySpan));
  }
  return merged;
}

function elementsOf(entry: RecordEntryValue | undefined): readonly ListElement[] {
  if (!entry) return [];
  return asList(entry.value)?.elements ?? [listElement(entry.value, entry.span)];
}
