import { lowerAnthropic } from "../dialects/anthropic.ts";
import { lowerConverse } from "../dialects/converse.ts";
import { geminiEntry, lowerGemini } from "../dialects/gemini.ts";
import { lowerNova } from "../dialects/nova.ts";
import { readCacheControl } from "../dialects/marks.ts";
import { presentEntry, viewRecord, type RecordView } from "../dialects/record-view.ts";
import type { LoweredBody } from "../dialects/request-draft.ts";
import type { LoweredRequest } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { asList, literalText } from "../value/inspect.ts";
import type { RecordEntryValue, Value } from "../value/value.ts";
import { assembleRequest, type RequestFacts } from "./assemble-request.ts";
import { bedrockBodyShape } from "./invoke-model.ts";
import { hasOpenAiShape, hasRoles, rawOpenAiBody, rawOpenAiRecord } from "./raw-openai-body.ts";
import type { Sdk } from "./sdk.ts";

/** Request bodies in data files: one, a list of them, a record of a batch, or several under names of their own. */
export const rawBody: Sdk = {
  name: "raw-body",
  fromData(value, span) {
    const requests = requestsIn(value, span, 0);
    return requests.length > 0 ? requests : undefined;
  },
};

/** How deep a body may stand in a file of several, or of what was sent and answered. */
const deepestBody = 3;

function requestsIn(value: Value, site: Span, depth: number): readonly LoweredRequest[] {
  const own = requestsOf(value, site);
  if (own.length > 0 || depth === deepestBody) return own;
  if (value.type === "list") {
    return value.elements.flatMap((element) => requestsIn(element.value, element.span, depth + 1));
  }
  if (value.type !== "record") return [];
  return [...value.entries.values()].flatMap((entry) => requestsIn(entry.value, entry.span, depth + 1));
}

function requestsOf(value: Value, site: Span): readonly LoweredRequest[] {
  const view = viewRecord(value);
  if (!view) return [];
  const input = presentEntry(view, "modelInput");
  if (input && presentEntry(view, "recordId")) return bedrockRecord(input, site);
  const params = presentEntry(view, "params");
  if (params && presentEntry(view, "custom_id")) return anthropicRecord(params, site);
  const record = rawOpenAiRecord(view, site);
  if (record) return [record];
  const batch = asList(presentEntry(view, "requests")?.value);
  if (batch) {
    return batch.elements.flatMap((element) => {
      const record = viewRecord(element.value);
      const body = presentEntry(record, "params");
      return body && presentEntry(record, "custom_id") ? anthropicRecord(body, element.span) : [];
    });
  }
  return bodyOf(value, view, site);
}

/** A record of a Bedrock batch job: the job names the model. */
function bedrockRecord(input: RecordEntryValue, site: Span): readonly LoweredRequest[] {
  const view = viewRecord(input.value);
  const shape = view && bedrockBodyShape(view, undefined);
  const modelless = "the batch job names the model";
  const facts = {
    site,
    sdk: "json",
    platform: "bedrock",
    use: "batch",
    model: undefined,
    modelless,
  } as const;
  if (shape === "anthropic") {
    return [assembleRequest(lowerAnthropic(input.value, input.span, { acceptsAutomaticMark: false }), facts)];
  }
  if (shape === "nova") return [assembleRequest(lowerNova(input.value, input.span), facts)];
  return shape === "converse" ? [assembleRequest(lowerConverse(input.value, input.span), facts)] : [];
}

function anthropicRecord(params: RecordEntryValue, site: Span): readonly LoweredRequest[] {
  const view = viewRecord(params.value);
  if (!view || !presentEntry(view, "messages")) return [];
  const lowered = lowerAnthropic(params.value, params.span, { acceptsAutomaticMark: true });
  return [assembleRequest(lowered, { ...asset(view, site, "model"), platform: "anthropic", use: "batch" })];
}

function bodyOf(value: Value, view: RecordView, site: Span): readonly LoweredRequest[] {
  if (isGemini(view)) {
    const facts = { ...asset(view, site, "model"), modelless: "the address of the request names the model" };
    return [assembleRequest(lowerGemini(value, site), { ...facts, platform: undefined })];
  }
  const isConversation = hasRoles(view, "messages");
  if (!isConversation || !isAnthropic(view)) {
    const request = rawOpenAiBody(value, view, site);
    if (request) return [request];
  }
  if (!isConversation) return [];
  let lowered: LoweredBody | undefined;
  const bedrock = presentEntry(view, "modelId") !== undefined;
  if (isAnthropic(view)) {
    const onBedrock = bedrock || presentEntry(view, "anthropic_version") !== undefined;
    lowered = lowerAnthropic(value, site, { acceptsAutomaticMark: !onBedrock });
    const facts = asset(view, site, bedrock ? "modelId" : "model");
    return [assembleRequest(lowered, { ...facts, platform: platformOf(view) })];
  }
  const shape = bedrockBodyShape(view, literalText(presentEntry(view, "modelId")?.value));
  if (!bedrock && shape !== "nova" && shape !== "converse") return [];
  // A body with the model's id beside it is a Converse call written down; InvokeModel has the id outside its body.
  lowered = shape === "nova" && !bedrock ? lowerNova(value, site) : lowerConverse(value, site);
  return [assembleRequest(lowered, { ...asset(view, site, "modelId"), platform: "bedrock" })];
}

function asset(view: RecordView, site: Span, modelKey: string): Omit<RequestFacts, "platform"> {
  return { site, sdk: "json", use: "asset", model: presentEntry(view, modelKey) };
}

/**
 * A body of Gemini's API: contents made of parts, and something else that only such a body has. Examples for tuning end
 * with the answer.
 */
function isGemini(view: RecordView): boolean {
  const contents = asList(presentEntry(view, "contents")?.value)?.elements ?? [];
  const isMade =
    contents.length > 0 && contents.every(({ value }) => presentEntry(viewRecord(value), "parts"));
  if (literalText(presentEntry(viewRecord(contents.at(-1)?.value), "role")?.value) === "model") return false;
  const others = ["system_instruction", "generation_config", "cached_content", "safety_settings"];
  return isMade && others.some((key) => geminiEntry(view, key));
}

/**
 * Tells a Messages body from the bodies of other APIs with `model` and `messages`: by a key that only it has, or by a
 * Claude model and no key of the others.
 */
function isAnthropic(view: RecordView): boolean {
  const has = (key: string) => presentEntry(view, key) !== undefined;
  if (has("anthropic_version")) return true;
  if (has("toolConfig") || has("inferenceConfig") || has("modelId")) return false;
  const isClaude = /claude/i.test(literalText(presentEntry(view, "model")?.value) ?? "");
  if (hasOpenAiShape(view)) return false;
  if (isClaude) return true;
  return has("max_tokens") && has("system") && (!has("model") || readCacheControl(view) !== undefined);
}

function platformOf(view: RecordView): "anthropic" | "bedrock" | "vertex" | undefined {
  const version = literalText(presentEntry(view, "anthropic_version")?.value) ?? "";
  if (version.startsWith("bedrock")) return "bedrock";
  if (version.startsWith("vertex")) return "vertex";
  return presentEntry(view, "modelId") ? "bedrock" : "anthropic";
}
