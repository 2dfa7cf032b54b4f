import { identityId, list, listElement, opaque, recordEntry, textOf } from "../../value/construct.ts";
import { asList, textParts } from "../../value/inspect.ts";
import type {
  CallEvent,
  FunctionValue,
  ListElement,
  RecordEntryValue,
  TextPart,
  Value,
} from "../../value/value.ts";
import { findArgument, type Construction } from "../construction.ts";
import { textBlock } from "./content.ts";

/** The system text of a run, block by block. */
export interface SystemText {
  readonly blocks: readonly ListElement[];
  /** How many of them come in front of the first dynamic instruction. */
  readonly staticBlocks: number;
}

/**
 * System prompts first, as one block, then the instructions: the literal ones as one block, then one for each function
 * that gives some. Functions of system prompts run when a conversation begins, those of instructions in every run.
 */
export function systemTextOf(agent: Construction, call: CallEvent): SystemText {
  const prompts = textsOf(findArgument(agent, ["system_prompt"]));
  const isContinued = findArgument(call, ["message_history"]) !== undefined;
  const promptFunctions = functionsOf(agent, "system_prompt").map((made) =>
    isContinued ? storedPrompt(made) : resultOf(made, call),
  );
  const given = [findArgument(agent, ["instructions"]), findArgument(call, ["instructions"])].flatMap(
    textsOf,
  );
  const functions = given.filter(({ value }) => value.type === "function");
  const literals = given.filter(({ value }) => value.type !== "function");
  const dynamic = [
    ...functions.map(({ value }) => value as FunctionValue),
    ...functionsOf(agent, "instructions"),
  ].map((made) => resultOf(made, call));
  const fixed = [joined([...prompts, ...promptFunctions], "\n\n"), joined(literals, "\n")].flatMap(
    (block) => block ?? [],
  );
  const blocks = [...fixed, ...dynamic].map(({ value, span, frame }) =>
    listElement(textBlock(value, span), span, frame),
  );
  return { blocks, staticBlocks: fixed.length };
}

/** One text or function, or a list of them. */
function textsOf(entry: RecordEntryValue | undefined): readonly RecordEntryValue[] {
  if (!entry) return [];
  const known = asList(entry.value);
  if (!known) return [entry];
  return known.elements.map(({ value, span, frame }) => recordEntry(value, span, span, frame));
}

/** Functions that a method of the agent decorates. */
function functionsOf({ value }: Construction, method: string): readonly FunctionValue[] {
  const elements = asList(value.fields.get(`@${method}`)?.value)?.elements ?? [];
  return elements.flatMap((element) => (element.value.type === "function" ? [element.value] : []));
}

/** What a function gives when it is called in this run. */
function resultOf(made: FunctionValue, { run }: CallEvent): RecordEntryValue {
  const { span } = made.node;
  const value = run?.(made, []) ?? unknownText(made, "unknown");
  return recordEntry(value, span);
}

/** What a function gave when the conversation began, as the message history has it. */
function storedPrompt(made: FunctionValue): RecordEntryValue {
  return recordEntry(unknownText(made, "session"), made.node.span);
}

function unknownText({ node }: FunctionValue, scope: "session" | "unknown"): Value {
  const reason = `the result of \`${node.name}\``;
  const key = `prompt@${node.span.file}:${node.span.start}`;
  return opaque(
    { origin: { kind: "unknown", reason }, key, span: node.nameSpan },
    { id: identityId(key), scope, reason },
  );
}

function joined(texts: readonly RecordEntryValue[], separator: string): RecordEntryValue | undefined {
  const [first, ...more] = texts;
  if (!first || more.length === 0) return first;
  const parts = texts.flatMap(({ value, span }, index): readonly TextPart[] => [
    ...(index > 0 ? [{ kind: "literal", text: separator, span } as const] : []),
    ...(textParts(value, span) ?? []),
  ]);
  return recordEntry(textOf(parts), first.span);
}

/**
 * The tools of an agent: those it was made with, then those its decorators register. A tool is left out of a run where the
 * function that prepares it gives none: `@agent.tool(prepare=only_for_staff)`.
 */
export function toolsOf(agent: Construction, call: CallEvent): RecordEntryValue | undefined {
  const given = findArgument(agent, ["tools"]);
  const decorated = inOrder([...toolsBy(agent, "tool", call), ...toolsBy(agent, "tool_plain", call)]);
  const known = asList(given?.value);
  if (decorated.length === 0 || (given && !known)) return given;
  const elements = decorated.map((tool) => listElement(tool, tool.node.span));
  const span = given?.span ?? agent.span;
  const tools = list([...(known?.elements ?? []), ...elements], span);
  return recordEntry(known ? { ...tools, order: known.order } : tools, span);
}

/** Functions that a decorator makes tools of this run. */
function toolsBy(agent: Construction, method: string, { run }: CallEvent): readonly FunctionValue[] {
  const decorators = asList(agent.value.fields.get(`@${method}()`)?.value)?.elements ?? [];
  return functionsOf(agent, method).filter((_, index) => {
    const origin = decorators[index]?.value;
    const options = origin?.type === "opaque" && origin.origin.kind === "call" ? origin.origin : undefined;
    const prepare = options && findArgument(options, ["prepare"])?.value;
    const prepared = prepare?.type === "function" ? run?.(prepare, []) : undefined;
    return !(prepared?.type === "constant" && prepared.value === null);
  });
}

/** Functions as they are written, where one file has them all: whichever decorator they have, that is when they register. */
function inOrder(functions: readonly FunctionValue[]): readonly FunctionValue[] {
  const spans = functions.map(({ node }) => node.span);
  if (spans.some(({ file }) => file !== spans[0]!.file)) return functions;
  return functions.toSorted((a, b) => a.node.span.start - b.node.span.start);
}
