import { lowerPromptText, type PromptHistory, type PromptMessage } from "../../dialects/prompt-text.ts";
import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { LoweredRequest, Role } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { textOf } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type { TextValue, Value } from "../../value/value.ts";
import { assembleRequest } from "../assemble-request.ts";
import type { AssetContext, PlaceholderSyntax, Sdk } from "../sdk.ts";
import { placeHoles, placeholder, type PlaceholderFacts } from "./placeholders.ts";

/** Prompts that LangChain saved, as `_type: prompt` or in its form for constructors (`lc: 1`). */
export const langchainPrompt: Sdk = {
  name: "langchain-prompt",
  fromData(value, span, context) {
    const view = viewRecord(value);
    if (!view) return undefined;
    const reading = new SavedPrompt(span, context);
    const messages = reading.messages(view);
    return messages.length > 0 ? [reading.request(messages)] : undefined;
  },
};

class SavedPrompt {
  readonly #site: Span;
  readonly #context: AssetContext;

  constructor(site: Span, context: AssetContext) {
    this.#site = site;
    this.#context = context;
  }

  request(messages: readonly (PromptMessage | PromptHistory)[]): LoweredRequest {
    const facts = {
      site: this.#site,
      sdk: "langchain-prompt",
      platform: undefined,
      use: "asset",
      takesMarks: false,
      isNeutral: true,
      model: undefined,
      modelless: "the file does not name a model",
    } as const;
    return assembleRequest(lowerPromptText("openai", messages), facts);
  }

  messages(view: RecordView): readonly (PromptMessage | PromptHistory)[] {
    const saved = literalText(presentEntry(view, "_type")?.value);
    if (saved === "prompt") return this.#prompt(view, "user");
    if (saved === "few_shot") return this.#fewShot(view);
    if (saved === "chat") {
      const messages = asList(presentEntry(view, "messages")?.value)?.elements ?? [];
      return messages.flatMap(({ value }) => {
        const message = viewRecord(value);
        const prompt = viewRecord(presentEntry(message, "prompt")?.value);
        const role = literalText(presentEntry(message, "role")?.value);
        return prompt ? this.#prompt(prompt, role === "system" ? "system" : "user") : [];
      });
    }
    const type = constructorOf(view);
    const fields = viewRecord(presentEntry(view, "kwargs")?.value);
    if (!type || !fields) return [];
    if (type === "PromptTemplate") return this.#prompt(fields, "user");
    if (type !== "ChatPromptTemplate") return [];
    const messages = asList(presentEntry(fields, "messages")?.value)?.elements ?? [];
    return messages.flatMap(({ value, span }): readonly (PromptMessage | PromptHistory)[] => {
      const made = constructorOf(viewRecord(value));
      const role = messageRoles.get(made ?? "");
      const inner = viewRecord(presentEntry(viewRecord(value), "kwargs")?.value);
      if (made === "MessagesPlaceholder") {
        const name = literalText(presentEntry(inner, "variable_name")?.value) ?? "messages";
        const unknown = { scope: "unknown", confidence: "certain", reason: "", span } as const;
        return [{ history: placeholder(name, this.#site.file, unknown), span }];
      }
      const prompt = viewRecord(presentEntry(inner, "prompt")?.value);
      const template = viewRecord(presentEntry(prompt, "kwargs")?.value);
      return role && template ? this.#prompt(template, role) : [];
    });
  }

  #prompt(view: RecordView, role: Role): readonly PromptMessage[] {
    const path = literalText(presentEntry(view, "template_path")?.value);
    const template =
      path === undefined ? presentEntry(view, "template")?.value : this.#context.readText(path);
    if (template?.type !== "text") return [];
    return [this.#message([this.#fill(template, view)], role)];
  }

  /** Examples stand between what comes first and what comes last. */
  #fewShot(view: RecordView): readonly PromptMessage[] {
    const prefix = presentEntry(view, "prefix")?.value;
    const suffix = presentEntry(view, "suffix")?.value;
    const examplePrompt = viewRecord(presentEntry(view, "example_prompt")?.value);
    const template = presentEntry(examplePrompt, "template")?.value;
    const given = presentEntry(view, "examples")?.value;
    const path = literalText(given);
    const listed = path === undefined ? given : this.#context.readData(path)[0]?.value;
    const examples = asList(listed)?.elements ?? [];
    const texts: TextValue[] = [];
    if (prefix?.type === "text") texts.push(this.#fill(prefix, view));
    for (const { value } of examples) {
      const fields = viewRecord(value);
      if (template?.type !== "text" || !fields) continue;
      texts.push(
        this.#context.render(template, syntaxOf(examplePrompt), (name) => fields.entries.get(name)?.value),
      );
    }
    if (suffix?.type === "text") texts.push(this.#fill(suffix, view));
    return texts.length > 0 ? [this.#message(texts, "user")] : [];
  }

  #fill(template: TextValue, view: RecordView): TextValue {
    const inputs = new Map(
      (asList(presentEntry(view, "input_variables")?.value)?.elements ?? []).map(({ value, span }) => [
        literalText(value) ?? "",
        span,
      ]),
    );
    const fixed = viewRecord(presentEntry(view, "partial_variables")?.value);
    const variable = (name: string): Value => {
      const value = fixed?.entries.get(name)?.value;
      if (value) return value;
      const span = inputs.get(name);
      return placeholder(name, this.#site.file, span && inputFacts(name, span));
    };
    return placeHoles(this.#context.render(template, syntaxOf(view), variable));
  }

  #message(texts: readonly TextValue[], role: Role): PromptMessage {
    const { parts } = textOf(texts.flatMap((each) => each.parts));
    return { role, parts, span: parts[0]?.span ?? this.#site };
  }
}

/** An input is filled by whoever runs the prompt, each time. */
function inputFacts(name: string, span: Span): PlaceholderFacts {
  return { scope: "turn", confidence: "likely", reason: `the input variable \`${name}\``, span };
}

function syntaxOf(view: RecordView | undefined): PlaceholderSyntax {
  const format = literalText(presentEntry(view, "template_format")?.value);
  return format === "jinja2" ? "jinja" : format === "mustache" ? "handlebars" : "format";
}

const messageRoles: ReadonlyMap<string, Role> = new Map([
  ["SystemMessagePromptTemplate", "system"],
  ["HumanMessagePromptTemplate", "user"],
  ["AIMessagePromptTemplate", "assistant"],
]);

/** The class a serialised object is made of: `{"lc": 1, "type": "constructor", "id": ["langchain", ..., "X"]}`. */
function constructorOf(view: RecordView | undefined): string | undefined {
  if (!presentEntry(view, "lc")) return undefined;
  return literalText(asList(presentEntry(view, "id")?.value)?.elements.at(-1)?.value);
}
