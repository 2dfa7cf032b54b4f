import { lowerOpenAi } from "../dialects/openai.ts";
import { presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { LoweredRequest } from "../request/request.ts";
import { identityId, list, listElement, opaque, record, recordEntry } from "../value/construct.ts";
import { asList, literalText } from "../value/inspect.ts";
import type { CallEvent, ListElement, OpaqueValue, RecordEntryValue, RecordValue } from "../value/value.ts";
import { assembleRequest } from "./assemble-request.ts";
import { chatMessage, earlierTurns, toolRecord } from "./chat-body.ts";
import { constructionOf, exportedName, findArgument, receiverOf, type Construction } from "./construction.ts";
import type { CallContext, Sdk } from "./sdk.ts";

const runners = /^(?:Runner\.(?:run|run_sync|run_streamed)|run)$/;
const modules = /^agents\b|^@openai\/agents/;

/**
 * The OpenAI Agents SDKs for Python and JavaScript: a request stands where an agent is run.
 * https://github.com/openai/openai-agents-python/tree/7f7a44f8d/src/agents, read 2026-11-22.
 */
export const openaiAgents: Sdk = {
  name: "openai-agents",
  fromCall(call, context) {
    if (call.callee.type !== "opaque" || call.isNew || !isRunner(call.callee)) return undefined;
    const agent = constructionOf(findArgument(call, ["starting_agent"], 0)?.value);
    if (!agent || !/^Agent(?:\.create)?$/.test(agent.name)) return undefined;
    const request = requestOf(agent, call, context);
    return request && [request];
  },
};

/** `Runner.run(...)`, `run(...)`, and `run` of a runner of one's own. */
function isRunner(callee: OpaqueValue): boolean {
  const named = exportedName(callee);
  if (named) return runners.test(named.name) && modules.test(named.module ?? "");
  const receiver = receiverOf(callee);
  const made = receiver?.method === "run" ? constructionOf(receiver.object) : undefined;
  return made?.name === "Runner" && modules.test(made.module ?? "");
}

function requestOf(agent: Construction, call: CallEvent, context: CallContext): LoweredRequest | undefined {
  const site = call.span;
  const model = findArgument(agent, ["model"]);
  const id = literalText(model?.value);
  // Other models come with a class, or with a prefix that names who serves them.
  if (model && (constructionOf(model.value) || id?.includes("/"))) return undefined;
  const body = record(site);
  const instructions = instructionsOf(agent, call);
  if (instructions) body.entries.set("instructions", instructions);
  const tools = findArgument(agent, ["tools"]);
  if (tools) body.entries.set("tools", toolsEntry(tools));
  const conversation = list([...conversationOf(agent, call, tools !== undefined)], site);
  body.entries.set("input", recordEntry(conversation, site));
  const output = findArgument(agent, ["output_type", "outputType"]);
  if (output && output.value.type !== "text") body.entries.set("text_format", output);
  addSettings(body, agent, call, context);
  const lowered = lowerOpenAi(body, site, { takesCacheControl: false });
  const modelless = "the SDK's default model answers";
  return assembleRequest(lowered, {
    site,
    sdk: "openai-agents",
    platform: "openai",
    use: "send",
    model,
    modelless,
  });
}

/** A text, or a function that is called in every turn. */
function instructionsOf(agent: Construction, { run }: CallEvent): RecordEntryValue | undefined {
  const entry = findArgument(agent, ["instructions"]);
  if (entry?.value.type !== "function") return entry;
  const value = run?.(entry.value, []);
  return value && { ...entry, value };
}

function toolsEntry(tools: RecordEntryValue): RecordEntryValue {
  const known = asList(tools.value);
  if (!known) return tools;
  const elements = known.elements.map((element) => ({ ...element, value: toolRecord(element.value) }));
  return { ...tools, value: { ...known, elements } };
}

function conversationOf(agent: Construction, call: CallEvent, hasTools: boolean): readonly ListElement[] {
  const isStored = ["session", "conversation_id", "conversationId", "previous_response_id"].some(
    (name) => findArgument(call, [name]) !== undefined,
  );
  const earlier = isStored || hasTools ? [earlierTurns(agent.span)] : [];
  const input = findArgument(call, ["input"], 1);
  if (!input) return earlier;
  const known = asList(input.value);
  if (known) return [...earlier, ...known.elements.map(onWire)];
  return [...earlier, listElement(chatMessage("user", input, input.span), input.span, input.frame)];
}

/** The SDK for JavaScript calls the mark of a part `promptCacheBreakpoint`. */
function onWire(element: ListElement): ListElement {
  const { value } = element;
  if (value.type !== "record") return element;
  const entries = new Map(value.entries);
  const content = entries.get("content");
  const parts = content?.value.type === "list" ? content.value : undefined;
  if (content && parts) {
    entries.set("content", { ...content, value: { ...parts, elements: parts.elements.map(onWire) } });
  }
  const mark = entries.get("promptCacheBreakpoint");
  if (mark) entries.set("prompt_cache_breakpoint", mark);
  return { ...element, value: { ...value, entries } };
}

/** Settings of the model that are sent along, in both spellings. */
const settingNames = [
  ["prompt_cache_retention", "promptCacheRetention"],
  ["prompt_cache_options", "promptCacheOptions"],
  ["tool_choice", "toolChoice"],
] as const;

/**
 * What the model settings send along. The runner for Python makes a cache key where there is none: one for each
 * conversation or session, or a new one for each run.
 */
function addSettings(body: RecordValue, agent: Construction, call: CallEvent, context: CallContext): void {
  const given = findArgument(agent, ["model_settings", "modelSettings"]);
  const made = constructionOf(given?.value);
  const setting = (...names: readonly string[]) =>
    made
      ? findArgument(made, names)
      : names
          .map((name) => presentEntry(viewRecord(given?.value), name))
          .find((entry) => entry !== undefined);
  for (const [name, alias] of settingNames) {
    const entry = setting(name, alias);
    if (entry) body.entries.set(name, entry);
  }
  const extras = ["extra_args", "extra_body", "providerData"].map((name) => viewRecord(setting(name)?.value));
  const own = extras
    .map((view) => presentEntry(view, "prompt_cache_key"))
    .find((entry) => entry !== undefined);
  const isScript = agent.module?.startsWith("@") ?? false;
  const isMade = !isScript && context.holds("openai-agents: makes a cache key");
  const key = own ?? (isMade ? recordEntry(runnersKey(call), call.span) : undefined);
  if (key) body.entries.set("prompt_cache_key", key);
}

function runnersKey(call: CallEvent): OpaqueValue {
  const { span } = call;
  const isGrouped = ["session", "conversation_id", "run_config"].some(
    (name) => findArgument(call, [name]) !== undefined,
  );
  const reason = isGrouped ? "the key of the runner" : "the key that the runner makes for each run";
  const key = `runner's key@${span.file}:${span.start}`;
  const scope = isGrouped ? "session" : "turn";
  return opaque(
    { origin: { kind: "unknown", reason }, key, span },
    isGrouped ? { id: identityId(key), scope, reason } : { scope, reason },
  );
}
