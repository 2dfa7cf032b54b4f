import { lowerOpenAi } from "../dialects/openai.ts";
import { presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { LoweredRequest, Platform } from "../request/request.ts";
import { accessPath } from "../value/inspect.ts";
import type { CallEvent, OpaqueValue, Value } from "../value/value.ts";
import { assembleRequest, bodyEntry, namesOnPath } from "./assemble-request.ts";
import { callBody } from "./call-body.ts";
import { addressText, clientOption } from "./client-option.ts";
import type { Sdk } from "./sdk.ts";

const wrappers = new Set(["with_raw_response", "with_streaming_response"]);
const methods = new Set(["create", "parse", "stream", "runTools", "compact"]);

/** The OpenAI SDKs for Python and JavaScript, whichever service their client talks to. */
export const openai: Sdk = {
  name: "openai",
  fromCall(call) {
    if (call.callee.type !== "opaque" || call.isNew) return undefined;
    const operation = operationOf(call.callee);
    const body = operation && callBody(call);
    if (!operation || !body || !viewRecord(body)) return undefined;
    if (operation !== "chat" && !isResponsesCall(call.callee, body)) return undefined;
    const platform = platformOf(call.callee);
    const sdk = isScriptCall(call) ? "openai-typescript" : "openai-python";
    const use = operation === "count" ? "count" : "send";
    return [openAiRequest(body, { site: call.span, sdk, use, platform })];
  },
};

/** A request with a body in the shape of OpenAI, sent to this platform (undefined: not known). */
export function openAiRequest(
  body: Value,
  facts: Pick<LoweredRequest, "site" | "sdk" | "use" | "platform">,
): LoweredRequest {
  const lowered = lowerOpenAi(body, facts.site, { takesCacheControl: takesCacheControl(facts.platform) });
  return assembleRequest(lowered, { ...facts, model: bodyEntry(body, "model") });
}

/** Anthropic's marks reach a model through gateways only; an address that is not known may be one. */
export function takesCacheControl(platform: Platform | undefined): boolean {
  return platform !== "openai" && platform !== "azure-openai";
}

function operationOf(callee: OpaqueValue): "chat" | "responses" | "count" | undefined {
  const steps = accessPath(callee).steps.filter((step) => !wrappers.has(step));
  const method = steps.at(-1) ?? "";
  const owner = steps.at(-2);
  if (owner === "input_tokens" || owner === "inputTokens") {
    return steps.at(-3) === "responses" && method === "count" ? "count" : undefined;
  }
  if (!methods.has(method)) return undefined;
  if (owner === "completions" && steps.at(-3) === "chat") return "chat";
  return owner === "responses" ? "responses" : undefined;
}

/** Other services have `responses.create` too (forms, surveys): it takes a model and an input. */
function isResponsesCall(callee: OpaqueValue, body: Value): boolean {
  if (namesOnPath(callee).some((name) => /openai/i.test(name))) return true;
  const view = viewRecord(body);
  const has = (key: string) => presentEntry(view, key) !== undefined;
  return has("model") && (has("input") || has("instructions"));
}

const hosts: readonly (readonly [RegExp, Platform])[] = [
  [/api\.openai\.com/, "openai"],
  [/openai\.azure\.com|cognitiveservices\.azure\.com/, "azure-openai"],
  [/bedrock/, "bedrock"],
  [/generativelanguage\.googleapis\.com/, "gemini"],
  [/aiplatform\.googleapis\.com/, "vertex"],
];

/** The service behind an address. */
export function platformOfHost(address: string): Platform {
  return hosts.find(([pattern]) => pattern.test(address))?.[1] ?? "other";
}

/** The service a client talks to; undefined where the client was made out of view or its address is not readable. */
function platformOf(callee: OpaqueValue): Platform | undefined {
  const { root, steps } = accessPath(callee);
  const names = namesOnPath(callee);
  if (names.some((name) => /AzureOpenAI/.test(name))) return "azure-openai";
  if (names.some((name) => /BedrockOpenAI/.test(name))) return "bedrock";
  if (root.kind !== "import") return undefined;
  const isOwn = /^openai\b/.test(root.module) || /\bopenai$/.test(root.module) || /OpenAI$/.test(root.name);
  const address = clientOption(callee, "base_url", "baseURL");
  if (address.value) {
    const text = addressText(address.value);
    return text === undefined ? undefined : platformOfHost(text);
  }
  // The module itself is a client as well.
  if (isOwn) return address.isMade || !steps.includes("()") ? "openai" : undefined;
  return /instructor|langsmith|weave|portkey|helicone/.test(root.module) ? undefined : "other";
}

function isScriptCall(call: CallEvent): boolean {
  return call.arguments.every(({ name, stretch }) => name === undefined && !stretch);
}
