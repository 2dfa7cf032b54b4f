import { lowerAnthropic } from "../../dialects/anthropic.ts";
import { lowerConverse } from "../../dialects/converse.ts";
import { lowerGemini } from "../../dialects/gemini.ts";
import { lowerOpenAi } from "../../dialects/openai.ts";
import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { LoweredBody } from "../../dialects/request-draft.ts";
import type { LoweredRequest, MarkFault } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { opaque, recordEntry } from "../../value/construct.ts";
import { accessPath, asList, literalText } from "../../value/inspect.ts";
import type { CallEvent, OpaqueValue, RecordEntryValue, RecordValue, Value } from "../../value/value.ts";
import { assembleRequest } from "../assemble-request.ts";
import { constructionOf } from "../construction.ts";
import { injectCheckpoint, lastSegmentOf } from "../inject-checkpoints.ts";
import type { CallContext, Sdk } from "../sdk.ts";
import { BodyWriter, type PlacedFault } from "./body-writer.ts";
import { afterPrepareCall, afterPrepareStep } from "./call-options.ts";
import { afterMiddleware } from "./middleware.ts";
import { optionsOfModelCall } from "./model-call.ts";
import { readModel, targetOfOptions, type ModelTarget, type Translation } from "./model-target.ts";
import { callOption, markedProviders } from "./provider-options.ts";
import { definitionOf } from "./tool-set.ts";

const functions = new Set(["generateText", "streamText", "generateObject", "streamObject"]);
const agentFunctions = new Set([
  "createAgentUIStream",
  "createAgentUIStreamResponse",
  "pipeAgentUIStreamToResponse",
]);
const agents = new Set(["ToolLoopAgent", "Agent", "Experimental_Agent"]);

/** The AI SDK of Vercel: its functions and its agents. */
export const aiSdk: Sdk = {
  name: "ai-sdk",
  fromCall(call, context) {
    if (call.callee.type !== "opaque") return undefined;
    const options = call.isNew ? viewTransport(call.callee, call) : viewCall(call.callee, call);
    return options && [aiSdkRequest(options, call, context)];
  },
};

/** The options of a call, and whether they are those of an agent. */
export interface CallOptions {
  readonly view: RecordView;
  readonly isAgent: boolean;
  /** True: those of a call of the model itself, whose messages providers get as they are. */
  readonly isOfModel?: boolean;
}

/** The options of a call that sends a request, those of its agent included. */
function viewCall(callee: OpaqueValue, call: CallEvent): CallOptions | undefined {
  const { root, steps } = accessPath(callee);
  const first = call.arguments[0];
  const options = first && !first.stretch && first.name === undefined ? viewRecord(first.value) : undefined;
  const isNamed = root.kind === "import" || root.kind === "global";
  const name = steps.at(-1) ?? (isNamed ? root.name : "");
  const isOwn = root.kind === "import" && root.module === "ai";
  if (functions.has(name)) {
    return options && (isOwn || looksLikeCall(options)) ? { view: options, isAgent: false } : undefined;
  }
  if (isOwn && agentFunctions.has(name)) {
    const settings = agentSettings(presentEntry(options, "agent")?.value);
    return settings && options && { view: joined(settings, options), isAgent: true };
  }
  const ofModel = optionsOfModelCall(callee, call);
  if (ofModel) return { view: ofModel, isAgent: false, isOfModel: true };
  if (callee.origin.kind !== "member" || (name !== "generate" && name !== "stream")) return undefined;
  const settings = agentSettings(callee.origin.object);
  const own = options ?? { entries: new Map<string, RecordEntryValue>(), rest: [] };
  return settings && { view: joined(settings, own), isAgent: true };
}

/** `new DirectChatTransport({ agent })`: whoever is given it sends the conversation of a page through the agent. */
function viewTransport(callee: OpaqueValue, { arguments: given, span }: CallEvent): CallOptions | undefined {
  const { root, steps } = accessPath(callee);
  const isOwn = root.kind === "import" && root.module === "ai";
  if (!isOwn || (steps.at(-1) ?? root.name) !== "DirectChatTransport") return undefined;
  const settings = agentSettings(presentEntry(viewRecord(given[0]?.value), "agent")?.value);
  if (!settings) return undefined;
  const origin = { kind: "unknown", reason: "the conversation" } as const;
  const conversation = opaque({ origin, key: "the conversation", span }, { scope: "session" });
  const entries = new Map([...settings.entries, ["messages", recordEntry(conversation, span)] as const]);
  return { view: { entries, rest: settings.rest }, isAgent: true };
}

/** Functions of these names that are handed around, or wrapped for tracing, are told by their options. */
function looksLikeCall(options: RecordView): boolean {
  const has = (key: string) => presentEntry(options, key) !== undefined;
  return has("model") && (has("messages") || has("prompt"));
}

/** What an agent was made with; undefined for anything but an agent of this SDK. */
function agentSettings(value: Value | undefined): RecordView | undefined {
  if (value?.type !== "opaque" || value.origin.kind !== "call" || value.origin.callee.type !== "opaque") {
    return undefined;
  }
  const { root, steps } = accessPath(value.origin.callee);
  if (root.kind !== "import" || root.module !== "ai") return undefined;
  if (!agents.has(steps.at(-1) ?? root.name)) return undefined;
  return viewRecord(value.origin.arguments[0]?.value);
}

function joined(settings: RecordView, options: RecordView): RecordView {
  return {
    entries: new Map([...settings.entries, ...options.entries]),
    rest: [...options.rest, ...settings.rest],
  };
}

/** The request for the options of a call; `sdk` is whoever sends it through the AI SDK. */
export function aiSdkRequest(
  { view: given, isAgent, isOfModel = false }: CallOptions,
  call: CallEvent,
  context: CallContext,
  sdk = "ai-sdk",
): LoweredRequest {
  const { span } = call;
  const prepared = afterPrepareStep(isAgent ? afterPrepareCall(given, call) : given, call);
  const { view, ...form } = isOfModel
    ? { view: given, hasModelPrompt: true }
    : afterMiddleware(prepared, call);
  const model = presentEntry(view, "model");
  const target = readModel(model) ?? targetOfOptions(providersWithMarks(view), model);
  const writer = new BodyWriter(target, span, context, { ...form, isAgent });
  const lowered = withGatewayMark(lower(writer.write(view), span, target), view, target);
  const faults = [...lowered.faults, ...writer.faults.map((fault) => placed(fault, lowered))];
  const request = assembleRequest(
    { ...lowered, faults },
    { site: span, sdk, platform: target.platform, use: "send", model: target.model },
  );
  return isAgent || hasMoreSteps(given) ? { ...request, isStep: true } : request;
}

/** Whether the call goes on with what tools have answered: by `stopWhen`, `prepareStep`, or `maxSteps` of older versions. */
function hasMoreSteps(options: RecordView): boolean {
  const stop = presentEntry(options, "stopWhen")?.value;
  const made = constructionOf(stop);
  const most = (made ? made.arguments[0]?.value : undefined) ?? presentEntry(options, "maxSteps")?.value;
  if (most?.type === "constant" && typeof most.value === "number") return most.value > 1;
  return stop !== undefined || most !== undefined || presentEntry(options, "prepareStep") !== undefined;
}

/**
 * `gateway: { caching: "auto" }` has the gateway mark the end of the static content for providers that want marks.
 * https://vercel.com/docs/ai-gateway/models-and-providers/automatic-caching, read 2026-11-22.
 */
function withGatewayMark(lowered: LoweredBody, view: RecordView, target: ModelTarget): LoweredBody {
  if (!target.isGateway || target.translation !== "anthropic") return lowered;
  const caching = callOption(view, { ...target, optionKeys: ["gateway"] }, "caching");
  if (literalText(caching?.value) !== "auto" || !caching) return lowered;
  const mark = { span: caching.entrySpan, ttl: undefined };
  return injectCheckpoint(lowered, lastSegmentOf(lowered, "system"), mark);
}

/**
 * What messages, a system text or tools with marks in their options become, where no call is in view; undefined where
 * there are no such marks.
 */
export function lowerMarkedOptions(
  parts: RecordValue,
  span: Span,
  context: CallContext,
): LoweredBody | undefined {
  const view = viewRecord(parts);
  const providers = view && providersWithMarks(view);
  if (!view || !providers || providers.size === 0) return undefined;
  const target = targetOfOptions(providers);
  const writer = new BodyWriter(target, span, context, { hasModelPrompt: false, isAgent: true });
  const lowered = lower(writer.write(view), span, target);
  return { ...lowered, faults: writer.faults.map((fault) => placed(fault, lowered)) };
}

/** Translations that send marks in Anthropic's form beside OpenAI's messages. */
const gateways: ReadonlySet<Translation> = new Set<Translation>(["openrouter", "alibaba", "compatible"]);

function lower(body: RecordValue, span: Span, target: ModelTarget): LoweredBody {
  const { acceptsAutomaticMark } = target;
  if (target.translation === "anthropic") return lowerAnthropic(body, span, { acceptsAutomaticMark });
  if (target.translation === "bedrock") return lowerConverse(body, span);
  if (target.translation === "gemini") return lowerGemini(body, span);
  return lowerOpenAi(body, span, { takesCacheControl: gateways.has(target.translation) });
}

function placed({ region, message, ...fault }: PlacedFault, { segments }: LoweredBody): MarkFault {
  const after = segments.findLastIndex(
    (segment) => segment.region === region && (message === undefined || segment.message === message),
  );
  return { ...fault, after };
}

/** The providers that marks are written for, anywhere in a call whose model is not in view. */
function providersWithMarks(view: RecordView): ReadonlySet<string> {
  const keys = new Set<string>(markedProviders(view));
  const add = (value: Value | undefined): void => {
    for (const key of markedProviders(value && viewRecord(value))) keys.add(key);
  };
  const eachOf = (entry: RecordEntryValue | undefined): readonly Value[] =>
    asList(entry?.value)?.elements.flatMap(({ value, stretch }) => (stretch ? [] : [value])) ?? [];
  for (const key of ["instructions", "system"]) {
    add(presentEntry(view, key)?.value);
    for (const message of eachOf(presentEntry(view, key))) add(message);
  }
  for (const key of ["messages", "prompt"]) {
    for (const message of eachOf(presentEntry(view, key))) {
      add(message);
      for (const part of eachOf(presentEntry(viewRecord(message), "content"))) add(part);
    }
  }
  const tools = presentEntry(view, "tools")?.value;
  if (tools?.type !== "record") return keys;
  for (const { value } of tools.entries.values()) {
    for (const key of markedProviders(definitionOf(value))) keys.add(key);
  }
  return keys;
}
