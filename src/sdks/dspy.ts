import type { LoweredRequest } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import { identityId, list, listElement, opaque, record, recordEntry, textOf } from "../value/construct.ts";
import { asList, literalText, textParts } from "../value/inspect.ts";
import type {
  CallEvent,
  ClassValue,
  ListElement,
  OpaqueValue,
  RecordEntryValue,
  RecordValue,
  TextPart,
} from "../value/value.ts";
import { callBody } from "./call-body.ts";
import { chatMessage, earlierTurns } from "./chat-body.ts";
import { constructionOf, findArgument, receiverOf, type Construction } from "./construction.ts";
import { litellmRequest } from "./litellm.ts";
import type { Sdk } from "./sdk.ts";

const modules = /^(?:Predict|ChainOfThought|ReAct|ReActV2|ProgramOfThought|CodeAct|MultiChainComparison)$/;

/** Arguments of `dspy.LM` that are no part of what LiteLLM is asked. */
const ownArguments = new Set(["cache", "callbacks", "num_retries", "provider", "model_type", "rollout_id"]);

/**
 * DSPy: a request stands where a language model or one of DSPy's own modules is called. LiteLLM sends it, and marks it
 * where `cache_control_injection_points` of the model say.
 * https://github.com/stanfordnlp/dspy/tree/4ed377ee9/dspy, read 2026-11-22: clients/lm.py, adapters/chat_adapter.py.
 */
export const dspy: Sdk = {
  name: "dspy",
  fromCall(call) {
    if (call.isNew) return undefined;
    const receiver = receiverOf(call.callee);
    const isMethod = receiver !== undefined && /^(?:acall|forward|aforward)$/.test(receiver.method);
    const made = constructionOf(isMethod ? receiver.object : call.callee);
    if (!made || !/^dspy\b/.test(made.module ?? "")) return undefined;
    if (made.name === "LM") return [requestOf(made, messagesOf(call), call.span)];
    if (!modules.test(made.name)) return undefined;
    const model = constructionOf(findArgument(call, ["lm"])?.value) ?? configuredModel(made);
    if (model?.name !== "LM") return undefined;
    return [requestOf(model, moduleMessages(made, call), call.span)];
  },
};

/** The request for messages; what the model was made with goes along. */
function requestOf(model: Construction, messages: readonly ListElement[], site: Span): LoweredRequest {
  const given = { ...model, callee: model.value, isNew: false, frame: model.value.frame };
  const known = callBody(given as CallEvent, ["model"]);
  const body: RecordValue = known?.type === "record" ? known : record(site);
  for (const name of ownArguments) body.entries.delete(name);
  body.entries.set("messages", recordEntry(list([...messages], site), site));
  return litellmRequest(body, site, "dspy");
}

/** `lm("text")`, or `lm(messages=[...])`. */
function messagesOf(call: CallEvent): readonly ListElement[] {
  const messages = findArgument(call, ["messages"], 1);
  if (messages) {
    const known = asList(messages.value)?.elements;
    return known ?? [listElement(messages.value, messages.span, messages.frame, true)];
  }
  const prompt = findArgument(call, ["prompt"], 0);
  return prompt ? [listElement(chatMessage("user", prompt, prompt.span), prompt.span, prompt.frame)] : [];
}

/** What `dspy.configure(lm=...)` or `dspy.context(lm=...)` said last. */
function configuredModel({ value }: Construction): Construction | undefined {
  const { origin } = value;
  const callee = origin.kind === "call" && origin.callee.type === "opaque" ? origin.callee : undefined;
  const library = callee?.origin.kind === "member" ? callee.origin.object : undefined;
  const settings = library?.fields.get("settings")?.value;
  const places = [library, settings?.type === "opaque" ? settings : undefined];
  const calls = places.flatMap((place) => [...givenTo(place, "configure"), ...givenTo(place, "context")]);
  const models = calls.flatMap((call) => findArgument(call, ["lm"]) ?? []);
  return constructionOf(models.at(-1)?.value);
}

function givenTo(value: OpaqueValue | undefined, method: string): readonly Pick<Construction, "arguments">[] {
  const given = asList(value?.fields.get(`@${method}`)?.value)?.elements ?? [];
  return given.flatMap((each) =>
    each.value.type === "opaque" && each.value.origin.kind === "call"
      ? [{ arguments: each.value.origin.arguments }]
      : [],
  );
}

/** The system text is made of the signature alone; the inputs follow, in the order of its fields. */
function moduleMessages(made: Construction, call: CallEvent): readonly ListElement[] {
  const { span } = made;
  const signature = findArgument(made, ["signature"], 0);
  const system = textOf([ownWords(span), ...instructionsOf(signature)]);
  const steps = /ReAct|CodeAct/.test(made.name) ? [earlierTurns(span)] : [];
  // A short reminder of the form of the answer follows, which is never worth a checkpoint of its own.
  const user = textOf(
    orderedInputs(signature, call).flatMap((input, index): readonly TextPart[] => [
      {
        kind: "literal",
        text: `${index > 0 ? "\n\n" : ""}[[ ## ${input.name} ## ]]\n`,
        span: input.entry.entrySpan,
      },
      ...(textParts(input.entry.value, input.entry.span) ?? [unknownPart(input.entry)]),
    ]),
  );
  return [
    listElement(chatMessage("system", recordEntry(system, span), span), span),
    listElement(chatMessage("user", recordEntry(user, call.span), call.span), call.span),
    ...steps,
  ];
}

interface Input {
  readonly name: string;
  readonly entry: RecordEntryValue;
}

function orderedInputs(signature: RecordEntryValue | undefined, call: CallEvent): readonly Input[] {
  const given = call.arguments.flatMap(({ name, value, span, entrySpan, stretch }): readonly Input[] =>
    name === undefined || stretch || name === "lm" || name === "config" || name === "demos"
      ? []
      : [{ name, entry: recordEntry(value, span, entrySpan) }],
  );
  const names = fieldNames(signature);
  const place = ({ name }: Input) => (names.includes(name) ? names.indexOf(name) : names.length);
  return given.toSorted((a, b) => place(a) - place(b));
}

/** `"context, question -> answer"`, or the fields of a class. */
function fieldNames(signature: RecordEntryValue | undefined): readonly string[] {
  const value = signature?.value;
  if (value?.type === "class") return [...value.statics.keys()];
  const made = constructionOf(value);
  const written = literalText(
    made?.name === "Signature" ? findArgument(made, ["signature"], 0)?.value : value,
  );
  return (written?.split("->")[0] ?? "").split(",").map((field) => field.replace(/:.*$/s, "").trim());
}

/** What a signature says: its docstring or instructions, and the descriptions of its fields. */
function instructionsOf(signature: RecordEntryValue | undefined): readonly TextPart[] {
  if (!signature) return [];
  const { value } = signature;
  if (value.type === "class") return [...docstringOf(value), ...descriptionsOf(value)];
  const made = constructionOf(value);
  if (!made) return [];
  const written = findArgument(made, ["instructions"], made.name === "Signature" ? 1 : 0);
  return written ? (textParts(written.value, written.span) ?? []) : [];
}

function docstringOf({ statics }: ClassValue): readonly TextPart[] {
  const written = statics.get("__doc__");
  return written ? (textParts(written.value, written.span) ?? []) : [];
}

function descriptionsOf({ statics }: ClassValue): readonly TextPart[] {
  return [...statics.values()].flatMap(({ value }) => {
    const made = constructionOf(value);
    const description = made && /Field$/.test(made.name) ? findArgument(made, ["desc"]) : undefined;
    return description ? (textParts(description.value, description.span) ?? []) : [];
  });
}

/** Text of DSPy around what the signature says. */
function ownWords(span: Span): TextPart {
  const reason = "the words of DSPy";
  const key = `DSPy@${span.file}:${span.start}`;
  const hole = opaque(
    { origin: { kind: "unknown", reason }, key, span },
    { id: identityId(key), scope: "static", reason },
  );
  return { kind: "hole", hole, span, frame: undefined };
}

/** An input that is no text: a list or a record, printed. */
function unknownPart({ span }: RecordEntryValue): TextPart {
  const reason = "an input that is no text";
  const hole = opaque(
    { origin: { kind: "unknown", reason }, key: `input@${span.file}:${span.start}`, span },
    { scope: "unknown", reason },
  );
  return { kind: "hole", hole, span, frame: undefined };
}
