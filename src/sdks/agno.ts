import { lowerAnthropic } from "../dialects/anthropic.ts";
import type { LoweredRequest, Platform } from "../request/request.ts";
import { list, listElement, opaque, record, recordEntry, text, textOf } from "../value/construct.ts";
import { asList, literalText, textParts } from "../value/inspect.ts";
import type { CallEvent, ListElement, RecordEntryValue, TextPart, Value } from "../value/value.ts";
import { assembleRequest } from "./assemble-request.ts";
import { anthropicBody, chatMessage, earlierTurns, type ChatRequest } from "./chat-body.ts";
import { constructionOf, findArgument, receiverOf, type Construction } from "./construction.ts";
import { injectCheckpoint, lastSegmentOf, ttlOf } from "./inject-checkpoints.ts";
import type { Sdk } from "./sdk.ts";

const runs = new Set(["run", "arun", "print_response", "aprint_response"]);

/**
 * Agno agents with a Claude model: a request stands where an agent is run.
 *
 * The order of the system text and what the flags add to it are those of
 * https://github.com/agno-agi/agno/blob/9644f22982/libs/agno/agno/agent/_messages.py and
 * https://github.com/agno-agi/agno/blob/9644f22982/libs/agno/agno/models/anthropic/claude.py, read 2026-11-22.
 */
export const agno: Sdk = {
  name: "agno",
  fromCall(call) {
    const receiver = receiverOf(call.callee);
    if (!receiver || !runs.has(receiver.method)) return undefined;
    const agent = constructionOf(receiver.object);
    if (agent?.name !== "Agent" || !isAgno(agent)) return undefined;
    const model = constructionOf(findArgument(agent, ["model"])?.value);
    if (!model || !isAgno(model) || !/^(?:Aws)?Claude$/.test(model.name)) return undefined;
    return [requestOf(agent, model, call)];
  },
};

function isAgno({ module }: Construction): boolean {
  return /^agno\b/.test(module ?? "");
}

function requestOf(agent: Construction, model: Construction, call: CallEvent): LoweredRequest {
  const site = call.span;
  const tools = findArgument(agent, ["tools"]);
  const isContinued = tools !== undefined || isOn(findArgument(agent, ["add_history_to_context"]));
  const input = findArgument(call, ["input", "message"], 0);
  const system = [...systemText(agent, call), ...systemBlocks(model, call)];
  const messages: ListElement[] = [
    ...(system.length > 0
      ? [
          listElement(
            chatMessage("system", recordEntry(list(system, agent.span), agent.span), agent.span),
            agent.span,
          ),
        ]
      : []),
    ...(isContinued ? [earlierTurns(agent.span)] : []),
    ...(input ? [listElement(chatMessage("user", input, input.span), input.span)] : []),
  ];
  const chat: ChatRequest = { messages: list(messages, site), tools, options: [], span: site };
  const lowered = lowerAnthropic(anthropicBody(chat), site, { acceptsAutomaticMark: true });
  const prompt = findArgument(model, ["cache_system_prompt"]);
  const hasText = systemText(agent, call).length > 0;
  const first = lowered.segments.findIndex(({ region }) => region === "system");
  let body = lowered;
  if (prompt && isOn(prompt) && hasText) {
    const long = findArgument(model, ["extended_cache_time"]);
    const ttl = long && isOn(long) ? { text: "1h", span: long.entrySpan, known: true } : undefined;
    body = injectCheckpoint(body, first, { span: prompt.entrySpan, ttl });
  }
  const cached = findArgument(model, ["cache_tools"]);
  if (cached && isOn(cached)) {
    body = injectCheckpoint(body, lastSegmentOf(body, "tools"), {
      span: cached.entrySpan,
      ttl: ttlOf(undefined),
    });
  }
  const facts = { site, sdk: "agno", platform: platformOf(model), use: "send" } as const;
  return assembleRequest(body, { ...facts, model: findArgument(model, ["id"], 0) });
}

function platformOf({ module }: Construction): Platform {
  if (/\baws\b/.test(module ?? "")) return "bedrock";
  return /\bvertexai\b/.test(module ?? "") ? "vertex" : "anthropic";
}

function isOn(entry: RecordEntryValue | undefined): boolean {
  return entry !== undefined && !(entry.value.type === "constant" && !entry.value.value);
}

/** The system text an agent builds of its description, role, instructions and flags: one block. */
function systemText(agent: Construction, call: CallEvent): readonly ListElement[] {
  const whole = findArgument(agent, ["system_message"]);
  const parts = whole ? partsOf(whole, call) : builtText(agent, call);
  if (parts.length === 0) return [];
  const { span } = whole ?? agent;
  const block = record(span, [
    ["type", recordEntry(text("text", span), span)],
    ["text", recordEntry(textOf(parts), span)],
  ]);
  return [listElement(block, span)];
}

function builtText(agent: Construction, call: CallEvent): readonly TextPart[] {
  const { span } = agent;
  const literal = (content: string): TextPart => ({ kind: "literal", text: content, span });
  const given = (name: string) => {
    const entry = findArgument(agent, [name]);
    return entry ? partsOf(entry, call) : [];
  };
  const around = (before: string, inner: readonly TextPart[], after: string) =>
    inner.length > 0 ? [literal(before), ...inner, literal(after)] : [];
  const instructions = findArgument(agent, ["instructions"]);
  const listed = asList(instructions?.value)?.elements;
  const lines = listed
    ? listed.flatMap(({ value, span: at }) => [literal("- "), ...(textParts(value, at) ?? []), literal("\n")])
    : around("", given("instructions"), "\n\n");
  const notes = [
    ...(isOn(findArgument(agent, ["markdown"])) ? [literal("\n- Use markdown to format your answers.")] : []),
    ...around("\n- The current time is ", clock(agent), "."),
  ];
  return [
    ...around("", given("description"), "\n"),
    ...around("\n<your_role>\n", given("role"), "\n</your_role>\n\n"),
    ...lines,
    ...around("<additional_information>", notes, "\n</additional_information>\n\n"),
    ...around("<expected_output>\n", given("expected_output"), "\n</expected_output>\n\n"),
    ...around("", given("additional_context"), "\n"),
  ];
}

/** The text of an argument; a function is called for each run. */
function partsOf({ value, span }: RecordEntryValue, { run }: CallEvent): readonly TextPart[] {
  const given: Value | undefined = value.type === "function" ? run?.(value, []) : value;
  const known = given && (asList(given)?.elements ?? [{ value: given, span }]);
  return (known ?? []).flatMap((element) => textParts(element.value, element.span) ?? []);
}

/** The time that `add_datetime_to_context` writes, to the microsecond unless `datetime_format` cuts it. */
function clock(agent: Construction): readonly TextPart[] {
  const flag = findArgument(agent, ["add_datetime_to_context"]);
  if (!flag || !isOn(flag)) return [];
  const format = literalText(findArgument(agent, ["datetime_format"])?.value);
  const isDay = format !== undefined && !/%[-#]?[HIMSfpXTcrRs]/.test(format);
  const { entrySpan: span, frame } = flag;
  const origin = { kind: "unknown", reason: "the clock" } as const;
  const hole = opaque(
    { origin, key: `clock@${span.file}:${span.start}`, span },
    {
      scope: isDay ? "day" : "request",
      reason: isDay ? "the date" : "the clock",
      clock: { resolution: isDay ? "day" : "second", form: "text" },
      frame,
    },
  );
  return [{ kind: "hole", hole, span, frame }];
}

/** `system_prompt_blocks=[SystemPromptBlock(text, cache, ttl)]`, or a function that gives them for each request. */
function systemBlocks(model: Construction, { run }: CallEvent): readonly ListElement[] {
  const entry = findArgument(model, ["system_prompt_blocks"]);
  const value = entry?.value.type === "function" ? run?.(entry.value, []) : entry?.value;
  return (asList(value)?.elements ?? []).map((element) => {
    const made = constructionOf(element.value);
    const content = made && findArgument(made, ["text"], 0);
    if (!made || !content) return element;
    const { span } = element;
    const block = record(span, [
      ["type", recordEntry(text("text", span), span)],
      ["text", content],
    ]);
    const cache = findArgument(made, ["cache"], 1);
    if (cache && isOn(cache)) {
      const mark = record(cache.span, [["type", recordEntry(text("ephemeral", cache.span), cache.span)]]);
      const ttl = findArgument(made, ["ttl"], 2);
      if (ttl) mark.entries.set("ttl", ttl);
      block.entries.set("cache_control", { ...cache, value: mark });
    }
    return { ...element, value: block };
  });
}
