import { lowerAnthropic } from "../dialects/anthropic.ts";
import { presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { LoweredRequest, Unresolved } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { identityId, list, listElement, opaque, record, recordEntry, textOf } from "../value/construct.ts";
import { asList, libraryName, literalText, textParts } from "../value/inspect.ts";
import type { CallEvent, ListElement, OpaqueValue, RecordEntryValue, Value } from "../value/value.ts";
import { assembleRequest } from "./assemble-request.ts";
import { chatMessage, earlierTurns } from "./chat-body.ts";
import { constructionOf, exportedName, findArgument, receiverOf, type Construction } from "./construction.ts";
import { plainMark, textBlock } from "./lower-chat.ts";
import { ofSession } from "./session-text.ts";
import type { Sdk } from "./sdk.ts";

const modules = /^(?:claude_agent_sdk|claude_code_sdk|@anthropic-ai\/claude-(?:agent-sdk|code))(?:$|[./])/;

/**
 * The Claude Agent SDK, whose requests are sent by Claude Code: it adds its own tools, fixes the system prompt for a
 * session and places marks by itself, so nothing is said of what stands where. In TypeScript a list of system texts
 * may hold a boundary, up to which it is cached across sessions.
 * https://www.npmjs.com/package/@anthropic-ai/claude-agent-sdk 0.3.330 (sdk.d.ts, `systemPrompt`) and
 * https://github.com/anthropics/claude-agent-sdk-python/tree/e8bde60/src/claude_agent_sdk, read 2026-11-22.
 */
export const claudeAgentSdk: Sdk = {
  name: "claude-agent-sdk",
  fromCall(call) {
    if (call.callee.type !== "opaque" || call.isNew) return undefined;
    const asked = queryOf(call);
    return asked && [requestOf(asked, call.span)];
  },
};

interface Query {
  readonly prompt: RecordEntryValue | undefined;
  /** `ClaudeAgentOptions(...)`, or the options object. */
  readonly options: (name: string, scriptName?: string) => RecordEntryValue | undefined;
  /** True: a client that keeps a conversation. */
  readonly isContinued: boolean;
  readonly span: Span;
}

/** `query(prompt=..., options=...)`, or the method of a client. */
function queryOf(call: CallEvent): Query | undefined {
  const { callee, span } = call;
  const named = callee.type === "opaque" ? exportedName(callee) : undefined;
  const prompt = findArgument(call, ["prompt"], 0);
  if (named?.name === "query" && modules.test(named.module ?? "")) {
    return { prompt, options: readOptions(findArgument(call, ["options"], 1)), isContinued: false, span };
  }
  const receiver = receiverOf(callee);
  const client = receiver?.method === "query" ? constructionOf(receiver.object) : undefined;
  if (client?.name !== "ClaudeSDKClient" || !modules.test(client.module ?? "")) return undefined;
  return { prompt, options: readOptions(findArgument(client, ["options"], 0)), isContinued: true, span };
}

function readOptions(entry: RecordEntryValue | undefined): Query["options"] {
  const made = constructionOf(entry?.value);
  const view = viewRecord(entry?.value);
  return (name, scriptName = name) => {
    const argument = made && findArgument(made as Construction, [name]);
    return argument ?? presentEntry(view, name) ?? presentEntry(view, scriptName);
  };
}

function requestOf({ prompt, options, isContinued, span }: Query, site: Span): LoweredRequest {
  const body = record(span);
  const tools = options("tools");
  const hasTools = !tools || asList(tools.value)?.elements.length !== 0;
  if (hasTools) {
    const stretch = listElement(unknownOf("the tools of Claude Code", span), span, undefined, true);
    body.entries.set("tools", recordEntry(list([stretch], span), tools?.span ?? span));
  }
  const system = systemOf(options("system_prompt", "systemPrompt"), span);
  if (system.blocks.length > 0) body.entries.set("system", recordEntry(list([...system.blocks], span), span));
  const messages = [...(isContinued ? [earlierTurns(span)] : []), ...asked(prompt)];
  body.entries.set("messages", recordEntry(list(messages, span), span));
  const lowered = lowerAnthropic(body, span, { acceptsAutomaticMark: true });
  const own = lowered.unresolved.filter(({ part }) => part !== "tools");
  const unresolved = [...own, ...system.unresolved];
  return assembleRequest(
    { ...lowered, unresolved },
    {
      site,
      sdk: "claude-agent-sdk",
      platform: "anthropic",
      use: "send",
      takesMarks: false,
      model: options("model"),
      modelless: "the model that Claude Code is set to answers",
    },
  );
}

/** A text, or a stream of messages. */
function asked(prompt: RecordEntryValue | undefined): readonly ListElement[] {
  if (!prompt) return [];
  const { value, span, frame } = prompt;
  const isText =
    value.type === "text" || (value.type === "opaque" && !value.list && value.origin.kind !== "call");
  if (isText) return [listElement(chatMessage("user", prompt, span), span, frame)];
  return [listElement(unknownOf("a stream of messages", span), span, frame, true)];
}

interface SystemText {
  readonly blocks: readonly ListElement[];
  readonly unresolved: readonly Unresolved[];
}

function systemOf(entry: RecordEntryValue | undefined, span: Span): SystemText {
  if (!entry) return { blocks: [], unresolved: [] };
  const view = entry.value.type === "record" ? viewRecord(entry.value) : undefined;
  if (!view) return { blocks: textBlocks(entry), unresolved: [] };
  const type = literalText(presentEntry(view, "type")?.value);
  const own = type === "custom" ? presentEntry(view, "prompt") : undefined;
  if (own) return { blocks: textBlocks(own), unresolved: [] };
  const reason = type === "file" ? "a file" : "the preset's own text";
  const preset = listElement(textBlock(recordEntry(unknownOf(reason, entry.span), entry.span)), entry.span);
  const append = presentEntry(view, "append");
  return {
    blocks: [preset, ...(append ? textBlocks(append) : [])],
    unresolved: [{ part: "system", span: entry.span ?? span, reason: `${reason} is not in view` }],
  };
}

const boundary = "SYSTEM_PROMPT_DYNAMIC_BOUNDARY";

/**
 * One text, or several: the boundary among them marks the one in front of it. What is not in front of one is cached
 * for the session it is made for, which keeps it.
 */
function textBlocks(entry: RecordEntryValue): readonly ListElement[] {
  const elements = asList(entry.value)?.elements ?? [listElement(entry.value, entry.span, entry.frame)];
  const end = elements.findIndex(({ value }) => isBoundary(value));
  return elements.flatMap((element, index): readonly ListElement[] => {
    const { value, span, frame } = element;
    if (index === end) return [];
    if (element.stretch) return [element];
    const parts = index < end ? undefined : textParts(value, span);
    const kept = parts ? ofSession(textOf(parts)) : value;
    const block = textBlock(recordEntry(kept, span));
    const mark = elements[end];
    if (mark && index === end - 1) {
      block.entries.set("cache_control", recordEntry(plainMark("ephemeral", mark.span), mark.span));
    }
    return [listElement(block, span, frame)];
  });
}

function isBoundary(value: Value): boolean {
  if (value.type === "opaque") return libraryName(value)?.endsWith(boundary) ?? false;
  return literalText(value) === `__${boundary}__`;
}

function unknownOf(reason: string, span: Span): OpaqueValue {
  const key = `${reason}@${span.file}:${span.start}`;
  return opaque({ origin: { kind: "unknown", reason }, key, span }, { id: identityId(key), reason });
}
