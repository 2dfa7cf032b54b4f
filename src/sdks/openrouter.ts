import { readCacheControl } from "../dialects/marks.ts";
import { lowerOpenAi } from "../dialects/openai.ts";
import { presentEntry, viewRecord } from "../dialects/record-view.ts";
import type { LoweredRequest, MarkFault } from "../request/request.ts";
import { accessPath } from "../value/inspect.ts";
import type { CallEvent, OpaqueValue, RecordEntryValue, Value } from "../value/value.ts";
import { assembleRequest, bodyEntry } from "./assemble-request.ts";
import { callBody } from "./call-body.ts";
import type { Sdk } from "./sdk.ts";

const modules = /^(?:@openrouter\/(?:sdk|agent)\b|openrouter$)/;

/**
 * The SDKs of OpenRouter. The one for TypeScript has camel-case keys and drops those it does not know.
 * https://www.npmjs.com/package/@openrouter/sdk 1.3.19, esm/models, read 2026-11-22.
 */
export const openrouter: Sdk = {
  name: "openrouter",
  fromCall(call) {
    const body = call.callee.type === "opaque" && !call.isNew ? bodyOf(call.callee, call) : undefined;
    if (!body || !viewRecord(body)) return undefined;
    const isScript = call.arguments.every(({ name, stretch }) => name === undefined && !stretch);
    return [requestOf(isScript ? body : undefined, isScript ? onWire(body, 0) : body, call)];
  },
};

/** `chat.send(...)`, `responses.send(...)` and `callModel(...)`; newer versions have the body under a key of its own. */
function bodyOf(callee: OpaqueValue, call: CallEvent): Value | undefined {
  const { root, steps } = accessPath(callee);
  if (root.kind !== "import" || !modules.test(root.module)) return undefined;
  const [owner, method = root.name] = [steps.at(-2), steps.at(-1)];
  if (method === "callModel") {
    // The function takes the client first.
    const isFunction = steps.length === 0 || steps.at(-2) === undefined;
    return (isFunction && !steps.includes("()") ? call.arguments[1] : call.arguments[0])?.value;
  }
  if (!/^send(?:_async)?$/.test(method) || (owner !== "chat" && owner !== "responses")) return undefined;
  const body = callBody(call);
  const inner = body && (bodyEntry(body, "chatRequest") ?? bodyEntry(body, "responsesRequest"));
  return inner?.value ?? body;
}

function requestOf(written: Value | undefined, body: Value, { span }: CallEvent): LoweredRequest {
  const lowered = lowerOpenAi(body, span, { takesCacheControl: true });
  const faults = written ? unknownKeys(written, lowered.segments.length - 1, 0) : [];
  return assembleRequest(
    { ...lowered, faults: [...lowered.faults, ...faults] },
    { site: span, sdk: "openrouter", platform: "other", use: "send", model: bodyEntry(body, "model") },
  );
}

/** Keys of the SDK that matter here, and what they are on the wire. */
const wireNames: Readonly<Record<string, string>> = {
  cacheControl: "cache_control",
  imageUrl: "image_url",
  inputAudio: "input_audio",
  previousResponseId: "previous_response_id",
  promptCacheBreakpoint: "prompt_cache_breakpoint",
  promptCacheKey: "prompt_cache_key",
  promptCacheOptions: "prompt_cache_options",
  responseFormat: "response_format",
  toolCallId: "tool_call_id",
  toolCalls: "tool_calls",
  toolChoice: "tool_choice",
};

/** Deepest nesting of messages, parts and marks. */
const maximumDepth = 6;

/** A body as it is sent: with the names of the wire, and without the marks under a name the SDK does not know. */
function onWire(value: Value, depth: number): Value {
  if (depth > maximumDepth) return value;
  if (value.type === "list") {
    const elements = value.elements.map((element) => ({
      ...element,
      value: onWire(element.value, depth + 1),
    }));
    return { ...value, elements };
  }
  if (value.type !== "record" || value.class) return value;
  const entries = [...value.entries].flatMap(
    ([key, entry]): readonly (readonly [string, RecordEntryValue])[] => {
      if (key === "cache_control") return [];
      const name = Object.hasOwn(wireNames, key) ? wireNames[key]! : key;
      return [[name, { ...entry, value: onWire(entry.value, depth + 1) }]];
    },
  );
  return { ...value, entries: new Map(entries) };
}

function unknownKeys(value: Value, after: number, depth: number): readonly MarkFault[] {
  if (depth > maximumDepth) return [];
  if (value.type === "list") return value.elements.flatMap((one) => unknownKeys(one.value, after, depth + 1));
  if (value.type !== "record" || value.class) return [];
  const mark = presentEntry(viewRecord(value), "cacheControl")
    ? undefined
    : readCacheControl(viewRecord(value));
  const own: readonly MarkFault[] = mark
    ? [
        {
          kind: "ignored",
          span: mark.span,
          after,
          reason:
            "OpenRouter's SDK drops keys it does not know, and `cache_control` is one, so this mark is never sent.",
          remedy: "Write `cacheControl` instead.",
        },
      ]
    : [];
  return [
    ...own,
    ...[...value.entries.values()].flatMap((entry) => unknownKeys(entry.value, after, depth + 1)),
  ];
}
