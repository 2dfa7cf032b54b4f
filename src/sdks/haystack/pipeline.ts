import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type {
  CallEvent,
  ListValue,
  OpaqueValue,
  RecordEntryValue,
  TextValue,
  Value,
} from "../../value/value.ts";
import { placeholder, type PlaceholderFacts } from "../assets/placeholders.ts";
import { constructionOf, findArgument, receiverOf, type Construction } from "../construction.ts";
import { fillJinja } from "../fill-jinja.ts";

/** A generator in a pipeline, with what it is given in a run. */
export interface PipelineRun {
  readonly generator: Construction;
  readonly messages: RecordEntryValue | undefined;
  /** What the run gives the generator beside. */
  readonly options: Pick<Construction, "arguments">;
}

/** Messages with placeholders, and what fills their texts. */
export interface BuiltPrompt {
  readonly messages: ListValue;
  fill(text: TextValue): TextValue;
}

/** The generators of a pipeline, for a run of it. Of a pipeline that was not put together in view there are none. */
export function pipelineRuns(pipeline: Construction, call: CallEvent): readonly PipelineRun[] {
  const data = viewRecord(findArgument(call, ["data"], 0)?.value);
  const components = componentsOf(pipeline);
  const senders = connectionsOf(pipeline);
  return [...components].flatMap(([name, generator]) => {
    if (!/ChatGenerator$/.test(generator.name)) return [];
    const given = inputsOf(data, name);
    const sender = senders.get(`${name}.messages`) ?? senders.get(name);
    const builder = sender === undefined ? undefined : components.get(sender);
    const fed = builder && foundBy(sender!, senders, components);
    const messages =
      presentEntry(given, "messages") ?? (builder && promptOf(builder, inputsOf(data, sender!), data, fed));
    const options = [...(given?.entries ?? [])].map(([key, entry]) => ({
      ...entry,
      name: key,
      stretch: false,
    }));
    return [{ generator, messages, options: { arguments: options } }];
  });
}

function inputsOf(data: RecordView | undefined, component: string): RecordView | undefined {
  return viewRecord(presentEntry(data, component)?.value);
}

/** What `add_component(name, component)` was given. */
function componentsOf({ value }: Construction): ReadonlyMap<string, Construction> {
  const components = new Map<string, Construction>();
  for (const given of callsOf(value, "add_component")) {
    const name = literalText(findArgument(given, ["name"], 0)?.value);
    const component = constructionOf(findArgument(given, ["instance"], 1)?.value);
    if (name !== undefined && component) components.set(name, component);
  }
  return components;
}

/** The component that feeds each input, by the input as it is written in `connect(sender, receiver)`. */
function connectionsOf({ value }: Construction): ReadonlyMap<string, string> {
  const senders = new Map<string, string>();
  for (const given of callsOf(value, "connect")) {
    const sender = literalText(findArgument(given, ["sender"], 0)?.value);
    const receiver = literalText(findArgument(given, ["receiver"], 1)?.value);
    if (sender !== undefined && receiver !== undefined) senders.set(receiver, sender.replace(/\..*$/, ""));
  }
  return senders;
}

function callsOf(value: OpaqueValue, method: string): readonly Pick<Construction, "arguments">[] {
  const given = asList(value.fields.get(`@${method}`)?.value)?.elements ?? [];
  return given.flatMap((each) =>
    each.value.type === "opaque" && each.value.origin.kind === "call"
      ? [{ arguments: each.value.origin.arguments }]
      : [],
  );
}

/** The inputs of a component that come from one which searches: they are others in every run. */
function foundBy(
  component: string,
  senders: ReadonlyMap<string, string>,
  components: ReadonlyMap<string, Construction>,
): ReadonlySet<string> {
  const inputs = [...senders].flatMap(([input, sender]) => {
    const [owner, name] = input.split(".");
    const isSearch = /Retriever|WebSearch|Ranker/.test(components.get(sender)?.name ?? "");
    return owner === component && name !== undefined && isSearch ? [name] : [];
  });
  return new Set(inputs);
}

/** Prompts by the entry that stands for them: an entry says nothing of how its placeholders are filled. */
const builtPrompts = new WeakMap<RecordEntryValue, BuiltPrompt>();

function promptOf(
  builder: Construction,
  inputs: RecordView | undefined,
  shared: RecordView | undefined,
  found: ReadonlySet<string> = new Set(),
): RecordEntryValue | undefined {
  if (builder.name !== "ChatPromptBuilder") return undefined;
  const template = presentEntry(inputs, "template") ?? findArgument(builder, ["template"], 0);
  const messages = asList(template?.value);
  if (!template || !messages) return template;
  const variables = viewRecord(presentEntry(inputs, "template_variables")?.value);
  const views = [variables, inputs, shared];
  const entry = { ...template };
  const path = template.span.file;
  builtPrompts.set(entry, {
    messages,
    fill: (text) =>
      fillJinja(
        text,
        (name) =>
          valueOf(views, name) ?? placeholder(name, path, found.has(name) ? searched(name) : undefined),
      ),
  });
  return entry;
}

function searched(name: string): PlaceholderFacts {
  return { scope: "turn", confidence: "certain", reason: `what is found for \`${name}\`` };
}

function valueOf(views: readonly (RecordView | undefined)[], name: string): Value | undefined {
  return views.map((view) => presentEntry(view, name)?.value).find((value) => value !== undefined);
}

/** The messages an argument lists, or those a `ChatPromptBuilder` makes: `builder.run(...)["prompt"]`. */
export function builtPrompt(entry: RecordEntryValue): BuiltPrompt | undefined {
  const known = builtPrompts.get(entry);
  if (known) return known;
  const { value } = entry;
  if (value.type === "opaque" && value.origin.kind === "index") {
    const { origin } = value.origin.object;
    const receiver = origin.kind === "call" ? receiverOf(origin.callee) : undefined;
    const builder = receiver?.method === "run" ? constructionOf(receiver.object) : undefined;
    if (builder?.name === "ChatPromptBuilder" && origin.kind === "call") {
      const given = origin.arguments.map((each) => [each.name ?? "", { ...each, frame: undefined }] as const);
      const prompt = promptOf(builder, { entries: new Map(given), rest: [] }, undefined);
      return prompt && builtPrompts.get(prompt);
    }
  }
  const messages = asList(value);
  return messages && { messages, fill: (text) => text };
}
