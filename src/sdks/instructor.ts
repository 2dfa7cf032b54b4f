import { readCacheControl } from "../dialects/marks.ts";
import { isAbsent, presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { FaultDraft } from "../dialects/request-draft.ts";
import type { LoweredRequest } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { identityId, list, listElement, opaque, record, recordEntry, text } from "../value/construct.ts";
import { accessPath, asList, literalText } from "../value/inspect.ts";
import type { CallEvent, ListElement, RecordEntryValue, RecordValue, Value } from "../value/value.ts";
import { placeholder } from "./assets/placeholders.ts";
import { assembleRequest } from "./assemble-request.ts";
import { callBody } from "./call-body.ts";
import { addressText } from "./client-option.ts";
import { chatMessage, type ChatRequest } from "./chat-body.ts";
import { constructionOf, findArgument, type Construction } from "./construction.ts";
import { toolOf } from "./declared-tool.ts";
import { fillJinja } from "./fill-jinja.ts";
import { litellmRequest } from "./litellm.ts";
import {
  anthropicWire,
  bedrockWire,
  geminiWire,
  lowerChat,
  mediaBlock,
  openAiWire,
  plainMark,
  type Wire,
} from "./lower-chat.ts";
import { withFaults, type PlacedFault } from "./placed-faults.ts";
import type { Sdk } from "./sdk.ts";

const methods = /^(?:chat\.completions\.|messages\.)?create(?:_with_completion|_partial|_iterable)?$/;

/** What the functions that wrap a client speak; `from_litellm` sends through LiteLLM. */
const wrappers: Readonly<Record<string, Wire | "litellm">> = {
  from_anthropic: anthropicWire,
  from_openai: openAiWire,
  from_bedrock: bedrockWire,
  from_genai: geminiWire,
  from_gemini: geminiWire,
  from_litellm: "litellm",
  patch: openAiWire,
  apatch: openAiWire,
};

/** What stands in front of the slash in `from_provider("provider/model")`. */
const providers: Readonly<Record<string, Wire>> = {
  anthropic: anthropicWire,
  bedrock: bedrockWire,
  openai: openAiWire,
  azure_openai: { ...openAiWire, platform: "azure-openai" },
  google: geminiWire,
  vertexai: { ...geminiWire, platform: "vertex" },
};

/**
 * Instructor, which wraps the client of an SDK: `response_model` becomes a tool in front of everything else, system
 * messages are lifted out, and `context` fills placeholders.
 * https://github.com/567-labs/instructor/tree/cc679553/instructor, read 2026-11-22: process_response.py,
 * templating.py, multimodal.py.
 */
export const instructor: Sdk = {
  name: "instructor",
  fromCall(call) {
    if (call.callee.type !== "opaque" || call.isNew) return undefined;
    const client = clientOf(call);
    if (!client) return undefined;
    const body = callBody(call);
    if (!body || !viewRecord(body)) return undefined;
    if (client.wire === "litellm") return [litellmRequest(withMessages(body, call), call.span, "instructor")];
    return [requestOf(client, client.wire, body, call)];
  },
};

interface Client {
  readonly wire: Wire | "litellm";
  /** The call that wrapped it; undefined where that is not in view. */
  readonly made: Construction | undefined;
  /** The model that `from_provider` names. */
  readonly model: RecordEntryValue | undefined;
}

/** The wrapped client behind a call of one of its methods. */
function clientOf(call: CallEvent): Client | undefined {
  const { callee } = call;
  if (callee.type !== "opaque") return undefined;
  const { values, steps } = accessPath(callee);
  const start = steps.lastIndexOf("()") + 1;
  const made = start === 0 ? undefined : constructionOf(values[start]);
  if (!made || !/^instructor\b/.test(made.module ?? "")) return unknownClient(call);
  if (!methods.test(steps.slice(start).join("."))) return undefined;
  if (made.name === "from_provider") return providerClient(made);
  if (/^(?:Async)?Instructor$/.test(made.name)) return patchedClient(made);
  const wire = Object.hasOwn(wrappers, made.name) ? wrappers[made.name]! : undefined;
  return wire && { wire: onPlatform(wire, made), made, model: undefined };
}

/** A client that is not in view: nobody else has the argument `response_model`. */
function unknownClient(call: CallEvent): Client | undefined {
  const { callee } = call;
  const method = callee.type === "opaque" ? accessPath(callee).steps.at(-1) : undefined;
  if (method === undefined || !methods.test(method)) return undefined;
  const has = (name: string) => call.arguments.some((argument) => argument.name === name);
  if (!has("response_model") || !has("messages")) return undefined;
  const id = literalText(findArgument(call, ["model"])?.value) ?? "";
  if (id === "") return undefined;
  const wire = /claude/.test(id) ? anthropicWire : /^gemini/.test(id) ? geminiWire : openAiWire;
  return { wire: { ...wire, platform: undefined }, made: undefined, model: undefined };
}

/** `Instructor(create=patch(create=Anthropic().messages.create))`. */
function patchedClient(made: Construction): Client | undefined {
  const patch = constructionOf(findArgument(made, ["create"])?.value);
  const create = patch && findArgument(patch, ["create", "client"])?.value;
  const root = create?.type === "opaque" ? accessPath(create).root : undefined;
  const module = root?.kind === "import" ? root.module : "";
  const wire = module.startsWith("anthropic")
    ? anthropicWire
    : module.startsWith("litellm")
      ? "litellm"
      : module.startsWith("openai")
        ? openAiWire
        : undefined;
  return wire && { wire, made, model: undefined };
}

function providerClient(made: Construction): Client | undefined {
  const named = findArgument(made, ["model"], 0);
  const id = (named && (literalText(named.value) ?? addressText(named.value))) ?? "";
  const slash = id.indexOf("/");
  const provider = id.slice(0, Math.max(slash, 0));
  const wire = Object.hasOwn(providers, provider) ? providers[provider] : undefined;
  if (!named || !wire) return undefined;
  const isKnown = literalText(named.value) !== undefined;
  const model = recordEntry(text(id.slice(slash + 1), named.span), named.span, named.entrySpan);
  return { wire, made, model: isKnown ? model : named };
}

/** The service of the client inside: `AnthropicBedrock`, `AzureOpenAI`. */
function onPlatform(wire: Wire | "litellm", made: Construction): Wire | "litellm" {
  const inner = constructionOf(findArgument(made, ["client"], 0)?.value);
  if (!inner || wire === "litellm") return wire;
  if (/Bedrock/.test(inner.name)) return { ...wire, platform: "bedrock" };
  if (/Vertex/.test(inner.name)) return { ...wire, platform: "vertex" };
  if (/Azure/.test(inner.name)) return { ...wire, platform: "azure-openai" };
  return findArgument(inner, ["base_url"]) ? { ...wire, platform: "other" } : wire;
}

function requestOf(client: Client, wire: Wire, body: Value, call: CallEvent): LoweredRequest {
  const site = call.span;
  const view = viewRecord(body)!;
  const messages = presentEntry(view, "messages");
  const known = asList(messages?.value);
  const system = presentEntry(view, "system");
  const fill = filler(presentEntry(view, "context") ?? presentEntry(view, "validation_context"));
  const elements = known
    ? known.elements.map((element) => (element.stretch ? element : messageElement(element, fill)))
    : messages
      ? [listElement(messages.value, messages.span, messages.frame, true)]
      : [];
  const all = system
    ? [listElement(chatMessage("system", system, system.span), system.span), ...elements]
    : elements;
  const chat: ChatRequest = {
    messages: { ...list(all, site), order: known?.order ?? list([], site).order, cuts: known?.cuts ?? [] },
    tools: toolsOf(client, view.entries, site),
    options: optionsOf(view.entries, wire),
    span: site,
  };
  const faults = wire.dialect === "anthropic" ? droppedMarks(elements) : [];
  return assembleRequest(withFaults(lowerChat(chat, wire), faults), {
    site,
    sdk: "instructor",
    platform: wire.platform,
    use: "send",
    model: presentEntry(view, "model") ?? presentEntry(view, "modelId") ?? client.model,
  });
}

/** Of system messages for Claude only the content is taken along. */
function droppedMarks(messages: readonly ListElement[]): readonly PlacedFault[] {
  return messages.flatMap(({ value, span, stretch }): readonly PlacedFault[] => {
    const view = stretch || value.type !== "record" ? undefined : viewRecord(value);
    const mark = readCacheControl(view);
    if (!mark || literalText(presentEntry(view, "role")?.value) !== "system") return [];
    const fault: FaultDraft = {
      kind: "ignored",
      span: mark.span,
      reason:
        "Instructor takes the content of a system message along and nothing beside it, so this mark is dropped.",
      remedy: "Write the content as a list of blocks and put the mark on the last one.",
    };
    return [{ fault, of: span }];
  });
}

type Entries = ReadonlyMap<string, RecordEntryValue>;

const optionNames = [
  "cache_control",
  "thinking",
  "speed",
  "prompt_cache_key",
  "prompt_cache_retention",
  "prompt_cache_options",
  "cached_content",
];

function optionsOf(entries: Entries, { dialect }: Wire): ChatRequest["options"] {
  if (dialect === "converse") return [];
  return optionNames.flatMap((name) => {
    const entry = entries.get(name);
    return entry ? [[name, entry] as const] : [];
  });
}

/** The response model as a tool; the modes that ask for JSON in words describe it behind the system text. */
function toolsOf(client: Client, entries: Entries, site: Span): RecordEntryValue | undefined {
  const model = entries.get("response_model");
  const own = entries.get("tools");
  if (!model || isAbsent(model.value) || isJsonMode(client, entries)) return own;
  const tool = listElement(modelTool(model), model.span, model.frame);
  return recordEntry(list([tool], site), model.span, model.entrySpan, model.frame);
}

function isJsonMode({ made }: Client, entries: Entries): boolean {
  const mode = entries.get("mode") ?? (made && findArgument(made, ["mode"]));
  const name = mode?.value.type === "opaque" ? accessPath(mode.value).steps.at(-1) : literalText(mode?.value);
  return /json/i.test(name ?? "");
}

function modelTool({ value, span }: RecordEntryValue): Value {
  if (value.type !== "class") return value;
  const name = recordEntry(text(value.node.name, value.node.nameSpan), value.node.nameSpan);
  const reason = `the schema of \`${value.node.name}\``;
  const key = `schema@${value.node.span.file}:${value.node.span.start}`;
  const schema = opaque(
    { origin: { kind: "unknown", reason }, key, span: value.node.nameSpan },
    { id: identityId(key), scope: "static", reason },
  );
  return toolOf(name, value.statics.get("__doc__"), recordEntry(schema, span), span);
}

/** Fills placeholders from `context`; without one, texts stay as they are. */
function filler(context: RecordEntryValue | undefined): (value: Value) => Value {
  const view = viewRecord(context?.value);
  if (!view) return (value) => value;
  return (value) =>
    value.type === "text"
      ? fillJinja(value, (name) => presentEntry(view, name)?.value ?? placeholder(name, context!.span.file))
      : value;
}

function messageElement(element: ListElement, fill: (value: Value) => Value): ListElement {
  const content = element.value.type === "record" ? element.value.entries.get("content") : undefined;
  if (!content || element.value.type !== "record") return element;
  const value = contentOf(content, fill);
  const entries = new Map(element.value.entries).set("content", value);
  return { ...element, value: { ...element.value, entries } };
}

function contentOf(content: RecordEntryValue, fill: (value: Value) => Value): RecordEntryValue {
  const known = asList(content.value);
  if (!known) {
    const media = mediaOf(content.value, content.span);
    if (media) return { ...content, value: list([listElement(media, content.span)], content.span) };
    return { ...content, value: fill(content.value) };
  }
  const elements = known.elements.map((block): ListElement => {
    if (block.stretch) return block;
    const inner = block.value.type === "record" ? block.value.entries.get("text") : undefined;
    if (inner && block.value.type === "record") {
      const entries = new Map(block.value.entries).set("text", { ...inner, value: fill(inner.value) });
      return { ...block, value: { ...block.value, entries } };
    }
    return { ...block, value: mediaOf(block.value, block.span) ?? fill(block.value) };
  });
  return { ...content, value: { ...list(elements, known.span), order: known.order, cuts: known.cuts } };
}

/** `Image.from_path(...)`, `PDFWithCacheControl.from_url(...)`. */
function mediaOf(value: Value, span: Span): RecordValue | undefined {
  const made = constructionOf(value);
  const match = /^(Image|PDF)(With(?:CacheControl))?(?:\.|$)/i.exec(made?.name ?? "");
  const source = made && findArgument(made, ["source", "url", "path", "data", "base64"], 0);
  if (!match || !source || !/^instructor\b/.test(made.module ?? "")) return undefined;
  const block = mediaBlock(match[1]!.toLowerCase() === "image" ? "image" : "document", source, span);
  if (match[2]) block.entries.set("cache_control", recordEntry(plainMark("ephemeral", span), span));
  return block;
}

/** The body for LiteLLM, without what is Instructor's own. */
function withMessages(body: Value, { span }: CallEvent): Value {
  const copy = record(span, body.type === "record" ? body.entries : []);
  if (body.type === "record") copy.rest = [...body.rest];
  const model = copy.entries.get("response_model");
  copy.entries.delete("response_model");
  if (model && !isAbsent(model.value)) {
    const tool = listElement(modelTool(model), model.span, model.frame);
    copy.entries.set("tools", recordEntry(list([tool], model.span), model.span));
  }
  return copy;
}
