import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { Span } from "../../source/source-file.ts";
import {
  constant,
  identityId,
  listElement,
  opaque,
  record,
  recordEntry,
  textOf,
} from "../../value/construct.ts";
import { asList, literalText, textParts } from "../../value/inspect.ts";
import type { ListElement, OpaqueValue, RecordEntryValue, RecordValue, TextPart } from "../../value/value.ts";
import { placeHoles, placeholder } from "../assets/placeholders.ts";
import { ofSession } from "../session-text.ts";
import { chatMessage, earlierTurns } from "../chat-body.ts";
import { constructionOf, findArgument, type Construction } from "../construction.ts";

/** What an agent is asked in a run. */
export interface AgentCall {
  readonly agent: Construction;
  readonly messages: readonly ListElement[];
  readonly tools: RecordEntryValue | undefined;
  /** The task; undefined for an agent that is asked something. */
  readonly task: Construction | undefined;
}

/** The request of each task of a crew, for the `inputs` it is started with. */
export function crewCalls(crew: Construction, inputs: RecordView | undefined): readonly AgentCall[] {
  const tasks = asList(findArgument(crew, ["tasks"])?.value)?.elements ?? [];
  return tasks.flatMap(({ value }) => {
    const task = constructionOf(value);
    const agent = task?.name === "Task" ? constructionOf(findArgument(task, ["agent"])?.value) : undefined;
    if (!task || agent?.name !== "Agent") return [];
    const tools = nonEmpty(findArgument(task, ["tools"])) ?? nonEmpty(findArgument(agent, ["tools"]));
    const asked = userMessage(task, inputs, tools !== undefined);
    return [{ agent, messages: [systemMessage(agent, inputs), ...asked], tools, task }];
  });
}

/** The request of `agent.kickoff(messages)`. */
export function agentCall(agent: Construction, asked: RecordEntryValue | undefined): AgentCall {
  const tools = nonEmpty(findArgument(agent, ["tools"]));
  const known = asList(asked?.value)?.elements;
  const question =
    asked && !known ? [listElement(chatMessage("user", asked, asked.span), asked.span)] : (known ?? []);
  return { agent, messages: [systemMessage(agent, undefined), ...question], tools, task: undefined };
}

function nonEmpty(tools: RecordEntryValue | undefined): RecordEntryValue | undefined {
  return asList(tools?.value)?.elements.length === 0 ? undefined : tools;
}

/**
 * Role, backstory and goal, CrewAI's own words, and the date where `inject_date` asks for it. The system message
 * carries a flag in every request.
 * https://github.com/crewAIInc/crewAI/tree/f4731f502/lib/crewai/src/crewai, read 2026-11-22: utilities/prompts.py,
 * agents/crew_agent_executor.py.
 */
function systemMessage(agent: Construction, inputs: RecordView | undefined): ListElement {
  const { span } = agent;
  const given = (name: string) => filled(findArgument(agent, [name]), inputs);
  const literal = (text: string): TextPart => ({ kind: "literal", text, span });
  const parts = [
    literal("You are "),
    ...given("role"),
    literal(". "),
    ...given("backstory"),
    literal("\nYour personal goal is: "),
    ...given("goal"),
    ownWords(span),
    ...dateOf(agent),
  ];
  return listElement(flagged("system", textOf(parts), span), span);
}

/**
 * The task. What an agent with tools does adds messages behind it, so only then is its checkpoint ever read, and what
 * the task says lasts as long as these steps.
 */
function userMessage(
  task: Construction,
  inputs: RecordView | undefined,
  hasTools: boolean,
): readonly ListElement[] {
  const { span } = task;
  const description = findArgument(task, ["description"]);
  const expected = findArgument(task, ["expected_output"]);
  const literal = (text: string): TextPart => ({ kind: "literal", text, span });
  const parts = [
    literal("\nCurrent Task: "),
    ...filled(description, inputs),
    ...(expected ? [literal("\n\nThis is the expected criteria for your final answer: ")] : []),
    ...filled(expected, inputs),
    ownWords(span),
  ];
  const content = textOf(parts);
  if (!hasTools) return [listElement(chatMessage("user", recordEntry(content, span), span), span)];
  return [listElement(flagged("user", ofSession(content), span), span), earlierTurns(span)];
}

function flagged(role: string, content: ReturnType<typeof textOf>, span: Span): RecordValue {
  const message = chatMessage(role, recordEntry(content, span), span);
  message.entries.set("cache_breakpoint", recordEntry(constant(true), span));
  return message;
}

/** Text of CrewAI, which changes with its version and the settings of the agent. */
function ownWords(span: Span): TextPart {
  const reason = "the words of CrewAI";
  const key = `CrewAI@${span.file}:${span.start}`;
  const known = { id: identityId(key), scope: "static", reason } as const;
  return hole(opaque({ origin: { kind: "unknown", reason }, key, span }, known), span);
}

function dateOf(agent: Construction): readonly TextPart[] {
  const flag = findArgument(agent, ["inject_date"]);
  if (!flag || (flag.value.type === "constant" && !flag.value.value)) return [];
  const format = literalText(findArgument(agent, ["date_format"])?.value) ?? "%Y-%m-%d";
  const isDay = !/%[-#]?[HIMSfpXTcrRs]/.test(format);
  const { entrySpan: span, frame } = flag;
  const origin = { kind: "unknown", reason: "the clock" } as const;
  const clock = opaque(
    { origin, key: `clock@${span.file}:${span.start}`, span },
    {
      scope: isDay ? "day" : "request",
      reason: isDay ? "the date" : "the clock",
      clock: { resolution: isDay ? "day" : "second", form: "text" },
      frame,
    },
  );
  return [{ kind: "literal", text: "\n\nCurrent Date: ", span }, hole(clock, span)];
}

function hole(value: OpaqueValue, span: Span): TextPart {
  return { kind: "hole", hole: value, span, frame: value.frame };
}

/** The parts of a text whose `{names}` come from the inputs of the run. */
function filled(entry: RecordEntryValue | undefined, inputs: RecordView | undefined): readonly TextPart[] {
  if (!entry) return [];
  const parts = (textParts(entry.value, entry.span) ?? []).flatMap((part): readonly TextPart[] => {
    if (part.kind === "hole") return [part];
    return part.text.split(/(\{[A-Za-z_]\w*\})/).flatMap((piece): readonly TextPart[] => {
      if (piece === "") return [];
      const name = /^\{([A-Za-z_]\w*)\}$/.exec(piece)?.[1];
      if (name === undefined || !inputs) return [{ ...part, text: piece }];
      const value = presentEntry(inputs, name)?.value ?? placeholder(name, part.span.file);
      return textParts(value, part.span) ?? [];
    });
  });
  return placeHoles({ type: "text", parts }).parts;
}

/** The inputs of `kickoff`: a record of its own where none are in view, so that names are placeholders. */
export function inputsOf(entry: RecordEntryValue | undefined, span: Span): RecordView | undefined {
  return entry ? viewRecord(entry.value) : record(span);
}

/** The lists `kickoff_for_each` runs over are looked at by their first element. */
export function firstOf(entry: RecordEntryValue | undefined): RecordEntryValue | undefined {
  const first = asList(entry?.value)?.elements[0];
  return first && !first.stretch ? recordEntry(first.value, first.span) : undefined;
}
