import { presentEntry, viewRecord } from "../../dialects/record-view.ts";
import type { Span } from "../../source/source-file.ts";
import { identityId, list, listElement, opaque, record, recordEntry, textOf } from "../../value/construct.ts";
import { accessPath, asList, literalText, textParts } from "../../value/inspect.ts";
import type {
  CallEvent,
  ListElement,
  ListValue,
  OpaqueValue,
  RecordEntryValue,
  TextPart,
  TextValue,
  Value,
} from "../../value/value.ts";
import { chatMessage } from "../chat-body.ts";
import {
  argumentEntry,
  constructionOf,
  findArgument,
  receiverOf,
  type Construction,
} from "../construction.ts";
import { messageElement, messagesOf, roleOfName } from "./messages.ts";

/** A prompt template: what `format` and `invoke` fill with the input variables. */
export interface PromptTemplate {
  /** The messages as they are written, or the text of a template for one text. */
  readonly template: Value;
  readonly span: Span;
  readonly format: TemplateFormat;
  /** `chat`: gives messages; `text`: gives one text. */
  readonly kind: "chat" | "text";
  /** Variables that are filled already. */
  readonly partial: ReadonlyMap<string, RecordEntryValue>;
}

type TemplateFormat = "f-string" | "mustache" | "jinja2";

const chatConstructors =
  /^ChatPromptTemplate(?:\.(?:from_messages|fromMessages|from_template|fromTemplate|from_prompt_messages))?$/;
const textConstructors = /^PromptTemplate(?:\.(?:from_template|fromTemplate))?$/;

/** The prompt template a value is, if it is one. */
export function promptOf(value: Value): PromptTemplate | undefined {
  const made = constructionOf(value);
  if (made && chatConstructors.test(made.name)) return chatPrompt(made);
  if (made && textConstructors.test(made.name)) {
    return templateOf(made, findArgument(made, ["template"], 0), "text");
  }
  const call = value.type === "opaque" && value.origin.kind === "call" ? value.origin : undefined;
  const receiver = call && receiverOf(call.callee);
  if (!call || receiver?.method !== "partial") return undefined;
  const inner = promptOf(receiver.object);
  return inner && { ...inner, partial: new Map([...inner.partial, ...variablesOf(call.arguments)]) };
}

function chatPrompt(made: Construction): PromptTemplate | undefined {
  const isText = /from_?template$/i.test(made.name);
  const messages = findArgument(made, isText ? ["template"] : ["messages", "promptMessages"], 0);
  if (!isText || !messages) return templateOf(made, messages, "chat");
  const message = chatMessage("user", messages, messages.span);
  return templateOf(
    made,
    recordEntry(list([listElement(message, messages.span)], messages.span), messages.span),
    "chat",
  );
}

function templateOf(
  made: Construction,
  template: RecordEntryValue | undefined,
  kind: PromptTemplate["kind"],
): PromptTemplate | undefined {
  if (!template) return undefined;
  const named = literalText(findArgument(made, ["template_format", "templateFormat"])?.value);
  const format = named === "mustache" || named === "jinja2" ? named : "f-string";
  const given = viewRecord(findArgument(made, ["partial_variables", "partialVariables"])?.value);
  return { template: template.value, span: template.span, format, kind, partial: new Map(given?.entries) };
}

/** The variables of `partial(name=value)` or `partial({name: value})`. */
function variablesOf(args: Construction["arguments"]): Iterable<readonly [string, RecordEntryValue]> {
  return args.flatMap((argument) => {
    if (argument.name !== undefined) return [[argument.name, argumentEntry(argument)] as const];
    return argument.value.type === "record" ? [...argument.value.entries] : [];
  });
}

const formatters =
  /^a?(?:format_messages|format_prompt|invoke|format)$|^(?:formatMessages|formatPromptValue|invoke|format)$/;
const unwrappers = /^(?:to_messages|to_string|toChatMessages)$/;

/** The messages or the text that a call filled in, as `prompt.format_messages(...)`; other values stay. */
export function formatted(value: Value, run?: CallEvent["run"]): Value {
  if (value.type !== "opaque" || value.origin.kind !== "call") return value;
  const { callee, arguments: args } = value.origin;
  const receiver = receiverOf(callee);
  if (!receiver) return value;
  const { object, method } = receiver;
  if (unwrappers.test(method)) {
    const inner = formatted(object, run);
    return inner === object ? value : inner;
  }
  const prompt = formatters.test(method) ? promptOf(object) : undefined;
  if (!prompt) return value;
  const input = record(value.span, variablesOf(args));
  const [first] = args;
  const rest = args.flatMap((argument) =>
    argument.value.type === "opaque" && isWhole(argument) ? [argument.value] : [],
  );
  input.rest.push(...rest);
  return fillPrompt(prompt, recordEntry(input, first?.span ?? value.span), run);
}

/** `**variables`, or the one argument of `invoke` and of the methods of JavaScript. */
function isWhole({ name, stretch }: Construction["arguments"][number]): boolean {
  return stretch || name === undefined;
}

/**
 * What a template gives for an input: messages, or a text.
 * @param run calls the functions that stand for variables, which are asked at each format
 */
export function fillPrompt(
  prompt: PromptTemplate,
  input: RecordEntryValue | undefined,
  run?: CallEvent["run"],
): Value {
  const filler = new Filler(prompt, input, run);
  const { template, span, kind } = prompt;
  if (kind === "text") return filler.text(template, span);
  const known = asList(template);
  if (!known) return list([listElement(template, span, undefined, template.type === "opaque")], span);
  const elements = known.elements.flatMap((element) => filler.message(element));
  return { ...list(elements, known.span), order: known.order };
}

class Filler {
  readonly #prompt: PromptTemplate;
  readonly #input: RecordEntryValue | undefined;
  readonly #run: CallEvent["run"];

  constructor(prompt: PromptTemplate, input: RecordEntryValue | undefined, run: CallEvent["run"]) {
    this.#prompt = prompt;
    this.#input = input;
    this.#run = run;
  }

  /** The messages an element of the template becomes. */
  message(element: ListElement): readonly ListElement[] {
    const { value, span } = element;
    if (element.stretch) return [element];
    if (value.type === "text") return [{ ...element, value: this.#chat("user", value, span, span) }];
    if (value.type === "list" && value.elements.length === 2) {
      const [role, content] = value.elements;
      if (literalText(role!.value) === "placeholder")
        return this.#placeholder(literalText(content!.value), span);
      const known = roleOfName(role!.value);
      return [
        known ? { ...element, value: this.#chat(known, content!.value, content!.span, span) } : element,
      ];
    }
    if (value.type === "record") {
      const view = viewRecord(value)!;
      const role = roleOfName(presentEntry(view, "role")?.value);
      const content = presentEntry(view, "content");
      return [
        role && content
          ? { ...element, value: this.#chat(role, content.value, content.span, span) }
          : element,
      ];
    }
    const made = constructionOf(value);
    if (made?.name === "MessagesPlaceholder") {
      const name = findArgument(made, ["variable_name", "variableName"], 0);
      return this.#placeholder(literalText(name?.value), span);
    }
    const role = made && templateRole(made.name);
    if (made && role) {
      const template = findArgument(made, ["template", "prompt"], 0);
      return [
        template ? { ...element, value: this.#chat(role, template.value, template.span, span) } : element,
      ];
    }
    return [messageElement(element)];
  }

  #chat(role: string, content: Value, contentSpan: Span, span: Span): Value {
    return chatMessage(role, recordEntry(this.#content(content, contentSpan), contentSpan), span);
  }

  /** A text, or blocks whose texts are templates. */
  #content(value: Value, span: Span): Value {
    if (value.type === "list") {
      const elements = value.elements.map((element) => {
        const inner = element.value.type === "record" ? element.value : undefined;
        const entry = inner?.entries.get("text");
        if (!inner || !entry) return { ...element, value: this.#content(element.value, element.span) };
        const filled = { ...entry, value: this.text(entry.value, entry.span) };
        return { ...element, value: { ...inner, entries: new Map(inner.entries).set("text", filled) } };
      });
      return { ...value, elements };
    }
    return value.type === "text" ? this.text(value, span) : value;
  }

  /** `{history}` in place of a message: the messages of a variable. */
  #placeholder(name: string | undefined, span: Span): readonly ListElement[] {
    const variable = name?.replace(/^\{|\}$/g, "") ?? "";
    const entry = this.#variable(variable, span);
    const known = asList(entry.value);
    if (known)
      return known.elements.flatMap((element) => messagesOf(listOfOne(element), element.span).elements);
    return entry.value.type === "opaque" ? [listElement(entry.value, entry.span, entry.frame, true)] : [];
  }

  /** A text with its variables filled in. */
  text(value: Value, span: Span): TextValue {
    const parts = textParts(value, span) ?? [];
    return textOf(parts.flatMap((part) => (part.kind === "literal" ? this.#fill(part) : [part])));
  }

  #fill(part: TextPart & { readonly kind: "literal" }): readonly TextPart[] {
    const { span, text } = part;
    // A file of its own that holds the template: its values stand at their placeholders.
    const isFile = span.start === 0 && span.end === text.length;
    return splitTemplate(text, this.#prompt.format).flatMap((piece): readonly TextPart[] => {
      if (!("name" in piece)) return [{ kind: "literal", text: piece.text, span }];
      const parts = this.#parts(piece.name, span);
      if (!isFile) return parts;
      const place = { file: span.file, start: piece.start, end: piece.end };
      return parts.map((each) => (each.kind === "hole" ? { ...each, span: place } : each));
    });
  }

  #parts(name: string, span: Span): readonly TextPart[] {
    const { value, span: valueSpan, frame } = this.#variable(name, span);
    const parts = textParts(value, valueSpan);
    if (parts)
      return parts.map((part) => (part.kind === "hole" ? { ...part, frame: part.frame ?? frame } : part));
    return [{ kind: "hole", hole: unknownVariable(name, value, valueSpan), span: valueSpan, frame }];
  }

  /** The value of an input variable, or a hole for one that is not in view. */
  #variable(name: string, span: Span): RecordEntryValue {
    const partial = this.#prompt.partial.get(name);
    if (partial?.value.type === "function" && this.#run)
      return { ...partial, value: this.#run(partial.value, []) };
    if (partial) return partial;
    const input = this.#input;
    const given = presentEntry(viewRecord(input?.value), name);
    if (given) return given;
    const rest = viewRecord(input?.value)?.rest[0];
    // A template of one variable takes its value without a name.
    if (input && input.value.type !== "record" && !rest) return input;
    return recordEntry(
      rest ? memberOf(rest, name) : unknownVariable(name, undefined, span),
      input?.span ?? span,
    );
  }
}

/** Placeholders; doubled braces stand for themselves in an f-string. */
const placeholders: Readonly<Record<TemplateFormat, RegExp>> = {
  "f-string": /\{\{|\}\}|\{(?<name>[^{}]+)\}/g,
  mustache: /\{\{\{?\s*(?<name>[\w.]+)\s*\}?\}\}/g,
  jinja2: /\{\{-?\s*(?<name>[\w.]+)[^}]*\}\}/g,
};

/** A variable and where its placeholder stands in the template. */
interface PlacedName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The literal texts and the variables of a template, in order; a format or a path behind a name is cut off. */
function splitTemplate(template: string, format: TemplateFormat): ({ readonly text: string } | PlacedName)[] {
  const pieces: ({ text: string } | PlacedName)[] = [];
  const addText = (text: string): void => {
    const last = pieces.at(-1);
    if (last && "text" in last) last.text += text;
    else if (text !== "") pieces.push({ text });
  };
  let end = 0;
  for (const match of template.matchAll(placeholders[format])) {
    addText(template.slice(end, match.index));
    end = match.index + match[0].length;
    const name = match.groups?.["name"];
    if (name === undefined) addText(match[0][0]!);
    else pieces.push({ name: name.split(/[!:.[]/)[0]!.trim(), start: match.index, end });
  }
  addText(template.slice(end));
  return pieces;
}

const templateRoles: readonly (readonly [RegExp, string])[] = [
  [/^SystemMessagePromptTemplate\b/, "system"],
  [/^HumanMessagePromptTemplate\b/, "user"],
  [/^AIMessagePromptTemplate\b/, "assistant"],
];

function templateRole(name: string): string | undefined {
  return templateRoles.find(([pattern]) => pattern.test(name))?.[1];
}

function listOfOne(element: ListElement): ListValue {
  return list([element], element.span);
}

function memberOf(object: OpaqueValue, name: string): OpaqueValue {
  const { span, scope, confidence, reason, frame } = object;
  const known = { id: identityId(`#${object.id}.${name}`), scope, confidence, reason, frame };
  return opaque({ origin: { kind: "member", object, name }, key: `${object.key}.${name}`, span }, known);
}

/** A variable whose value cannot be read as a text: as narrow as what it is made from. */
function unknownVariable(name: string, value: Value | undefined, span: Span): OpaqueValue {
  const root = value?.type === "opaque" ? accessPath(value).root : undefined;
  const reason = `the variable \`${name}\` of the prompt`;
  const key = `prompt.${name}@${span.file}:${span.start}`;
  return opaque({ origin: root ?? { kind: "unknown", reason }, key, span }, { id: identityId(key), reason });
}
