import { presentEntry, viewRecord } from "../../dialects/record-view.ts";
import { identityId, list, listElement, opaque, record, recordEntry, textOf } from "../../value/construct.ts";
import { asList, literalText, textParts } from "../../value/inspect.ts";
import type { Span } from "../../source/source-file.ts";
import type {
  CallEvent,
  ListElement,
  ListValue,
  OpaqueValue,
  RecordEntryValue,
  Value,
} from "../../value/value.ts";
import { chatMessage, earlierTurns } from "../chat-body.ts";
import { constructionOf, findArgument, type Construction } from "../construction.ts";
import { ttlOf } from "../inject-checkpoints.ts";
import { unwrapped, withOptions, type BoundModel } from "./chains.ts";
import { messageElement, messagesOf } from "./messages.ts";
import { chatModelOf, chatModelOfMarks, chatModelOfName, modelOfProvider, type ChatModel } from "./models.ts";
import { isSupported, type Middleware } from "./middleware.ts";
import { afterMiddleware } from "./model-calls.ts";
import type { Sending } from "./send.ts";

const factories =
  /^(?:create_agent|createAgent|create_react_agent|createReactAgent|create_deep_agent|createDeepAgent)$/;

/** The request an agent's first step sends for an input; undefined for what is no agent of LangChain. */
export function agentSending(
  agent: Value,
  input: RecordEntryValue | undefined,
  call: CallEvent,
): Sending | undefined {
  const made = constructionOf(unwrapped(agent));
  if (!made || !factories.test(made.name) || !/langchain|langgraph|deepagents/.test(made.module ?? ""))
    return undefined;
  const caching = cachingOf(made);
  const given = findArgument(made, ["tools"], 1);
  const isDeep = deepFactories.test(made.name);
  const tools = isDeep ? withToolsOfDeepAgent(given, made.span) : given;
  const system = systemOf(made, call);
  const site = call.span;
  const earlier = sendsAgain(made, tools) ? [earlierTurns(made.span)] : [];
  const messages = [...earlier, ...newMessages(input, call)];
  const plain = {
    system: isDeep ? withTextOfDeepAgent(system, made.span) : system,
    messages,
    tools,
    model: findArgument(made, ["model", "llm"], 0),
    settings: new Map<string, never>(),
  };
  const step = afterMiddleware(plain, listedMiddleware(made), call);
  const sent = list([...step.system, ...step.messages], site);
  const model = modelOf(made, caching[0], sent);
  if (!model) return undefined;
  const bound: BoundModel = { model, tools: step.tools, options: step.settings };
  return {
    bound: withOptions(bound, []),
    messages: sent,
    site,
    middleware: forModel(isDeep ? [...caching, cachingOfDeepAgent(made)] : caching, model),
  };
}

const deepFactories = /^create_?[dD]eep_?[aA]gent$/;

/**
 * Deep agents bring text and tools of their own, and middleware that marks what models of Anthropic are sent.
 * https://github.com/langchain-ai/deepagents/blob/23b83ad/libs/deepagents/deepagents/graph.py and
 * https://github.com/langchain-ai/deepagentsjs, libs/deepagents/src/agent.ts, read 2026-11-23.
 */
function cachingOfDeepAgent(made: Construction): Caching {
  const { span, name } = made;
  const isOfScript = isScript(made);
  const leastMessages = isOfScript ? 1 : 0;
  return {
    provider: "anthropic",
    isScript: isOfScript,
    leastMessages,
    name,
    span,
    ttl: ttlOf(undefined),
    isLenient: true,
  };
}

function withToolsOfDeepAgent(given: RecordEntryValue | undefined, span: Span): RecordEntryValue {
  const own = listElement(brought("tools", span), span, undefined, true);
  if (!given) return recordEntry(list([own], span), span);
  const known = asList(given.value);
  const elements = known?.elements ?? [listElement(given.value, given.span, given.frame, true)];
  return {
    ...given,
    value: {
      ...list([...elements, own], given.span),
      order: known?.order ?? { order: "insertion", span, frame: undefined },
    },
  };
}

function withTextOfDeepAgent(system: readonly ListElement[], span: Span): readonly ListElement[] {
  const own = brought("text", span);
  const [first, ...others] = system;
  const content = first && presentEntry(viewRecord(first.value), "content");
  if (!first || !content) {
    const entry = recordEntry(own, span);
    return [listElement(chatMessage("system", entry, span), span), ...system];
  }
  const parts = textParts(content.value, content.span);
  const blocks = asList(content.value);
  const text = recordEntry({ type: "text", parts: [{ kind: "literal", text: "text", span }] }, span);
  const block = record(span, [
    ["type", text],
    ["text", recordEntry(own, span)],
  ]);
  const joined: Value = parts
    ? textOf([...parts, { kind: "hole", hole: own, span, frame: undefined }])
    : list([...(blocks?.elements ?? []), listElement(block, span)], content.span);
  return [{ ...first, value: chatMessage("system", { ...content, value: joined }, first.span) }, ...others];
}

function brought(what: string, span: Span): OpaqueValue {
  const reason = `the ${what} a deep agent brings along`;
  const key = `${reason}@${span.file}:${span.start}`;
  return opaque(
    { origin: { kind: "unknown", reason }, key, span },
    { id: identityId(key), reason, scope: "deploy" },
  );
}

/** Each step of a loop of tools sends the steps before it along, and a thread that is kept all its turns. */
function sendsAgain(made: Construction, tools: RecordEntryValue | undefined): boolean {
  const hasTools = tools !== undefined && asList(tools.value)?.elements.length !== 0;
  return hasTools || findArgument(made, ["checkpointer", "checkpointSaver"]) !== undefined;
}

/**
 * The model an agent is given; of one that is not in view the middleware for caching says whose it is, or the marks that
 * it is sent.
 */
function modelOf(
  made: Construction,
  middleware: Middleware | undefined,
  sent: ListValue,
): ChatModel | undefined {
  const entry = findArgument(made, ["model", "llm"], 0);
  if (!entry) return undefined;
  const known =
    entry.value.type === "text" ? chatModelOfName(entry, isScript(made)) : chatModelOf(entry.value);
  if (known) return known;
  const isNamed = literalText(entry.value) !== undefined || constructionOf(entry.value) !== undefined;
  if (isNamed || entry.value.type === "constant") return undefined;
  const told = middleware ? modelOfProvider(middleware.provider) : chatModelOfMarks(sent);
  return told && { ...told, model: entry };
}

function isScript({ name }: Construction): boolean {
  return !name.includes("_");
}

/** The system text: a text, a message, or a function that gives one. */
function systemOf(made: Construction, call: CallEvent): readonly ListElement[] {
  const entry = findArgument(made, ["system_prompt", "systemPrompt", "prompt", "instructions"]);
  if (!entry) return [];
  const { span, frame } = entry;
  // A function gets the state and gives messages, which only it knows.
  const value = entry.value.type === "function" ? call.run?.(entry.value, []) : entry.value;
  if (!value) return [];
  if (value.type === "list") return value.elements.map((element) => messageElement(element));
  const message = messageElement(listElement(value, span, frame));
  if (message.value.type === "record" && value.type !== "text") return [message];
  return [listElement(chatMessage("system", { ...entry, value }, span), span, frame)];
}

function newMessages(input: RecordEntryValue | undefined, { span }: CallEvent): readonly ListElement[] {
  if (!input) return [];
  const messages = presentEntry(viewRecord(input.value), "messages");
  if (messages) return messagesOf(messages.value, messages.span).elements;
  const known = input.value.type === "opaque" ? undefined : asList(input.value);
  return known ? messagesOf(known, span).elements : [];
}

const cachingMiddleware: Readonly<
  Record<string, Pick<Middleware, "provider" | "isScript" | "leastMessages">>
> = {
  AnthropicPromptCachingMiddleware: { provider: "anthropic", isScript: false, leastMessages: 0 },
  BedrockPromptCachingMiddleware: { provider: "bedrock", isScript: false, leastMessages: 0 },
  anthropicPromptCachingMiddleware: { provider: "anthropic", isScript: true, leastMessages: 3 },
  bedrockPromptCachingMiddleware: { provider: "bedrock", isScript: true, leastMessages: 1 },
};

function listedMiddleware(made: Construction): readonly ListElement[] {
  return asList(findArgument(made, ["middleware"])?.value)?.elements ?? [];
}

/** Caching middleware, and whether it passes over models that it does not support without a word. */
type Caching = Middleware & { readonly isLenient: boolean };

/** The middleware that places marks for a model: of several the one that supports it. */
function forModel(caching: readonly Caching[], model: ChatModel): Middleware | undefined {
  return caching.find((each) => isSupported(model, each)) ?? caching.find(({ isLenient }) => !isLenient);
}

function cachingOf(made: Construction): readonly Caching[] {
  return listedMiddleware(made).flatMap(({ value }) => {
    const one = constructionOf(value);
    const known = one && Object.hasOwn(cachingMiddleware, one.name) ? cachingMiddleware[one.name] : undefined;
    if (!one || !known) return [];
    const isOff = findArgument(one, ["enableCaching"])?.value;
    if (isOff?.type === "constant" && isOff.value === false) return [];
    const least = findArgument(one, ["min_messages_to_cache", "minMessagesToCache"])?.value;
    const leastMessages =
      least === undefined
        ? known.leastMessages
        : least.type === "constant" && typeof least.value === "number"
          ? least.value
          : 0;
    const behavior = findArgument(one, ["unsupported_model_behavior", "unsupportedModelBehavior"])?.value;
    return {
      ...known,
      name: one.name,
      leastMessages,
      span: one.span,
      ttl: ttlOf(findArgument(one, ["ttl"])),
      isLenient: literalText(behavior) === "ignore",
    };
  });
}
