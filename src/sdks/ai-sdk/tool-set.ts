import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement, restated } from "../../value/construct.ts";
import { accessPath, asList, literalText } from "../../value/inspect.ts";
import type { ListElement, ListValue, OpaqueValue, RecordEntryValue, Value } from "../../value/value.ts";
import type { CallContext } from "../sdk.ts";
import { shapeOf, word } from "./shapes.ts";
import type { Translation } from "./model-target.ts";

/** A tool of a set as the provider writes it, and the object that may have `providerOptions`. */
export interface WrittenTool {
  readonly element: ListElement;
  readonly view: RecordView | undefined;
  /** True for a tool that the provider brings and runs, such as its web search. */
  readonly isProviders?: boolean;
}

/**
 * The tools of a call in the order in which they are sent: that of the object's keys, or that of `toolOrder`, with
 * those it does not list behind it, sorted by name. `activeTools` leaves the others out.
 */
export function writeTools(
  call: RecordView,
  translation: Translation,
  context: CallContext,
): readonly WrittenTool[] {
  const tools = presentEntry(call, "tools");
  if (!tools) return [];
  const listed = literalList(presentEntry(call, "toolOrder"));
  const order = listed && context.holds("ai: sorts tools by toolOrder") ? listed : undefined;
  const active = literalList(presentEntry(call, "activeTools"));
  if (tools.value.type === "opaque") return [stretchOf(tools.value, tools.span, order !== undefined)];
  if (tools.value.type !== "record") return [];
  const entries = [...tools.value.entries].filter(([name]) => !active || active.includes(name));
  if (order) entries.sort(([a], [b]) => rankOf(order, a) - rankOf(order, b) || (a < b ? -1 : 1));
  return [
    ...tools.value.rest.map((rest) => stretchOf(rest, tools.span, order !== undefined)),
    ...entries.map(([name, entry]) => writeTool(name, entry, translation)),
  ];
}

function rankOf(order: readonly string[], name: string): number {
  const index = order.indexOf(name);
  return index < 0 ? order.length : index;
}

/** The texts of a list of literals; undefined where there is none or one is not readable. */
function literalList(entry: RecordEntryValue | undefined): readonly string[] | undefined {
  const elements = asList(entry?.value)?.elements;
  const texts = elements?.map(({ value }) => literalText(value));
  return texts?.every((text) => text !== undefined) ? texts : undefined;
}

/** Tools that are not in view; `toolOrder` sorts them by name, whatever order they came in. */
function stretchOf(value: OpaqueValue, span: Span, isSorted: boolean): WrittenTool {
  const sorted = isSorted ? restated(value, { order: "fixed" }) : value;
  return { element: listElement(sorted, span, value.frame, true), view: undefined };
}

function writeTool(name: string, entry: RecordEntryValue, translation: Translation): WrittenTool {
  const { value, span, frame } = entry;
  const view = definitionOf(value);
  if (!view) return { element: listElement(value, span, frame), view: undefined };
  const schema = presentEntry(view, "inputSchema") ?? presentEntry(view, "parameters");
  // A copy of a tool that is not in view has that one's description and schema.
  const [unseen] = view.rest;
  // The tools of a call of the model itself have names of their own, which need not be in view.
  const own = presentEntry(view, "name");
  const tool = shapeOf(translation).tool(
    own && literalText(own.value) === undefined ? own : word(name, span),
    presentEntry(view, "description") ?? (unseen && { ...entry, value: unseen }),
    schema && unwrapSchema(schema),
    span,
  );
  return { element: listElement(tool, span, frame), view, isProviders: isProviders(value) };
}

/** `anthropic.tools.webSearch_20250305()`, a copy of one, and what says of itself that it is one. */
function isProviders(value: Value): boolean {
  if (value.type === "record") {
    const type = literalText(value.entries.get("type")?.value);
    return type === "provider" || type === "provider-defined" || value.rest.some(isProviders);
  }
  if (value.type !== "opaque" || value.origin.kind !== "call" || value.origin.callee.type !== "opaque")
    return false;
  const { root, steps } = accessPath(value.origin.callee);
  return root.kind === "import" && root.module.startsWith("@ai-sdk/") && steps.at(-2) === "tools";
}

/** What a tool is made of: the argument of `tool(...)`, and what a copy of one adds. */
export function definitionOf(value: Value): RecordView | undefined {
  if (value.type === "record") {
    const entries = new Map<string, RecordEntryValue>();
    for (const rest of value.rest.toReversed()) {
      for (const [key, entry] of definitionOf(rest)?.entries ?? []) entries.set(key, entry);
    }
    for (const [key, entry] of value.entries) entries.set(key, entry);
    return { entries, rest: value.rest.filter((rest) => !definitionOf(rest)) };
  }
  if (value.type !== "opaque" || value.origin.kind !== "call" || value.origin.callee.type !== "opaque") {
    return undefined;
  }
  const { root, steps } = accessPath(value.origin.callee);
  const name = steps.at(-1) ?? (root.kind === "import" || root.kind === "global" ? root.name : "");
  const argument = value.origin.arguments[0]?.value;
  if (!/^(?:tool|dynamicTool|createTool)$/.test(name) || argument?.type !== "record") return undefined;
  return viewRecord(argument);
}

/** `jsonSchema({...})` is the schema itself. */
export function unwrapSchema(entry: RecordEntryValue): RecordEntryValue {
  const { value } = entry;
  if (value.type !== "opaque" || value.origin.kind !== "call" || value.origin.callee.type !== "opaque")
    return entry;
  const { root, steps } = accessPath(value.origin.callee);
  const name = steps.at(-1) ?? (root.kind === "import" || root.kind === "global" ? root.name : "");
  const argument = value.origin.arguments[0];
  return name === "jsonSchema" && argument ? { ...entry, value: argument.value, span: argument.span } : entry;
}

/** The list of tools for a body. */
export function toolList(tools: readonly WrittenTool[], span: Span): ListValue {
  return list(
    tools.map(({ element }) => element),
    span,
  );
}
