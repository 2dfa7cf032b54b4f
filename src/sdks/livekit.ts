import { presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { LoweredBody } from "../dialects/request-draft.ts";
import type { LoweredRequest, Region } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { list, listElement, opaque, recordEntry } from "../value/construct.ts";
import { accessPath, asList, literalText } from "../value/inspect.ts";
import type { CallEvent, ListElement, OpaqueValue, RecordEntryValue, Value } from "../value/value.ts";
import { assembleRequest } from "./assemble-request.ts";
import { chatMessage, earlierTurns } from "./chat-body.ts";
import { constructionOf, exportedName, findArgument, receiverOf, type Construction } from "./construction.ts";
import { injectCheckpoint, lastSegmentOf } from "./inject-checkpoints.ts";
import { anthropicWire, bedrockWire, geminiWire, lowerChat, openAiWire, type Wire } from "./lower-chat.ts";
import type { Sdk } from "./sdk.ts";
import { ofSession } from "./session-text.ts";

/** Models by their plugin: all of them are called `LLM`. */
const plugins: Readonly<Record<string, Wire>> = {
  anthropic: anthropicWire,
  aws: bedrockWire,
  openai: openAiWire,
  google: geminiWire,
};

/**
 * LiveKit Agents: a request stands where a session starts with an agent, or a model is called. `caching="ephemeral"` of
 * the plugin for Anthropic marks the last tool, the last system message, the last answer and the message in front of
 * it; `cache_system` and `cache_tools` of the plugin for AWS place cache points behind both. None has a TTL.
 * https://github.com/livekit/agents/tree/da6af86ac/livekit-plugins, read 2026-11-22: livekit-plugins-anthropic/.../llm.py
 * and livekit-plugins-aws/.../llm.py.
 */
export const livekit: Sdk = {
  name: "livekit",
  fromCall(call) {
    const receiver = receiverOf(call.callee);
    const made = receiver && constructionOf(receiver.object);
    if (!receiver || !made || !/^livekit\b/.test(made.module ?? "")) return undefined;
    if (receiver.method === "chat") {
      const context = findArgument(call, ["chat_ctx"]);
      const request = requestOf(made, contextMessages(context), findArgument(call, ["tools"]), call.span);
      return request && [request];
    }
    return made.name === "AgentSession" && receiver.method === "start"
      ? sessionRequest(made, call)
      : undefined;
  },
};

function sessionRequest(session: Construction, call: CallEvent): readonly LoweredRequest[] | undefined {
  const agent = findArgument(call, ["agent"], 0);
  const given = agent && agentArguments(agent.value);
  if (!agent || !given) return undefined;
  const model = constructionOf((given("llm") ?? findArgument(session, ["llm"]))?.value);
  const instructions = given("instructions");
  // An agent is made when its session starts.
  const value = instructions?.value.type === "text" ? ofSession(instructions.value) : instructions?.value;
  const system = instructions && value ? [systemMessage({ ...instructions, value })] : [];
  const request =
    model &&
    requestOf(
      model,
      [...system, earlierTurns(agent.span), spoken(agent.span)],
      toolsOf(agent.value, given),
      call.span,
    );
  return request && [request];
}

/** What the user has said in this turn. */
function spoken(span: Span): ListElement {
  const reason = "what the user said";
  const said = opaque(
    { origin: { kind: "unknown", reason }, key: `speech@${span.file}:${span.start}`, span },
    { scope: "turn", reason },
  );
  return listElement(chatMessage("user", recordEntry(said, span), span), span);
}

type Given = (name: string) => RecordEntryValue | undefined;

/** What an agent was made with: the class itself, or one of one's own. */
function agentArguments(value: Value): Given | undefined {
  const made = constructionOf(value);
  if (made?.name === "Agent" && /^livekit\b/.test(made.module ?? ""))
    return (name) => findArgument(made, [name]);
  const isAgent = value.type === "record" && value.class?.bases.some(isAgentClass);
  return isAgent ? (name) => presentEntry(viewRecord(value), name) : undefined;
}

function isAgentClass(base: Value): boolean {
  if (base.type === "class") return base.bases.some(isAgentClass);
  const named = base.type === "opaque" ? exportedName(base) : undefined;
  return named?.name === "Agent" && /^livekit\b/.test(named.module ?? "");
}

/** `tools=[...]`, and the methods that `@function_tool` decorates. */
function toolsOf(agent: Value, given: Given): RecordEntryValue | undefined {
  const own = given("tools");
  const members = agent.type === "record" ? (agent.class?.node.members ?? []) : [];
  const decorated = members.flatMap((member): ListElement[] => {
    if (member.kind !== "method" || agent.type !== "record" || !agent.class) return [];
    const node = member.function;
    const isTool = node.decorators.some((each) => /function_tool/.test(nameOf(each)));
    if (!isTool) return [];
    const { environment } = agent.class;
    return [
      listElement({ type: "function", node, environment, self: undefined, home: undefined }, node.span),
    ];
  });
  if (decorated.length === 0) return own;
  const span = own?.span ?? decorated[0]!.span;
  return recordEntry(list([...(asList(own?.value)?.elements ?? []), ...decorated], span), span);
}

/** The name a decorator is written with: `function_tool`, `function_tool()`, `llm.function_tool`. */
function nameOf(decorator: { readonly kind: string }): string {
  const node = decorator as { kind: string; name?: string; callee?: { readonly kind: string } };
  return node.callee ? nameOf(node.callee) : (node.name ?? "");
}

function systemMessage(content: RecordEntryValue): ListElement {
  return listElement(chatMessage("system", content, content.span), content.span, content.frame);
}

/** A `ChatContext`: the messages it was made with, and those that were added. */
function contextMessages(context: RecordEntryValue | undefined): readonly ListElement[] {
  if (!context) return [];
  const made = constructionOf(context.value);
  if (made?.name !== "ChatContext") return [listElement(context.value, context.span, context.frame, true)];
  const first = asList(findArgument(made, ["items"], 0)?.value)?.elements ?? [];
  return [...first.map(messageElement), ...addedMessages(made.value)];
}

function addedMessages({ fields }: OpaqueValue): readonly ListElement[] {
  const calls = asList(fields.get("@add_message")?.value)?.elements ?? [];
  return calls.flatMap(({ value, span, frame }) => {
    if (value.type !== "opaque" || value.origin.kind !== "call") return [];
    const message = messageOf({ arguments: value.origin.arguments }, span);
    return message ? [listElement(message, span, frame)] : [];
  });
}

function messageElement(element: ListElement): ListElement {
  const made = constructionOf(element.value);
  const message = made && /(?:^|\.)ChatMessage$/.test(made.name) ? messageOf(made, element.span) : undefined;
  return message ? { ...element, value: message } : element;
}

function messageOf(made: Pick<Construction, "arguments">, span: Span) {
  const role = literalText(findArgument(made, ["role"])?.value);
  const content = findArgument(made, ["content"]);
  return role !== undefined && content ? chatMessage(role, content, span) : undefined;
}

function requestOf(
  model: Construction,
  messages: readonly ListElement[],
  tools: RecordEntryValue | undefined,
  site: Span,
): LoweredRequest | undefined {
  const wire = wireOf(model);
  if (!wire) return undefined;
  const lowered = lowerChat({ messages: list([...messages], site), tools, options: [], span: site }, wire);
  return assembleRequest(withCheckpoints(lowered, model), {
    site,
    sdk: "livekit",
    platform: wire.platform,
    use: "send",
    model: findArgument(model, ["model"]),
    modelless: "the plugin's default model answers",
  });
}

/** `anthropic.LLM(...)` of `from livekit.plugins import anthropic`. */
function wireOf({ name, module, value }: Construction): Wire | undefined {
  if (name !== "LLM" || value.origin.kind !== "call" || value.origin.callee.type !== "opaque")
    return undefined;
  const { root, steps } = accessPath(value.origin.callee);
  const places = [...(module ?? "").split("."), ...(root.kind === "import" ? [root.name] : []), ...steps];
  const plugin = places.find((place) => Object.hasOwn(plugins, place));
  return plugin === undefined ? undefined : plugins[plugin];
}

function withCheckpoints(body: LoweredBody, model: Construction): LoweredBody {
  if (body.dialect === "anthropic") {
    const caching = findArgument(model, ["caching"]);
    return literalText(caching?.value) === "ephemeral" ? markAll(body, caching!) : body;
  }
  if (body.dialect !== "converse") return body;
  return (["tools", "system"] as const).reduce((marked, region) => {
    const flag = findArgument(model, [`cache_${region}`]);
    return flag && !(flag.value.type === "constant" && !flag.value.value)
      ? inject(marked, region, flag)
      : marked;
  }, body);
}

/** Of the messages, the last answer is marked, which ends the earlier turns, and the message of the user before it. */
function markAll(body: LoweredBody, flag: RecordEntryValue): LoweredBody {
  const marked = inject(inject(body, "tools", flag), "system", flag);
  const mark = { span: flag.entrySpan, ttl: undefined };
  const answer = body.segments.findLastIndex(({ role, kind }) => role === "assistant" || kind === "history");
  const asked = body.segments.findLastIndex(({ role }, index) => role === "user" && index < answer);
  return injectCheckpoint(injectCheckpoint(marked, answer, mark), asked, mark);
}

function inject(body: LoweredBody, region: Region, flag: RecordEntryValue): LoweredBody {
  return injectCheckpoint(body, lastSegmentOf(body, region), { span: flag.entrySpan, ttl: undefined });
}
