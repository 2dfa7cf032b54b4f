import { lowerAnthropic } from "../dialects/anthropic.ts";
import { lowerConverse } from "../dialects/converse.ts";
import { lowerNova } from "../dialects/nova.ts";
import { presentEntry, viewRecord, type RecordView } from "../dialects/record-view.ts";
import { RequestDraft, type LoweredBody } from "../dialects/request-draft.ts";
import type { Dialect } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { constant, list, listElement, record, recordEntry, text } from "../value/construct.ts";
import { asList, literalText } from "../value/inspect.ts";
import type { RecordEntryValue, Value } from "../value/value.ts";

/**
 * Lowers the body of an InvokeModel call, which is JSON text: followed through the call that printed it. Undefined for
 * bodies of models without cache marks (Titan, Llama, embeddings).
 */
export function lowerInvokeModel(
  entry: RecordEntryValue | undefined,
  model: RecordEntryValue | undefined,
): LoweredBody | undefined {
  if (!entry) return undefined;
  const { value, span } = entry;
  const modelText = literalText(model?.value);
  const body = parsedJson(value, span);
  const view = viewRecord(body);
  const shape = view && bedrockBodyShape(view, modelText);
  if (body && shape === "anthropic") return lowerAnthropic(body, span, { acceptsAutomaticMark: false });
  if (body && (shape === "nova" || shape === "converse")) return lowerNova(body, span);
  // A body in view that has another shape is some other model's; one out of view may be anything the model takes.
  if (view && view.rest.length === 0) return undefined;
  return unknownBody(value, span, modelText);
}

/** Which shape a JSON body for Amazon Bedrock has; undefined for none that takes marks. */
export function bedrockBodyShape(view: RecordView, modelText: string | undefined): Dialect | undefined {
  const has = (key: string) => presentEntry(view, key) !== undefined;
  if (has("anthropic_version")) return "anthropic";
  if (has("schemaVersion")) return "nova";
  const inference = viewRecord(presentEntry(view, "inferenceConfig")?.value);
  if (inference && presentEntry(inference, "max_new_tokens")) return "nova";
  const family = modelFamily(modelText);
  if (has("max_tokens") && has("messages")) return family === "other" ? undefined : "anthropic";
  if (inference || has("toolConfig")) {
    // Without a model both are possible, and a cache point beside a text is right in one of them only.
    const isNova = family === "nova" || (modelText === undefined && hasInlineCachePoint(view));
    return isNova ? "nova" : "converse";
  }
  if (family === "nova" && has("messages")) return "nova";
  return family === "anthropic" && has("messages") ? "anthropic" : undefined;
}

function hasInlineCachePoint(view: RecordView): boolean {
  const system = presentEntry(view, "system")?.value;
  const messages = asList(presentEntry(view, "messages")?.value)?.elements ?? [];
  const contents = messages.map((message) => presentEntry(viewRecord(message.value), "content")?.value);
  return [system, ...contents].some((blocks) =>
    asList(blocks)?.elements.some(({ value }) => {
      const block = viewRecord(value);
      return presentEntry(block, "cachePoint") !== undefined && presentEntry(block, "text") !== undefined;
    }),
  );
}

/** The family of a model id of Bedrock; undefined where the id does not tell, as an ARN of a profile. */
function modelFamily(id: string | undefined): "anthropic" | "nova" | "other" | undefined {
  if (id === undefined) return undefined;
  if (/claude|anthropic/i.test(id)) return "anthropic";
  if (/nova/i.test(id)) return "nova";
  return id.includes("arn:") ? undefined : "other";
}

/** A request whose body is not in view: its dialect is that of the model, Anthropic's where that is open too. */
function unknownBody(value: Value, span: Span, modelText: string | undefined): LoweredBody | undefined {
  const family = modelFamily(modelText);
  if (family === "other") return undefined;
  const draft = new RequestDraft(family === "nova" ? "nova" : "anthropic");
  if (value.type === "opaque") draft.addUnresolved("body", value, span);
  else draft.unresolved.push({ part: "body", span, reason: "the body is a text we cannot read as JSON" });
  return draft.finish();
}

/** The value that was printed as JSON; undefined where it cannot be seen. */
export function parsedJson(value: Value, span: Span): Value | undefined {
  if (value.type === "record") return value;
  if (value.type === "text") {
    const [first, ...more] = value.parts;
    if (first?.kind === "hole" && more.length === 0) return parsedJson(first.hole, span);
    return parseLiteral(literalText(value), span);
  }
  if (value.type !== "opaque" || value.origin.kind !== "operation") return undefined;
  const [operand] = value.origin.operands;
  if (value.origin.operator === "json") return operand;
  return operand && keepsJson.has(value.origin.operator) ? parsedJson(operand, span) : undefined;
}

/** Operations that leave JSON text what it is: encodings, and white space cut off at its ends. */
const keepsJson = new Set([".encode", ".toString", ".strip", ".trim", "String", "bytes"]);

function parseLiteral(literal: string | undefined, span: Span): Value | undefined {
  if (literal === undefined) return undefined;
  try {
    return toValue(JSON.parse(literal), span, 0);
  } catch {
    return undefined;
  }
}

const maximumDepth = 100;

function toValue(json: unknown, span: Span, depth: number): Value {
  if (depth > maximumDepth) return constant(undefined);
  if (typeof json === "string") return text(json, span);
  if (Array.isArray(json)) {
    return list(
      json.map((element) => listElement(toValue(element, span, depth + 1), span)),
      span,
    );
  }
  if (typeof json === "object" && json !== null) {
    return record(
      span,
      Object.entries(json).map(([key, field]) => [key, recordEntry(toValue(field, span, depth + 1), span)]),
    );
  }
  return constant(typeof json === "number" || typeof json === "boolean" ? json : null);
}

/** Lowers the input of CountTokens: a Converse body, or an InvokeModel body, under its key. */
export function lowerCountInput(
  input: RecordEntryValue | undefined,
  model: RecordEntryValue | undefined,
): LoweredBody | undefined {
  const view = viewRecord(input?.value);
  const converse = presentEntry(view, "converse");
  if (converse) return lowerConverse(converse.value, converse.span);
  const invoke = viewRecord(presentEntry(view, "invokeModel")?.value);
  return lowerInvokeModel(presentEntry(invoke, "body"), model);
}
