import { lowerAnthropic } from "../dialects/anthropic.ts";
import { lowerConverse } from "../dialects/converse.ts";
import { readCacheControl, readCachePoint } from "../dialects/marks.ts";
import { viewRecord, writtenEntry, type RecordView } from "../dialects/record-view.ts";
import { faultsOfDroppedMarks, type DroppedMarks } from "../request/dropped-marks.ts";
import type { LoweredRequest } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { record, recordEntry, list, listElement } from "../value/construct.ts";
import { asList } from "../value/inspect.ts";
import type { RecordEntryValue, RecordValue, Value } from "../value/value.ts";
import { lowerMarkedOptions } from "./ai-sdk/ai-sdk.ts";
import { assembleRequest } from "./assemble-request.ts";
import type { CallContext } from "./sdk.ts";

/** Deepest nesting that is searched for marks. */
const maximumDepth = 6;

/** Most elements of one list that are searched. */
const maximumElements = 100;

type Part = "tools" | "system" | "messages";

/**
 * What a function that writes marks makes of its arguments, as the part of a request it is: an adapter that converts
 * messages, a helper that marks tools. Undefined where nothing in the values carries a mark.
 * @param values what the function returned, and the arguments it changed
 * @param site the function's name
 * @param dropped marked copies that nobody uses: what holds their originals is a part of a request, too
 */
export function lowerFragment(
  values: readonly Value[],
  site: Span,
  context: CallContext,
  dropped: readonly DroppedMarks[] = [],
): LoweredRequest | undefined {
  const body = record(site);
  for (const value of values) addParts(body, value, site, 0);
  const written = lowerMarkedOptions(body, site, context);
  if (written) {
    const facts = { site, sdk: "fragment", use: "fragment", platform: undefined, model: undefined } as const;
    return assembleRequest(written, { ...facts, modelless: "no request is in view" });
  }
  const mark = findMark(body, 0);
  if (body.entries.size === 0 || (!mark && dropped.length === 0)) return undefined;
  const facts = {
    site,
    sdk: "fragment",
    use: "fragment" as const,
    model: undefined,
    modelless: "no request is in view",
  };
  if (mark !== "cachePoint") {
    // Gateways and SDKs take marks in places where Anthropic's API takes none; which of them it is for is unknown. A
    // block of thinking carries none anywhere.
    const lowered = lowerAnthropic(body, site, { acceptsAutomaticMark: true });
    const faults = lowered.faults.filter(
      ({ ofContent, after }) => ofContent && lowered.segments[after]?.kind === "thinking",
    );
    const fragment = assembleRequest({ ...lowered, faults }, { ...facts, platform: undefined });
    const [lost = []] = mark ? [] : faultsOfDroppedMarks([fragment], dropped);
    return mark || lost.length > 0 ? fragment : undefined;
  }
  return assembleRequest(lowerConverse(withToolConfig(body, site), site), { ...facts, platform: "bedrock" });
}

/** Adds what a value is a part of: a list of messages, of tools or of blocks, one message, or a whole body. */
function addParts(body: RecordValue, value: Value, site: Span, depth: number): void {
  const elements = asList(value)?.elements;
  if (elements) {
    const part = elements
      .map((element) => partOf(viewRecord(element.value)))
      .find((found) => found !== undefined);
    if (part) setPart(body, part, value, site);
    // A pair of system and messages.
    else if (depth === 0) for (const element of elements.slice(0, 4)) addParts(body, element.value, site, 1);
    return;
  }
  const view = viewRecord(value);
  if (!view) return;
  if (view.entries.has("role") && view.entries.has("content")) {
    setPart(body, "messages", list([listElement(value, site)], site), site);
    return;
  }
  for (const part of ["tools", "system", "messages"] as const) {
    const entry = writtenEntry(view, part) ?? markedEntry(view, part);
    if (entry) setPart(body, part, entry.value, entry.span);
  }
}

/** What somebody else has put into a body, and marks are put on here. */
function markedEntry(view: RecordView, part: Part): RecordEntryValue | undefined {
  const entry = view.entries.get(part);
  return entry && findMark(entry.value, 0) ? entry : undefined;
}

function setPart(body: RecordValue, part: Part, value: Value, span: Span): void {
  if (!body.entries.has(part)) body.entries.set(part, recordEntry(value, span));
}

/** Which part of a request an object is an element of. */
function partOf(view: RecordView | undefined): Part | undefined {
  if (!view) return undefined;
  const has = (key: string) => view.entries.has(key);
  if (has("role") || has("content")) return "messages";
  if (has("toolSpec") || has("input_schema") || has("inputSchema") || has("parameters")) return "tools";
  if (has("text") || has("cachePoint")) return "system";
  // A copy of a message of the AI SDK with nothing but its options in view.
  return has("providerOptions") ? "messages" : undefined;
}

/** The key of the first mark in a value. */
function findMark(value: Value, depth: number): "cache_control" | "cachePoint" | undefined {
  if (depth > maximumDepth) return undefined;
  for (const element of asList(value)?.elements.slice(0, maximumElements) ?? []) {
    const found = findMark(element.value, depth + 1);
    if (found) return found;
  }
  const view = viewRecord(value);
  if (!view) return undefined;
  if (readCacheControl(view)) return "cache_control";
  if (readCachePoint(view)) return "cachePoint";
  for (const entry of view.entries.values()) {
    const found = findMark(entry.value, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** Converse has its tools one level deeper. */
function withToolConfig(body: RecordValue, site: Span): RecordValue {
  const tools = body.entries.get("tools");
  if (!tools) return body;
  const result = record(
    site,
    [...body.entries].filter(([key]) => key !== "tools"),
  );
  result.entries.set("toolConfig", recordEntry(record(site, [["tools", tools]]), tools.span));
  return result;
}
