import type { LoweredRequest } from "../../request/request.ts";
import { recordEntry } from "../../value/construct.ts";
import type { CallEvent, RecordEntryValue, Value } from "../../value/value.ts";
import { receiverOf } from "../construction.ts";
import type { CallContext, Sdk } from "../sdk.ts";
import { agentSending } from "./agents.ts";
import { callsOf, chainOf, inputsOf, unwrapped, withOptions } from "./chains.ts";
import { holdsMessageObjects, messagesOf } from "./messages.ts";
import { chatModelOfMarks } from "./models.ts";
import { requestOf, type Sending } from "./send.ts";

/** Methods of models, chains and agents that send a request. */
const sends = new Set([
  "invoke",
  "ainvoke",
  "stream",
  "astream",
  "batch",
  "abatch",
  "astream_events",
  "streamEvents",
]);

/** LangChain for Python and JavaScript: chat models, chains of prompts and models, and agents. */
export const langchain: Sdk = {
  name: "langchain",
  fromCall(call, context) {
    const receiver = receiverOf(call.callee);
    if (call.isNew || !receiver || !sends.has(receiver.method)) return undefined;
    const inputs = inputsOf(receiver.method, call.arguments);
    const agent = agentSending(receiver.object, inputs[0], call);
    if (agent) return present([agent], context);
    const steps = chainOf(receiver.object);
    if (!steps) return unknownModel(receiver.object, inputs, call, context);
    const [, ...given] = call.arguments;
    const sendings = inputs.flatMap((input) =>
      callsOf(steps, input, call.run).map((one): Sending => {
        const isOnlyModel = steps.length === 1;
        const bound = isOnlyModel ? withOptions(one.model, given) : one.model;
        return { bound, messages: messagesOf(one.input, input.span), site: call.span };
      }),
    );
    return present(sendings, context);
  },
};

function present(sendings: readonly Sending[], context: CallContext): readonly LoweredRequest[] | undefined {
  const requests = sendings.map((sending) => requestOf(sending, context));
  return requests.length > 0 ? requests : undefined;
}

/** The request of a model that is not in view: known by its messages, and of interest where these carry marks. */
function unknownModel(
  receiver: Value,
  inputs: readonly RecordEntryValue[],
  { span }: CallEvent,
  context: CallContext,
): readonly LoweredRequest[] | undefined {
  const [input] = inputs;
  if (!input || !holdsMessageObjects(input.value)) return undefined;
  const messages = messagesOf(input.value, input.span);
  const told = chatModelOfMarks(messages);
  if (!told) return undefined;
  const model = { ...told, model: recordEntry(unwrapped(receiver), span) };
  return present([{ bound: { model, tools: undefined, options: new Map() }, messages, site: span }], context);
}
