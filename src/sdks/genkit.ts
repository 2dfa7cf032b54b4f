import { presentEntry, viewRecord, writtenEntry, type RecordView } from "../dialects/record-view.ts";
import type { FaultDraft } from "../dialects/request-draft.ts";
import type { LoweredRequest } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { list, listElement, record, recordEntry, text } from "../value/construct.ts";
import { accessPath, asList, literalText } from "../value/inspect.ts";
import type { CallEvent, ListElement, RecordEntryValue, RecordValue, Value } from "../value/value.ts";
import { placeholder } from "./assets/placeholders.ts";
import { assembleRequest } from "./assemble-request.ts";
import { chatMessage, type ChatRequest } from "./chat-body.ts";
import { addressText } from "./client-option.ts";
import { constructionOf, findArgument, receiverOf, type Construction } from "./construction.ts";
import { toolOf } from "./declared-tool.ts";
import { fillJinja } from "./fill-jinja.ts";
import {
  anthropicWire,
  geminiWire,
  lowerChat,
  mediaBlock,
  openAiWire,
  plainMark,
  textBlock,
  type Wire,
} from "./lower-chat.ts";
import { withFaults, type PlacedFault } from "./placed-faults.ts";
import type { Sdk } from "./sdk.ts";

const methods = new Set(["generate", "generateStream", "generate_stream"]);

/**
 * Genkit: a request stands where `ai.generate` is called, or a prompt that `ai.definePrompt` made. The plugin for
 * Anthropic sends `cache_control` in the `metadata` of a part.
 * https://github.com/firebase/genkit/blob/77656d5e6/js/plugins/anthropic/src/runner/stable.ts, read 2026-11-22.
 */
export const genkit: Sdk = {
  name: "genkit",
  fromCall(call) {
    if (call.isNew) return undefined;
    const options = optionsOf(call);
    const request = options && requestOf(options, call.span);
    return request && [request];
  },
};

/** What a call sends: its options, or those of the prompt that is called, with its placeholders filled. */
function optionsOf(call: CallEvent): RecordView | undefined {
  const receiver = receiverOf(call.callee);
  if (receiver && methods.has(receiver.method)) {
    return isGenkit(receiver.object) ? withDefaults(viewOf(call), receiver.object) : undefined;
  }
  const prompt = call.callee.type === "opaque" ? call.callee.origin : undefined;
  const definer = prompt?.kind === "call" ? receiverOf(prompt.callee) : undefined;
  if (prompt?.kind !== "call" || definer?.method !== "definePrompt" || !isGenkit(definer.object))
    return undefined;
  const options = withDefaults(viewRecord(prompt.arguments[0]?.value), definer.object);
  const inputs = viewRecord(call.arguments[0]?.value);
  if (!options) return undefined;
  const filled = [...options.entries].map(([key, entry]) => [key, filledEntry(entry, inputs)] as const);
  return { entries: new Map(filled), rest: options.rest };
}

/** The model that `genkit({ model })` gives those who name none. */
function withDefaults(options: RecordView | undefined, library: Value): RecordView | undefined {
  const made = constructionOf(library);
  const model = made && findArgument(made, ["model"]);
  if (!options || !model || presentEntry(options, "model")) return options;
  return { entries: new Map([["model", model], ...options.entries]), rest: options.rest };
}

/** The text of a prompt is a Handlebars template. */
function filledEntry(entry: RecordEntryValue, inputs: RecordView | undefined): RecordEntryValue {
  const { value, span } = entry;
  if (value.type === "text") {
    const valueFor = (name: string) => presentEntry(inputs, name)?.value ?? placeholder(name, span.file);
    return { ...entry, value: fillJinja(value, valueFor) };
  }
  if (value.type === "list") {
    const elements = value.elements.map((each) => ({
      ...each,
      value: filledEntry(recordEntry(each.value, each.span), inputs).value,
    }));
    return { ...entry, value: { ...value, elements } };
  }
  if (value.type !== "record") return entry;
  const entries = [...value.entries].map(([key, inner]) => [key, filledEntry(inner, inputs)] as const);
  return { ...entry, value: { ...value, entries: new Map(entries) } };
}

/** `genkit({...})`, `Genkit(...)` in Python, or a parameter of that type. */
function isGenkit(value: Value): boolean {
  const made = constructionOf(value);
  if (made) return /^genkit$/i.test(made.name) && /^@?genkit\b/.test(made.module ?? "");
  return (
    value.type === "opaque" &&
    value.origin.kind === "parameter" &&
    /^Genkit\b/.test(value.origin.annotation ?? "")
  );
}

/** The named arguments, the options object, or one text that is the prompt. */
function viewOf(call: CallEvent): RecordView | undefined {
  const [first] = call.arguments;
  if (!first) return undefined;
  if (first.name === undefined && first.value.type !== "text") return viewRecord(first.value);
  const entries = call.arguments.map(
    ({ name = "prompt", value, span, entrySpan }) => [name, recordEntry(value, span, entrySpan)] as const,
  );
  return { entries: new Map(entries), rest: [] };
}

/** The model that is asked, and the plugin that asks it. */
interface Target {
  readonly wire: Wire;
  readonly model: RecordEntryValue;
  /** The module of the plugin; undefined where a text names the model. */
  readonly module: string | undefined;
}

/** `anthropic.model("claude-sonnet-4-5")`, `googleAI.model("gemini-2.5-pro")`, `"anthropic/claude-sonnet-4-5"`. */
function targetOf(entry: RecordEntryValue | undefined): Target | undefined {
  if (!entry) return undefined;
  const id = literalText(entry.value) ?? addressText(entry.value);
  if (id !== undefined) {
    const [, plugin, name] = /^([\w-]+)\/(.+)$/.exec(id) ?? [];
    const wire = plugin === undefined ? undefined : wireOf(plugin);
    const isKnown = literalText(entry.value) !== undefined;
    const named = isKnown ? recordEntry(text(name!, entry.span), entry.span, entry.entrySpan) : entry;
    const model = wire && named;
    return model && { wire, model, module: undefined };
  }
  if (entry.value.type !== "opaque" || entry.value.origin.kind !== "call") return undefined;
  const { callee, arguments: args } = entry.value.origin;
  const { root, steps } = callee.type === "opaque" ? accessPath(callee) : { root: undefined, steps: [] };
  if (root?.kind !== "import") return undefined;
  const name = root.name === "*" ? steps[0] : root.name;
  const wire = wireOf(name === "default" || name === undefined ? root.module : name);
  const model = args[0];
  if (!wire || !model) return undefined;
  return { wire, model: recordEntry(model.value, model.span, model.entrySpan), module: root.module };
}

function wireOf(plugin: string): Wire | undefined {
  if (/anthropic/i.test(plugin)) return anthropicWire;
  if (/vertex/i.test(plugin)) return { ...geminiWire, platform: "vertex" };
  if (/google/i.test(plugin)) return geminiWire;
  return /openai/i.test(plugin) ? openAiWire : undefined;
}

function requestOf(options: RecordView, site: Span): LoweredRequest | undefined {
  const target = targetOf(presentEntry(options, "model"));
  if (!target) return undefined;
  const { wire, model } = target;
  const messages = presentEntry(options, "messages");
  const known = asList(messages?.value);
  const elements = [
    ...whole("system", presentEntry(options, "system"), wire),
    ...(known
      ? known.elements.map((element) => (element.stretch ? element : messageElement(element, wire)))
      : messages
        ? [listElement(messages.value, messages.span, messages.frame, true)]
        : []),
    ...whole("user", presentEntry(options, "prompt"), wire),
  ];
  const chat: ChatRequest = {
    messages: {
      ...list(elements, site),
      order: known?.order ?? list([], site).order,
      cuts: known?.cuts ?? [],
    },
    tools: toolsOf(options),
    options: configOf(options, wire),
    span: site,
  };
  const body = withFaults(lowerChat(chat, wire), droppedMarks(known?.elements ?? [], target));
  return assembleRequest(body, { site, sdk: "genkit", platform: wire.platform, use: "send", model });
}

/** A system text or a prompt: a text, a part, or a list of parts. */
function whole(role: string, entry: RecordEntryValue | undefined, wire: Wire): readonly ListElement[] {
  if (!entry || entry.value.type === "function") return [];
  return [listElement(chatMessage(role, partsEntry(entry, wire), entry.span), entry.span, entry.frame)];
}

const roles: Readonly<Record<string, string>> = {
  model: "assistant",
  system: "system",
  tool: "tool",
  user: "user",
};

function messageElement(element: ListElement, wire: Wire): ListElement {
  const view = element.value.type === "record" ? viewRecord(element.value) : undefined;
  const role = literalText(presentEntry(view, "role")?.value) ?? "user";
  const content = presentEntry(view, "content");
  if (!content || !Object.hasOwn(roles, role)) return element;
  return { ...element, value: chatMessage(roles[role]!, partsEntry(content, wire), element.span) };
}

function partsEntry(entry: RecordEntryValue, wire: Wire): RecordEntryValue {
  const known = asList(entry.value);
  if (known) {
    const elements = known.elements.map((part) =>
      part.stretch ? part : { ...part, value: partOf(part, wire) },
    );
    return { ...entry, value: { ...list(elements, known.span), order: known.order, cuts: known.cuts } };
  }
  if (entry.value.type !== "record") return entry;
  const part = listElement(entry.value, entry.span, entry.frame);
  return { ...entry, value: list([{ ...part, value: partOf(part, wire) }], entry.span) };
}

/** `{text}`, `{media: {url}}`, with the mark in `metadata`. */
function partOf({ value, span }: ListElement, { dialect }: Wire): Value {
  const view = value.type === "record" ? viewRecord(value) : undefined;
  if (!view) return value;
  const content = presentEntry(view, "text");
  const media = viewRecord(presentEntry(view, "media")?.value);
  const url = presentEntry(media, "url");
  const type = literalText(presentEntry(media, "contentType")?.value) ?? "";
  const block = content
    ? textBlock(content, span)
    : url && mediaBlock(type.startsWith("application/") ? "document" : "image", url, span);
  const mark = dialect === "anthropic" ? markIn(presentEntry(view, "metadata")) : undefined;
  if (!block && !mark) return value;
  const written = block ?? unknownPart(value as RecordValue);
  if (mark) written.entries.set("cache_control", mark);
  return written;
}

/** A copy of a part that is not in view, so that a mark can stand on it. */
function unknownPart({ span, rest }: RecordValue): RecordValue {
  const part = record(span);
  part.rest = [...rest];
  return part;
}

/** `cache_control` in the metadata, or what `...cacheControl({ttl})` spreads there. */
function markIn(metadata: RecordEntryValue | undefined): RecordEntryValue | undefined {
  const view = viewRecord(metadata?.value);
  const written = writtenEntry(view, "cache_control");
  if (written) return written;
  for (const rest of view?.rest ?? []) {
    const made = constructionOf(rest);
    if (made?.name === "cacheControl" && /^@genkit-ai\//.test(made.module ?? "")) return spreadMark(made);
  }
  return undefined;
}

function spreadMark(made: Construction): RecordEntryValue {
  const { span } = made;
  const mark = plainMark("ephemeral", span);
  const ttl = findArgument(made, ["ttl"]);
  if (ttl) mark.entries.set("ttl", ttl);
  return recordEntry(mark, span);
}

/** Tools made by `ai.defineTool({name, description, inputSchema}, fn)`. */
function toolsOf(options: RecordView): RecordEntryValue | undefined {
  const entry = presentEntry(options, "tools");
  const known = asList(entry?.value);
  if (!entry || !known) return entry;
  const elements = known.elements.map((element): ListElement => {
    const { origin } = element.value.type === "opaque" ? element.value : { origin: undefined };
    const definer = origin?.kind === "call" ? receiverOf(origin.callee) : undefined;
    if (element.stretch || origin?.kind !== "call" || definer?.method !== "defineTool") return element;
    const made = { arguments: origin.arguments };
    const name = findArgument(made, ["name"]);
    if (!name) return element;
    const tool = toolOf(
      name,
      findArgument(made, ["description"]),
      findArgument(made, ["inputSchema"]),
      element.span,
    );
    return { ...element, value: tool };
  });
  return { ...entry, value: { ...list(elements, known.span), order: known.order, cuts: known.cuts } };
}

/** `config` that belongs to the prefix; the plugin for Anthropic passes on what it does not know. */
function configOf(options: RecordView, { dialect }: Wire): ChatRequest["options"] {
  const config = viewRecord(presentEntry(options, "config")?.value);
  const names = dialect === "anthropic" ? ["cache_control", "thinking", "tool_choice"] : ["cachedContent"];
  return names.flatMap((name) => {
    const entry = presentEntry(config, name);
    return entry ? [[name, entry] as const] : [];
  });
}

/**
 * Marks that a plugin never looks at: `cache_control` with another maker's model, and `cache` on a message, of which only
 * the older plugin for Vertex AI makes a cache resource, for models of the past.
 */
function droppedMarks(messages: readonly ListElement[], target: Target): readonly PlacedFault[] {
  const found = messages.flatMap((element): readonly PlacedFault[] => {
    const cache = writtenEntry(metadataOf(element.value), "cache");
    if (!cache || cache.value.type !== "record" || target.module !== "@genkit-ai/google-genai") return [];
    const fault: FaultDraft = {
      kind: "ignored",
      span: cache.entrySpan,
      reason:
        "The plugin `@genkit-ai/google-genai` makes no cache resource of a message, so `cache` in its metadata is dropped.",
      remedy: "Remove it: Gemini caches long prefixes by itself.",
    };
    return [{ fault, of: element.span }];
  });
  return found;
}

function metadataOf(value: Value): RecordView | undefined {
  return viewRecord(presentEntry(viewRecord(value), "metadata")?.value);
}
