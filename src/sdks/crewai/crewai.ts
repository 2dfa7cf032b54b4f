import type { LoweredBody } from "../../dialects/request-draft.ts";
import type { LoweredRequest } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement } from "../../value/construct.ts";
import { asList } from "../../value/inspect.ts";
import type { CallEvent, ListElement, ListValue, RecordEntryValue } from "../../value/value.ts";
import { assembleRequest } from "../assemble-request.ts";
import { chatMessage } from "../chat-body.ts";
import { constructionOf, findArgument, receiverOf, type Construction } from "../construction.ts";
import { lowerChat } from "../lower-chat.ts";
import { withFaults } from "../placed-faults.ts";
import type { Sdk } from "../sdk.ts";
import { agentCall, crewCalls, firstOf, inputsOf, type AgentCall } from "./agents.ts";
import { convertMessages } from "./messages.ts";
import { crewModelOf, type CrewModel } from "./models.ts";

const calls = new Set(["call", "acall"]);
const starts = /^(?:a?kickoff|kickoff_async|a?kickoff_for_each|kickoff_for_each_async)$/;

/** CrewAI: a request stands where a model is called, and for each task where a crew or an agent is started. */
export const crewai: Sdk = {
  name: "crewai",
  fromCall(call) {
    const receiver = receiverOf(call.callee);
    const made = receiver && constructionOf(receiver.object);
    if (!receiver || !made || !/^crewai\b/.test(made.module ?? "")) return undefined;
    if (made.name === "LLM" && calls.has(receiver.method)) return modelRequest(receiver.object, call);
    if (!starts.test(receiver.method)) return undefined;
    const asked = made.name === "Agent" ? [agentCall(made, findArgument(call, ["messages"], 0))] : undefined;
    const sent = asked ?? (made.name === "Crew" ? crewRequests(made, receiver.method, call) : []);
    const requests = sent.flatMap((one) => agentRequest(one, call.span));
    return requests.length > 0 ? requests : undefined;
  },
};

function modelRequest(
  llm: RecordEntryValue["value"],
  call: CallEvent,
): readonly LoweredRequest[] | undefined {
  const model = crewModelOf({ value: llm, span: call.span, entrySpan: call.span, frame: undefined });
  const messages = findArgument(call, ["messages"], 0);
  if (!model || !messages) return undefined;
  const tools = findArgument(call, ["tools"], 1);
  return [requestOf(model, messagesOf(messages), tools, call.span)];
}

/** A list of messages, or one text of the user. */
function messagesOf(entry: RecordEntryValue): ListValue {
  const { value, span, frame } = entry;
  const known = asList(value);
  if (known) return known;
  const isText = value.type === "text" || (value.type === "opaque" && value.scope === "turn");
  const message = isText
    ? listElement(chatMessage("user", entry, span), span)
    : listElement(value, span, frame, true);
  return list([message], span);
}

function crewRequests(crew: Construction, method: string, call: CallEvent): readonly AgentCall[] {
  const inputs = findArgument(call, ["inputs"], 0);
  return crewCalls(crew, inputsOf(method.includes("for_each") ? firstOf(inputs) : inputs, call.span));
}

/** The marks of agents are CrewAI's own: nobody wrote them. */
function agentRequest({ agent, messages, tools, task }: AgentCall, call: Span): readonly LoweredRequest[] {
  // The tasks of a crew are requests of their own, each where it is written.
  const site = task?.span.file === call.file ? task.span : call;
  const model = crewModelOf(findArgument(agent, ["llm"]));
  if (!model) return [];
  const marks = model.marks === "lost" ? "needless" : model.marks;
  const request = requestOf(
    { ...model, marks },
    list([...messages] satisfies ListElement[], site),
    tools,
    site,
  );
  return [{ ...request, checkpoints: request.checkpoints.map(asInjected) }];
}

function asInjected(checkpoint: LoweredBody["checkpoints"][number]): LoweredBody["checkpoints"][number] {
  return { ...checkpoint, origin: "injected" };
}

function requestOf(
  model: CrewModel,
  given: ListValue,
  tools: RecordEntryValue | undefined,
  site: Span,
): LoweredRequest {
  const { messages, faults } = convertMessages(given, model);
  const lowered = lowerChat({ messages, tools, options: [], span: site }, model.wire);
  return assembleRequest(withFaults(lowered, faults), {
    site,
    sdk: "crewai",
    platform: model.wire.platform,
    use: "send",
    model: model.model,
    modelless: "CrewAI's default model answers",
  });
}
