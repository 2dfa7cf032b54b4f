import { lowerOpenAi } from "../dialects/openai.ts";
import { viewRecord } from "../dialects/record-view.ts";
import type { LoweredRequest, Platform } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { accessPath, asList, literalText } from "../value/inspect.ts";
import type { CallEvent, OpaqueValue, RecordEntryValue, Value } from "../value/value.ts";
import { assembleRequest, bodyEntry, namesOnPath } from "./assemble-request.ts";
import { callBody } from "./call-body.ts";
import { clientOption } from "./client-option.ts";
import { joinGeminiMarks } from "./litellm-gemini.ts";
import { injectPoints } from "./litellm-injection.ts";
import type { CallContext, Sdk } from "./sdk.ts";

/** Functions that send a request, with the names of the parameters that may be given by position. */
const functions: Readonly<Record<string, readonly string[]>> = {
  completion: ["model", "messages"],
  acompletion: ["model", "messages"],
  responses: ["input", "model"],
  aresponses: ["input", "model"],
};

/** LiteLLM: its functions and its router, which take bodies of OpenAI's shape for the models of all providers. */
export const litellm: Sdk = {
  name: "litellm",
  fromCall(call, context) {
    if (call.callee.type !== "opaque" || call.isNew) return undefined;
    const name = functionName(call.callee);
    const body = name === undefined ? undefined : callBody(call, functions[name]);
    if (!body || !viewRecord(body) || !isRequest(call, body)) return undefined;
    const routed = routedParameters(call.callee, bodyEntry(body, "model"));
    return [litellmRequest(body, call.span, "litellm", { routed, context })];
  },
};

function functionName(callee: OpaqueValue): string | undefined {
  const { root, steps } = accessPath(callee);
  const last = steps.at(-1) ?? (root.kind === "import" ? root.name : "");
  return Object.hasOwn(functions, last) && isLitellm(callee, last) ? last : undefined;
}

/** Whether a function of this name is LiteLLM's: `completion` alone is anybody's, `acompletion` hardly. */
function isLitellm(callee: OpaqueValue, name: string): boolean {
  const { root } = accessPath(callee);
  if (root.kind === "import") return /^litellm(?:$|\.)/.test(root.module);
  const names = namesOnPath(callee).slice(0, -1);
  return name === "acompletion" ? names.length > 0 : names.some((one) => /litellm|router/i.test(one));
}

/** Methods of these names may belong to others where the library is not in view. */
function isRequest({ callee, arguments: given }: CallEvent, body: Value): boolean {
  if (callee.type === "opaque" && accessPath(callee).root.kind === "import") return true;
  if (given.some(({ stretch }) => stretch)) return true;
  return bodyEntry(body, "messages") !== undefined || bodyEntry(body, "input") !== undefined;
}

/** What the router's list of models says of an alias; undefined for a call without a router in view. */
function routedParameters(callee: OpaqueValue, model: RecordEntryValue | undefined): Value | undefined {
  const alias = literalText(model?.value);
  const routes = asList(clientOption(callee, "model_list", "model_list").value);
  const route = routes?.elements.find(({ value }) => {
    const name = literalText(bodyEntry(value, "model_name")?.value);
    return name !== undefined && name === alias;
  });
  return route && bodyEntry(route.value, "litellm_params")?.value;
}

/** What is known of the call that sends a request. */
export interface LitellmCall {
  /** What the router or the proxy says of the model. */
  readonly routed?: Value | undefined;
  /** The file of the call; without one the newest version is assumed. */
  readonly context?: CallContext;
}

/** OpenAI's models that take breakpoints: injection points become those, instead of Anthropic's marks. */
const modelsWithBreakpoints = /^(?:openai\/)?gpt-(?:5\.[6-9]|[6-9])/;

/** The request LiteLLM sends for a body of OpenAI's shape. */
export function litellmRequest(
  body: Value,
  site: Span,
  sdk: string,
  { routed, context }: LitellmCall = {},
): LoweredRequest {
  const model = (routed && bodyEntry(routed, "model")) ?? bodyEntry(body, "model");
  const provider = providerOf(literalText(model?.value));
  const own = ["api_base", "base_url"].some(
    (key) => bodyEntry(body, key) ?? (routed && bodyEntry(routed, key)),
  );
  // LiteLLM takes Anthropic's marks out of what it sends to OpenAI, but not out of what a server of one's own gets.
  const takesCacheControl = provider !== "openai" || own;
  const pointsKey = "cache_control_injection_points";
  const points = bodyEntry(body, pointsKey) ?? (routed && bodyEntry(routed, pointsKey));
  const injected = injectPoints(body, points, {
    lower: (marked) => lowerOpenAi(marked, site, { takesCacheControl }),
    marksTools: provider === undefined || provider === "bedrock",
    placesBreakpoints: !own && modelsWithBreakpoints.test(literalText(model?.value) ?? ""),
    stopsAtFour: points === undefined || !context || context.holds("litellm: stops at four marks"),
  });
  const isGemini =
    /^(?:gemini|vertex_ai)/.test(provider ?? "") && /gemini/i.test(literalText(model?.value) ?? "");
  const lowered = isGemini ? joinGeminiMarks(injected) : injected;
  const platform = provider === undefined ? undefined : platforms[provider];
  return assembleRequest(lowered, {
    site,
    sdk,
    use: "send",
    platform: own && provider === "openai" ? "other" : platform,
    model,
  });
}

const platforms: Readonly<Record<string, Platform>> = {
  anthropic: "anthropic",
  anthropic_text: "anthropic",
  azure: "azure-openai",
  bedrock: "bedrock",
  gemini: "gemini",
  openai: "openai",
  vertex_ai: "vertex",
};

/** The provider a model is asked from: its prefix, or the one LiteLLM knows the plain name of. */
function providerOf(model: string | undefined): string | undefined {
  if (model === undefined) return undefined;
  const slash = model.indexOf("/");
  if (slash > 0) return model.slice(0, slash);
  if (/^claude-/.test(model)) return "anthropic";
  return /^(?:gpt-|o\d|chatgpt-)/.test(model) ? "openai" : undefined;
}
