import { lowerOpenAi } from "../dialects/openai.ts";
import { presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { LoweredRequest } from "../request/request.ts";
import { identityId, list, listElement, opaque, record, recordEntry } from "../value/construct.ts";
import { asList, literalText } from "../value/inspect.ts";
import type { CallEvent, ListElement, RecordEntryValue, RecordValue } from "../value/value.ts";
import { assembleRequest } from "./assemble-request.ts";
import { chatMessage, earlierTurns, toolRecord } from "./chat-body.ts";
import { constructionOf, exportedName, findArgument, type Construction } from "./construction.ts";
import type { Sdk } from "./sdk.ts";

const runners = /^(?:Runner\.(?:run|run_sync|run_streamed)|run)$/;
const modules = /^agents\b|^@openai\/agents/;

/**
 * The OpenAI Agents SDKs for Python and JavaScript: a request stands where an agent is run.
 * https://github.com/openai/openai-agents-python/tree/7f7a44f8d/src/agents, read 2026-11-22.
 */
export const openaiAgents: Sdk = {
  name: "openai-agents",
  fromCall(call) {
    const named = call.callee.type === "opaque" && !call.isNew ? exportedName(call.callee) : undefined;
    if (!named || !runners.test(named.name) || !modules.test(named.module ?? "")) return undefined;
    const agent = constructionOf(findArgument(call, ["starting_agent"], 0)?.value);
    if (agent?.name !== "Agent") return undefined;
    const request = requestOf(agent, call);
    return request && [request];
  },
};

function requestOf(agent: Construction, call: CallEvent): LoweredRequest | undefined {
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
  addSettings(body, agent, call);
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
  if (known) return [...earlier, ...known.elements];
  return [...earlier, listElement(chatMessage("user", input, input.span), input.span, input.frame)];
}

/** What the model settings send along; without a key of one's own the runner makes one for each conversation or run. */
function addSettings(body: RecordValue, agent: Construction, call: CallEvent): void {
  const made = constructionOf(findArgument(agent, ["model_settings", "modelSettings"])?.value);
  const setting = (name: string) => made && findArgument(made, [name]);
  for (const name of ["prompt_cache_retention", "prompt_cache_options"]) {
    const entry = setting(name);
    if (entry) body.entries.set(name, entry);
  }
  const extras = ["extra_args", "extra_body"].map((name) => viewRecord(setting(name)?.value));
  const own = extras
    .map((view) => presentEntry(view, "prompt_cache_key"))
    .find((entry) => entry !== undefined);
  body.entries.set("prompt_cache_key", own ?? recordEntry(runnersKey(call), call.span));
}

function runnersKey({ span }: CallEvent) {
  const reason = "the key of the runner";
  const key = `runner's key@${span.file}:${span.start}`;
  return opaque(
    { origin: { kind: "unknown", reason }, key, span },
    { id: identityId(key), scope: "session", reason },
  );
}
