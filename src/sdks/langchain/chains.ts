import { presentEntry, viewRecord } from "../../dialects/record-view.ts";
import type { Span } from "../../source/source-file.ts";
import { identityId, list, listElement, opaque, record, recordEntry } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import { modelAnswer } from "../../value/reasons.ts";
import type {
  ArgumentValue,
  CallEvent,
  ListElement,
  OpaqueValue,
  RecordEntryValue,
  RecordValue,
  Value,
} from "../../value/value.ts";
import { argumentEntry, constructionOf, findArgument, receiverOf } from "../construction.ts";
import { withCachePoint } from "./messages.ts";
import { chatModelOf, type ChatModel } from "./models.ts";
import { fillPrompt, formatted, promptOf, type PromptTemplate } from "./prompts.ts";

/** A model with what was bound to it. */
export interface BoundModel {
  readonly model: ChatModel;
  readonly tools: RecordEntryValue | undefined;
  /** Keyword arguments of each call: `tool_choice`, `cache_control`. */
  readonly options: ReadonlyMap<string, RecordEntryValue>;
}

/** A step of a chain, as far as prompts go through it. */
type Step =
  | { readonly kind: "model"; readonly model: BoundModel }
  | { readonly kind: "prompt"; readonly prompt: PromptTemplate }
  /** A record whose values are steps on their own: their results under the same keys. */
  | { readonly kind: "mapping"; readonly entries: RecordValue; readonly keepsInput: boolean }
  | { readonly kind: "same" }
  | { readonly kind: "other"; readonly value: Value };

/** One model of a chain and what it is given. */
export interface ModelCall {
  readonly model: BoundModel;
  readonly input: Value;
}

/** The steps of a chain; undefined for a value without any model, which is no chain we know. */
export function chainOf(value: Value): readonly Step[] | undefined {
  const steps = stepsOf(value, 0);
  return steps.some(({ kind }) => kind === "model") ? steps : undefined;
}

/** The model calls a chain makes for an input. */
export function callsOf(
  steps: readonly Step[],
  input: RecordEntryValue,
  run: CallEvent["run"],
): readonly ModelCall[] {
  const calls: ModelCall[] = [];
  let current = { ...input, value: formatted(input.value, run) };
  for (const step of steps) {
    if (step.kind === "model") calls.push({ model: step.model, input: current.value });
    current = { ...current, value: resultOf(step, current, run) };
  }
  return calls;
}

const maximumDepth = 20;

function stepsOf(value: Value, depth: number): readonly Step[] {
  if (depth > maximumDepth) return [{ kind: "other", value }];
  if (value.type === "record" && value.class === undefined) {
    return [{ kind: "mapping", entries: value, keepsInput: false }];
  }
  if (value.type !== "opaque") return [{ kind: "other", value }];
  const { origin } = value;
  if (origin.kind === "operation" && origin.operator === "|") {
    return origin.operands.flatMap((operand) => stepsOf(operand, depth + 1));
  }
  const model = chatModelOf(value);
  if (model) return [{ kind: "model", model: { model, tools: undefined, options: new Map() } }];
  const prompt = promptOf(value);
  if (prompt) return [{ kind: "prompt", prompt }];
  const made = constructionOf(value);
  if (made?.name === "RunnablePassthrough") return [{ kind: "same" }];
  if (made?.name === "RunnablePassthrough.assign") return [assigned(made.arguments, made.span)];
  if (made && /^RunnableSequence(?:\.from)?$/.test(made.name)) {
    const listed = asList(made.arguments[0]?.value)?.elements ?? made.arguments;
    return listed.flatMap((step) => stepsOf(step.value, depth + 1));
  }
  if (made && /^Runnable(?:Parallel|Map)(?:\.from)?$/.test(made.name))
    return [assigned(made.arguments, made.span, false)];
  return origin.kind === "call"
    ? boundSteps(origin.callee, origin.arguments, value, depth)
    : [{ kind: "other", value }];
}

function assigned(args: readonly ArgumentValue[], span: Span, keepsInput = true): Step {
  const entries = record(span);
  for (const argument of args) {
    if (argument.name !== undefined) entries.entries.set(argument.name, argumentEntry(argument));
    else if (argument.value.type === "record")
      for (const [key, entry] of argument.value.entries) entries.entries.set(key, entry);
  }
  return { kind: "mapping", entries, keepsInput };
}

/** Methods that give the same chain with something more around it. */
const wrappers =
  /^(?:with_config|withConfig|with_retry|withRetry|with_fallbacks|withFallbacks|with_types|with_listeners)$/;

/** A chain or an agent without what was put around it: `agent.withConfig(...)` is the agent. */
export function unwrapped(value: Value): Value {
  let current = value;
  for (let hops = 0; hops < 4; hops++) {
    const receiver =
      current.type === "opaque" && current.origin.kind === "call"
        ? receiverOf(current.origin.callee)
        : undefined;
    if (!receiver || !wrappers.test(receiver.method)) break;
    current = receiver.object;
  }
  return current;
}

function boundSteps(
  callee: Value,
  args: readonly ArgumentValue[],
  value: Value,
  depth: number,
): readonly Step[] {
  const receiver = receiverOf(callee);
  const other: readonly Step[] = [{ kind: "other", value }];
  if (!receiver) return other;
  const { object, method } = receiver;
  if (method === "pipe") {
    return [...stepsOf(object, depth + 1), ...args.flatMap((argument) => stepsOf(argument.value, depth + 1))];
  }
  if (wrappers.test(method)) return stepsOf(object, depth + 1);
  const bind = binders[method];
  if (!Object.hasOwn(binders, method) || !bind) return other;
  const steps = stepsOf(object, depth + 1);
  return steps.map((step) => (step.kind === "model" ? { ...step, model: bind(step.model, args) } : step));
}

type Binder = (model: BoundModel, args: readonly ArgumentValue[]) => BoundModel;

const bindTools: Binder = (model, args) => {
  const tools = findArgument({ arguments: args }, ["tools"], 0);
  return { ...withOptions(model, args), ...(tools && { tools: toolsEntry(tools) }) };
};

const structure: Binder = (model, args) => {
  const schema = findArgument({ arguments: args }, ["schema"], 0);
  if (!schema) return model;
  // A schema that is a class in view is printed by the provider as a tool.
  const tools = recordEntry(
    list([listElement(schema.value, schema.span)], schema.span),
    schema.span,
    schema.entrySpan,
  );
  return { ...model, tools: model.tools ?? tools };
};

const binders: Readonly<Record<string, Binder>> = {
  bind_tools: bindTools,
  bindTools,
  bind: (model, args) => withOptions(model, args),
  with_structured_output: structure,
  withStructuredOutput: structure,
};

/** A model with the options of a call or of `bind`: named arguments, or the options object. */
export function withOptions(model: BoundModel, args: readonly ArgumentValue[]): BoundModel {
  const options = new Map(model.options);
  for (const argument of args) {
    if (argument.name !== undefined) options.set(argument.name, argumentEntry(argument));
    else if (argument.value.type === "record")
      for (const [key, entry] of argument.value.entries) options.set(key, entry);
  }
  const tools = options.get("tools");
  options.delete("tools");
  return { ...model, options, tools: tools ? toolsEntry(tools) : model.tools };
}

function toolsEntry(entry: RecordEntryValue): RecordEntryValue {
  const known = entry.value.type === "list" ? entry.value : undefined;
  return known ? { ...entry, value: { ...known, elements: known.elements.map(withCachePoint) } } : entry;
}

/** What a step gives for its input. */
function resultOf(step: Step, input: RecordEntryValue, run: CallEvent["run"]): Value {
  switch (step.kind) {
    case "same":
      return input.value;
    case "prompt":
      return fillPrompt(step.prompt, input, run);
    case "mapping":
      return mapped(step.entries, step.keepsInput, input, run);
    case "model":
      return derived(modelAnswer, input, "turn");
    case "other":
      return isParser(step.value)
        ? input.value
        : (called(step.value, input, run) ??
            picked(step.value, input) ??
            derived("a step of the chain", input));
  }
}

function mapped(
  entries: RecordValue,
  keepsInput: boolean,
  input: RecordEntryValue,
  run: CallEvent["run"],
): RecordValue {
  const result = record(entries.span);
  if (keepsInput && input.value.type === "record") {
    for (const [key, entry] of input.value.entries) result.entries.set(key, entry);
    result.rest = [...input.value.rest];
  } else if (keepsInput && input.value.type === "opaque") result.rest = [input.value];
  for (const [key, entry] of entries.entries) {
    const isText = entry.value.type === "text" || entry.value.type === "constant";
    const value = isText
      ? entry.value
      : stepsOf(entry.value, 0).reduce(
          (before, step) => resultOf(step, { ...input, value: before }, run),
          input.value,
        );
    const isSame = value === input.value;
    result.entries.set(key, isSame ? { ...input, value } : { ...entry, value });
  }
  return result;
}

function isParser(value: Value): boolean {
  return /Parser$/.test(constructionOf(value)?.name ?? "");
}

/** What a function in view makes of the input; it may stand in a `RunnableLambda`. */
function called(value: Value, input: RecordEntryValue, run: CallEvent["run"]): Value | undefined {
  const made = value.type === "function" ? undefined : constructionOf(value);
  const isLambda = made !== undefined && /^RunnableLambda(?:\.from)?$/.test(made.name);
  const callback = isLambda ? made.arguments[0]?.value : value;
  if (callback?.type !== "function" || !run) return undefined;
  const { span, entrySpan } = input;
  const given = run(callback, [{ name: undefined, value: input.value, span, entrySpan, stretch: false }]);
  return given.type === "constant" && given.value == null ? undefined : given;
}

/** `itemgetter("name")`. */
function picked(value: Value, input: RecordEntryValue): Value | undefined {
  const made = constructionOf(value);
  if (made?.name !== "itemgetter") return undefined;
  const name = literalText(made.arguments[0]?.value);
  return name === undefined ? undefined : presentEntry(viewRecord(input.value), name)?.value;
}

/** Something a step works out of its input: as narrow as that. */
function derived(reason: string, input: RecordEntryValue, scope?: OpaqueValue["scope"]): OpaqueValue {
  const { span } = input;
  const source = input.value.type === "opaque" ? input.value : undefined;
  const key = `${reason}@${span.file}:${span.start}`;
  const operands = source ? [source] : [];
  return opaque(
    { origin: { kind: "operation", operator: reason, operands }, key, span },
    {
      // An answer is new each time; what is made from one value is the same as long as that is.
      ...(scope === undefined && { id: identityId(source ? `${reason}#${source.id}` : key) }),
      reason: source?.reason || reason,
      scope: scope ?? source?.scope ?? "unknown",
      ...(source && { confidence: source.confidence, frame: source.frame }),
    },
  );
}

const inputNames = new Set(["input", "inputs", "messages"]);

/** The inputs of `batch([...])`, or the one input of the other methods. */
export function inputsOf(method: string, args: readonly ArgumentValue[]): readonly RecordEntryValue[] {
  const argument = args.find(({ name, stretch }) => !stretch && (name === undefined || inputNames.has(name)));
  if (!argument) return [];
  const input = argumentEntry(argument);
  const given = /^a?batch/.test(method) ? asList(input.value) : undefined;
  if (!given) return [input];
  const known: readonly ListElement[] = given.elements.filter(({ stretch }) => !stretch);
  return known.map(({ value, span, frame }) => recordEntry(value, span, span, frame));
}
