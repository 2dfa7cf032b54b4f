import { isAbsent, presentEntry, viewRecord } from "../../dialects/record-view.ts";
import type { LoweredBody } from "../../dialects/request-draft.ts";
import type { LoweredRequest } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement } from "../../value/construct.ts";
import type { ListValue, RecordEntryValue } from "../../value/value.ts";
import { assembleRequest } from "../assemble-request.ts";
import { chatMessage, type ChatRequest } from "../chat-body.ts";
import { constructionOf, findArgument, receiverOf, type Construction } from "../construction.ts";
import { injectCheckpoint, lastSegmentOf, ttlOf } from "../inject-checkpoints.ts";
import { anthropicWire, bedrockWire, geminiWire, lowerChat, openAiWire, type Wire } from "../lower-chat.ts";
import { withFaults } from "../placed-faults.ts";
import type { Sdk } from "../sdk.ts";
import { convertMessages } from "./messages.ts";
import { builtPrompt, pipelineRuns } from "./pipeline.ts";

const generators: Readonly<Record<string, Wire>> = {
  AnthropicChatGenerator: anthropicWire,
  AnthropicVertexChatGenerator: { ...anthropicWire, platform: "vertex" },
  AnthropicFoundryChatGenerator: { ...anthropicWire, platform: "foundry" },
  AmazonBedrockChatGenerator: bedrockWire,
  OpenAIChatGenerator: openAiWire,
  AzureOpenAIChatGenerator: { ...openAiWire, platform: "azure-openai" },
  GoogleGenAIChatGenerator: geminiWire,
};

const runs = new Set(["run", "run_async"]);

/** Chat generators of Haystack: a request stands where one of them is run, by itself, in a pipeline or in an agent. */
export const haystack: Sdk = {
  name: "haystack",
  fromCall(call) {
    const receiver = receiverOf(call.callee);
    if (!receiver || !runs.has(receiver.method)) return undefined;
    const made = constructionOf(receiver.object);
    if (!made || !/^haystack/.test(made.module ?? "")) return undefined;
    if (/^(?:Async)?Pipeline$/.test(made.name)) {
      const sent = pipelineRuns(made, call).flatMap(({ generator, messages, options }) =>
        requestsOf(generator, messages, options, call.span),
      );
      return sent.length > 0 ? sent : undefined;
    }
    const isAgent = made.name === "Agent";
    const generator = isAgent ? constructionOf(findArgument(made, ["chat_generator"], 0)?.value) : made;
    const messages = findArgument(call, ["messages"], 0);
    if (!generator) return undefined;
    const sent = requestsOf(generator, messages, isAgent ? made : call, call.span);
    return sent.length > 0 ? sent : undefined;
  },
};

type Arguments = Pick<Construction, "arguments">;

function requestsOf(
  generator: Construction,
  messages: RecordEntryValue | undefined,
  options: Arguments,
  site: Span,
): readonly LoweredRequest[] {
  const wire = Object.hasOwn(generators, generator.name) ? generators[generator.name] : undefined;
  if (!wire || !/^haystack/.test(generator.module ?? "")) return [];
  const prompt = messages && builtPrompt(messages);
  const opaque = messages ? [listElement(messages.value, messages.span, messages.frame, true)] : [];
  const known: ListValue = prompt?.messages ?? list(opaque, site);
  const system = findArgument(options, ["system_prompt"]);
  const all = system ? withSystem(known, system) : known;
  const systemPoint = findArgument(generator, ["system_cachepoint_config"]);
  const converted = convertMessages(all, wire, systemPoint, prompt?.fill);
  const tools = findArgument(options, ["tools"]) ?? findArgument(generator, ["tools"]);
  const chat: ChatRequest = {
    messages: converted.messages,
    tools: tools && toolsOf(tools),
    options: optionsOf(generator, options, wire),
    span: site,
  };
  const body = withFaults(withToolPoint(lowerChat(chat, wire), generator), converted.faults);
  return [
    assembleRequest(body, {
      site,
      sdk: "haystack",
      platform: wire.platform,
      use: "send",
      model: findArgument(generator, ["model", "azure_deployment"], 0),
      modelless: "the generator's default model answers",
    }),
  ];
}

function withSystem(messages: ListValue, system: RecordEntryValue): ListValue {
  const message = listElement(chatMessage("system", system, system.span), system.span, system.frame);
  return {
    ...list([message, ...messages.elements], messages.span),
    order: messages.order,
    cuts: messages.cuts,
  };
}

/** A list of tools, or a `Toolset` of one. */
function toolsOf(tools: RecordEntryValue): RecordEntryValue {
  const made = constructionOf(tools.value);
  const inner = made?.name === "Toolset" ? findArgument(made, ["tools"], 0) : undefined;
  return inner ?? tools;
}

/** `generation_kwargs` that belong to the prefix. */
function optionsOf(generator: Construction, call: Arguments, { dialect }: Wire): ChatRequest["options"] {
  const keys = dialect === "openai" ? ["prompt_cache_key", "tool_choice"] : ["thinking", "tool_choice"];
  const sources = [call, generator].map((each) =>
    viewRecord(findArgument(each, ["generation_kwargs"])?.value),
  );
  return keys.flatMap((key) => {
    const entry = sources.map((view) => presentEntry(view, key)).find((found) => found);
    if (!entry) return [];
    return [[dialect === "converse" && key === "tool_choice" ? "toolChoice" : key, entry] as const];
  });
}

/** `tools_cachepoint_config` of the Bedrock generator: behind the tools, where there are any. */
function withToolPoint(body: LoweredBody, generator: Construction): LoweredBody {
  const config = findArgument(generator, ["tools_cachepoint_config"]);
  if (!config || isAbsent(config.value) || body.dialect !== "converse") return body;
  const ttl = ttlOf(presentEntry(viewRecord(config.value), "ttl"));
  return injectCheckpoint(body, lastSegmentOf(body, "tools"), { span: config.entrySpan, ttl });
}
