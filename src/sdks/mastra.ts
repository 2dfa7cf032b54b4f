import { presentEntry, viewRecord, type RecordView } from "../dialects/record-view.ts";
import type { LoweredRequest, Platform } from "../request/request.ts";
import { list, listElement, opaque, record, recordEntry } from "../value/construct.ts";
import { asList, literalText } from "../value/inspect.ts";
import type { CallEvent, ListElement, RecordEntryValue, Value } from "../value/value.ts";
import { aiSdkRequest } from "./ai-sdk/ai-sdk.ts";
import { behaviours, type Behaviour, type BehaviourName } from "./behaviours.ts";
import { chatMessage, earlierTurns } from "./chat-body.ts";
import { addressText } from "./client-option.ts";
import { constructionOf, findArgument, receiverOf, type Construction } from "./construction.ts";
import type { CallContext, Sdk } from "./sdk.ts";

const methods = /^(?:generate|stream)(?:Legacy|VNext)?$/;

/** Platforms of the providers that the model router asks directly: `provider/model`. */
const routes: Readonly<Record<string, Platform>> = {
  anthropic: "anthropic",
  openai: "openai",
  google: "gemini",
  "amazon-bedrock": "bedrock",
};

/**
 * Agents of Mastra, which send through the AI SDK and take its marks: a request stands where an agent generates.
 * https://www.npmjs.com/package/@mastra/core 0.24.9 (dist/agent/types.d.ts, dist/llm/index.d.ts), read 2026-11-22.
 */
export const mastra: Sdk = {
  name: "mastra",
  fromCall(call, context) {
    const receiver = receiverOf(call.callee);
    if (!receiver || call.isNew || !methods.test(receiver.method)) return undefined;
    const agent = agentOf(constructionOf(receiver.object), receiver.object);
    return agent && [requestOf(agent, call, context)];
  },
};

/** The agent a method is called on: one that was made, or one that an instance of Mastra is asked for by its key. */
function agentOf(made: Construction | undefined, value: Value): Construction | undefined {
  if (made?.name === "Agent" && isMastra(made)) return made;
  const origin = value.type === "opaque" && value.origin.kind === "call" ? value.origin : undefined;
  const asked = origin && receiverOf(origin.callee);
  if (!asked || !/^getAgent(?:ById)?$/.test(asked.method)) return undefined;
  const owner = constructionOf(asked.object);
  if (owner?.name !== "Mastra" || !isMastra(owner)) return undefined;
  const agents = viewRecord(findArgument(owner, ["agents"])?.value);
  const key = literalText(origin!.arguments[0]?.value);
  const found = constructionOf(key === undefined ? undefined : presentEntry(agents, key)?.value);
  return found?.name === "Agent" ? found : undefined;
}

function isMastra({ module }: Construction): boolean {
  return /^@mastra\//.test(module ?? "");
}

function requestOf(agent: Construction, call: CallEvent, context: CallContext): LoweredRequest {
  const [first, second] = call.arguments;
  const options = viewRecord(second?.value);
  const settings = viewRecord(agent.arguments[0]?.value) ?? { entries: new Map(), rest: [] };
  const entries = new Map<string, RecordEntryValue>();
  for (const key of ["instructions", "model", "tools"]) {
    const entry = presentEntry(options, key) ?? presentEntry(settings, key);
    if (entry) entries.set(key, resultOf(entry, options, call));
  }
  for (const key of ["providerOptions", "toolChoice", "activeTools", "prepareStep"]) {
    const entry = presentEntry(options, key);
    if (entry) entries.set(key, entry);
  }
  const asked = first && !first.stretch ? recordEntry(first.value, first.span, first.entrySpan) : undefined;
  const isContinued =
    presentEntry(settings, "memory") !== undefined || presentEntry(options, "memory") !== undefined;
  const messages = [...(isContinued ? [earlierTurns(agent.span)] : []), ...messagesOf(asked)];
  entries.set("messages", recordEntry(list(messages, call.span), asked?.span ?? call.span));
  const view: RecordView = { entries, rest: [] };
  const request = aiSdkRequest({ view, isAgent: true }, call, newestAiSdk(context), "mastra");
  const routed = platformOf(entries.get("model"));
  return routed ? { ...request, platform: routed } : request;
}

/**
 * Instructions, models and tools may be functions of the request, which are called for each one. They are given its
 * context, which was called the runtime context before, and which the call may bring along.
 */
function resultOf(
  entry: RecordEntryValue,
  options: RecordView | undefined,
  { run, span }: CallEvent,
): RecordEntryValue {
  if (entry.value.type !== "function" || !run) return entry;
  const contexts = ["requestContext", "runtimeContext"].map((name) => {
    const unknown = opaque({ origin: { kind: "unknown", reason: name }, key: name, span });
    return [name, presentEntry(options, name) ?? recordEntry(unknown, span)] as const;
  });
  const value = record(span, contexts);
  return {
    ...entry,
    value: run(entry.value, [{ name: undefined, value, span, entrySpan: span, stretch: false }]),
  };
}

/** A text, a list of texts, or messages. */
function messagesOf(entry: RecordEntryValue | undefined): readonly ListElement[] {
  if (!entry) return [];
  const { value, span, frame } = entry;
  const known = asList(value)?.elements;
  if (!known) {
    const isMessage = value.type === "record" && value.entries.has("role");
    return [listElement(isMessage ? value : chatMessage("user", entry, span), span, frame)];
  }
  return known.map((element) =>
    element.value.type === "text"
      ? { ...element, value: chatMessage("user", recordEntry(element.value, element.span), element.span) }
      : element,
  );
}

function platformOf(model: RecordEntryValue | undefined): Platform | undefined {
  const provider = (model && addressText(model.value))?.split("/")[0] ?? "";
  return Object.hasOwn(routes, provider) ? routes[provider] : undefined;
}

/** Mastra brings the AI SDK along; what the project itself uses of it says nothing. */
function newestAiSdk(context: CallContext): CallContext {
  const isNewest = (name: BehaviourName) => (behaviours[name] as Behaviour).until === undefined;
  return {
    holds: (name) => (name.startsWith("ai: ") ? isNewest(name) : context.holds(name)),
    mayHold: (name) => (name.startsWith("ai: ") ? isNewest(name) : context.mayHold(name)),
    isStated: (name) => !name.startsWith("ai: ") && context.isStated(name),
  };
}
