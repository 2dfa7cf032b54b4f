import { presentEntry, viewRecord } from "../../dialects/record-view.ts";
import type { LoweredBody } from "../../dialects/request-draft.ts";
import type { Checkpoint, LoweredRequest } from "../../request/request.ts";
import { list, listElement, recordEntry } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type { CallEvent, ListElement, ListValue, RecordEntryValue } from "../../value/value.ts";
import { assembleRequest } from "../assemble-request.ts";
import { chatMessage, earlierTurns } from "../chat-body.ts";
import { constructionOf, findArgument, receiverOf, type Construction } from "../construction.ts";
import { injectCheckpoint, lastSegmentOf } from "../inject-checkpoints.ts";
import {
  anthropicWire,
  bedrockWire,
  geminiWire,
  lowerChat,
  openAiWire,
  plainMark,
  type Wire,
} from "../lower-chat.ts";
import { withFaults } from "../placed-faults.ts";
import type { Sdk } from "../sdk.ts";
import { convertMessages } from "./messages.ts";

const methods = /^(?:a?(?:stream_)?(?:chat|complete)(?:_with_tools)?|chat|complete)$/;

/** Models by the packages they come from: some share the names of the SDKs of their makers. */
const models: readonly (readonly [RegExp, RegExp, Wire])[] = [
  [/^llama_index\.llms\.anthropic\b|^@llamaindex\/anthropic/, /^Anthropic$/, anthropicWire],
  [/^llama_index\.llms\.bedrock_converse\b/, /^BedrockConverse$/, bedrockWire],
  [/^llama_index\.llms\.openai\b|^@llamaindex\/openai/, /^OpenAI(?:Responses)?$/, openAiWire],
  [/^llama_index\.llms\.azure_openai\b/, /^AzureOpenAI$/, { ...openAiWire, platform: "azure-openai" }],
  [/^llama_index\.llms\.(?:google_genai|gemini)\b/, /^(?:GoogleGenAI|Gemini)$/, geminiWire],
];

/** LlamaIndex: a request stands where a model is called, or an agent that calls tools is run. */
export const llamaIndex: Sdk = {
  name: "llama-index",
  fromCall(call) {
    const receiver = receiverOf(call.callee);
    const made = receiver && constructionOf(receiver.object);
    if (!receiver || !made) return undefined;
    const wire = wireOf(made);
    if (wire)
      return methods.test(receiver.method) ? [modelRequest(made, wire, receiver.method, call)] : undefined;
    const isAgent =
      /^(?:FunctionAgent|ReActAgent)$/.test(made.name) && /^llama_index\b/.test(made.module ?? "");
    return isAgent && receiver.method === "run" ? agentRequest(made, call) : undefined;
  },
};

function wireOf({ name, module }: Construction): Wire | undefined {
  return models.find(([modules, names]) => modules.test(module ?? "") && names.test(name))?.[2];
}

function modelRequest(model: Construction, wire: Wire, method: string, call: CallEvent): LoweredRequest {
  const tools = method.endsWith("_with_tools")
    ? findArgument(call, ["tools"], 0)
    : findArgument(call, ["tools"]);
  const messages = method.endsWith("_with_tools")
    ? [...listed(findArgument(call, ["chat_history"], 2)), ...asked(findArgument(call, ["user_msg"], 1))]
    : /complete/.test(method)
      ? asked(findArgument(call, ["prompt"], 0))
      : undefined;
  const given = findArgument(call, ["messages"], 0);
  const known: ListValue = messages ? list([...messages], call.span) : messagesOf(given, call);
  const system = /complete/.test(method) ? findArgument(model, ["system_prompt"]) : undefined;
  const all = system ? { ...known, elements: [systemMessage(system), ...known.elements] } : known;
  return requestOf(model, wire, all, tools, call);
}

function messagesOf(entry: RecordEntryValue | undefined, { span }: CallEvent): ListValue {
  const known = asList(entry?.value);
  return known ?? list(entry ? [listElement(entry.value, entry.span, entry.frame, true)] : [], span);
}

function systemMessage(system: RecordEntryValue): ListElement {
  return listElement(chatMessage("system", system, system.span), system.span, system.frame);
}

function listed(entry: RecordEntryValue | undefined): readonly ListElement[] {
  if (!entry) return [];
  return asList(entry.value)?.elements ?? [listElement(entry.value, entry.span, entry.frame, true)];
}

/** A text, or a message. */
function asked(entry: RecordEntryValue | undefined): readonly ListElement[] {
  if (!entry) return [];
  const { value, span, frame } = entry;
  const isMessage = constructionOf(value)?.name.startsWith("ChatMessage");
  return [listElement(isMessage ? value : chatMessage("user", entry, span), span, frame)];
}

/** The system prompt, earlier turns and steps, and the new message. */
function agentRequest(agent: Construction, call: CallEvent): readonly LoweredRequest[] | undefined {
  const model = constructionOf(findArgument(agent, ["llm"])?.value);
  const wire = model && wireOf(model);
  if (!model || !wire) return undefined;
  const system = findArgument(agent, ["system_prompt"]);
  const history = findArgument(call, ["chat_history", "memory", "ctx"]);
  const tools = findArgument(agent, ["tools"]);
  const elements = [
    ...(system ? [systemMessage(system)] : []),
    ...(history || tools ? [earlierTurns(agent.span)] : []),
    ...asked(findArgument(call, ["user_msg"], 0)),
  ];
  return [requestOf(model, wire, list(elements, call.span), tools, call)];
}

function requestOf(
  model: Construction,
  wire: Wire,
  given: ListValue,
  tools: RecordEntryValue | undefined,
  call: CallEvent,
): LoweredRequest {
  const site = call.span;
  const { messages, faults } = convertMessages(given, wire, cacheUntil(model));
  const lowered = lowerChat({ messages, tools, options: [], span: site }, wire);
  const counted = cacheUntil(model)?.index === -1 ? withMarkedStretches(lowered, model) : lowered;
  const body = withFaults(withToolPoint(counted, model, call), faults);
  return assembleRequest(body, {
    site,
    sdk: "llama-index",
    platform: platformOf(model) ?? wire.platform,
    use: "send",
    model: findArgument(model, ["model", "model_name", "engine"], 0),
    modelless: "the class's default model answers",
  });
}

/** The services that the class for Anthropic talks to by its arguments. */
function platformOf(model: Construction): LoweredRequest["platform"] {
  if (model.name !== "Anthropic") return undefined;
  if (findArgument(model, ["aws_region"])) return "bedrock";
  if (findArgument(model, ["project_id"])) return "vertex";
  return findArgument(model, ["base_url"]) ? "other" : undefined;
}

function cacheUntil(model: Construction) {
  const entry = model.name === "Anthropic" ? findArgument(model, ["cache_idx"]) : undefined;
  const index = entry?.value.type === "constant" ? entry.value.value : undefined;
  if (!entry || typeof index !== "number") return undefined;
  const { entrySpan: span } = entry;
  return { index, mark: recordEntry(plainMark("ephemeral", span), span) };
}

/** As many marks as a stretch of messages may well carry where every message is marked. */
const marksInStretch = 4;

/** Every message of an unknown number is marked. */
function withMarkedStretches(body: LoweredBody, model: Construction): LoweredBody {
  const { entrySpan: span } = findArgument(model, ["cache_idx"])!;
  const marks = body.segments.flatMap(({ stretch, region }, after): Checkpoint[] =>
    stretch && region === "messages"
      ? Array.from({ length: marksInStretch }, () => ({
          span,
          origin: "injected",
          region,
          after,
          ttl: undefined,
        }))
      : [],
  );
  return { ...body, checkpoints: [...body.checkpoints, ...marks].sort((a, b) => a.after - b.after) };
}

/** Behind the tools: `tool_caching` for Bedrock; for Anthropic, where a header asks for the beta of the first year. */
function withToolPoint(body: LoweredBody, model: Construction, call: CallEvent): LoweredBody {
  const flag = body.dialect === "converse" ? findArgument(model, ["tool_caching"]) : betaHeader(body, call);
  if (!flag || (flag.value.type === "constant" && !flag.value.value)) return body;
  return injectCheckpoint(body, lastSegmentOf(body, "tools"), { span: flag.entrySpan, ttl: undefined });
}

function betaHeader({ dialect }: LoweredBody, call: CallEvent): RecordEntryValue | undefined {
  if (dialect !== "anthropic") return undefined;
  const headers = viewRecord(findArgument(call, ["extra_headers"])?.value);
  const beta = presentEntry(headers, "anthropic-beta");
  return literalText(beta?.value)?.includes("prompt-caching") ? beta : undefined;
}
