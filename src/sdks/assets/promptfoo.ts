import { lowerAnthropic } from "../../dialects/anthropic.ts";
import { lowerPromptText, type PromptMessage } from "../../dialects/prompt-text.ts";
import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { LoweredBody } from "../../dialects/request-draft.ts";
import type { LoweredRequest, Role } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { list, record, recordEntry, textOf } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type { ListValue, RecordEntryValue, TextValue, Value } from "../../value/value.ts";
import { assembleRequest } from "../assemble-request.ts";
import type { AssetContext, Sdk } from "../sdk.ts";
import { placeHoles, placeholder, wireOf } from "./placeholders.ts";

/**
 * Configurations of promptfoo (https://www.promptfoo.dev/docs/configuration/reference/, read 2026-11-22): a variable
 * that all tests share is as it stands there, one that differs between tests differs between requests.
 */
export const promptfoo: Sdk = {
  name: "promptfoo",
  fromData(value, span, context) {
    const view = viewRecord(value);
    const prompts = presentEntry(view, "prompts");
    const isConfiguration = ["providers", "targets", "tests", "defaultTest"].some((key) =>
      presentEntry(view, key),
    );
    if (!view || !prompts || !isConfiguration) return undefined;
    const reading = new Configuration(view, span, context);
    const requests = promptsIn(prompts).flatMap((prompt) => reading.requests(prompt));
    return requests.length > 0 ? requests : undefined;
  },
};

/** The path a text is: `file://x.txt`, or one line that ends like the name of a file. */
function filePath(text: string): string | undefined {
  return (
    /^file:\/\/(.+)$/.exec(text)?.[1] ??
    /^[^\s{}]+\.(?:txt|md|json|ya?ml|j2|jinja2?|[cm]?[jt]s|py)(?::\w+)?$/.exec(text)?.[0]
  );
}

/** A prompt, or one of several variants that are compared. */
function promptsIn({ value, span }: RecordEntryValue): readonly { value: Value; span: Span }[] {
  const elements = asList(value)?.elements;
  return elements ?? [{ value, span }];
}

class Configuration {
  readonly #variables: TestVariables;
  readonly #context: AssetContext;
  readonly #model: RecordEntryValue | undefined;

  constructor(view: RecordView, site: Span, context: AssetContext) {
    this.#context = context;
    this.#variables = new TestVariables(view, site.file, context);
    this.#model = modelOf(presentEntry(view, "providers") ?? presentEntry(view, "targets"));
  }

  requests({ value, span }: { value: Value; span: Span }): readonly LoweredRequest[] {
    const view = viewRecord(value);
    const source =
      value.type === "text" ? value : (presentEntry(view, "raw") ?? presentEntry(view, "id"))?.value;
    if (source?.type !== "text") return [];
    const path = filePath(literalText(source) ?? "");
    const body = path === undefined ? this.#text(source, span) : this.#file(path);
    if (!body) return [];
    const { platform } = wireOf(literalText(this.#model?.value));
    return [
      assembleRequest(body, {
        site: span,
        sdk: "promptfoo",
        platform,
        use: "asset",
        takesMarks: false,
        isNeutral: this.#model === undefined,
        model: this.#model,
      }),
    ];
  }

  #file(path: string): LoweredBody | undefined {
    if (/\.(?:json|ya?ml)$/i.test(path)) {
      const [data] = this.#context.readData(path);
      const messages = asList(data?.value);
      return data && messages ? this.#chat(messages, data.span) : undefined;
    }
    if (/\.(?:js|cjs|mjs|ts|py)(?::\w+)?$/i.test(path)) return undefined;
    const text = this.#context.readText(path);
    return text && this.#text(text, text.parts[0]?.span);
  }

  #text(template: TextValue, span: Span | undefined): LoweredBody | undefined {
    const { parts } = this.#fill(template);
    const place = parts[0]?.span ?? span;
    return place && lowerPromptText(this.#wire.dialect, [{ role: "user", parts, span: place }]);
  }

  get #wire() {
    return wireOf(literalText(this.#model?.value));
  }

  #chat(messages: ListValue, span: Span): LoweredBody | undefined {
    const filled = this.#fillAll(messages) as ListValue;
    if (this.#wire.dialect === "anthropic")
      return lowerAnthropic(anthropicBody(filled, span), span, { acceptsAutomaticMark: true });
    const lowered = filled.elements.flatMap(({ value, span: at }): PromptMessage[] => {
      const view = viewRecord(value);
      const role = literalText(presentEntry(view, "role")?.value);
      const content = presentEntry(view, "content");
      const { parts } = textOf(textsIn(content?.value));
      return role === undefined || !content ? [] : [{ role: roleOf(role), parts, span: at }];
    });
    return lowerPromptText(this.#wire.dialect, lowered);
  }

  #fill(template: TextValue): TextValue {
    return placeHoles(this.#context.render(template, "jinja", (name) => this.#variables.value(name)));
  }

  /** The same for every text inside a value. */
  #fillAll(value: Value): Value {
    switch (value.type) {
      case "text":
        return literalText(value)?.includes("{{") ? this.#fill(value) : value;
      case "list":
        return {
          ...value,
          elements: value.elements.map((element) => ({ ...element, value: this.#fillAll(element.value) })),
        };
      case "record":
        return {
          ...value,
          entries: new Map(
            [...value.entries].map(([key, entry]) => [key, { ...entry, value: this.#fillAll(entry.value) }]),
          ),
        };
      default:
        return value;
    }
  }
}

/** Messages with the system text among them, as the Messages API takes them: promptfoo takes it out. */
function anthropicBody(messages: ListValue, span: Span): Value {
  const isSystem = (value: Value): boolean =>
    literalText(presentEntry(viewRecord(value), "role")?.value) === "system";
  const [system] = messages.elements.filter(({ value }) => isSystem(value));
  const content = presentEntry(viewRecord(system?.value), "content");
  const others = list(
    messages.elements.filter(({ value }) => !isSystem(value)),
    span,
  );
  return record(span, [
    ...(content ? [["system", content] as const] : []),
    ["messages", recordEntry(others, span)] as const,
  ]);
}

function roleOf(role: string): Role {
  return role === "system" || role === "developer" ? "system" : role === "assistant" ? "assistant" : "user";
}

/** The texts of a content, which is one or a list of blocks. */
function textsIn(content: Value | undefined): TextValue["parts"] {
  if (content?.type === "text") return content.parts;
  const blocks = asList(content)?.elements ?? [];
  return blocks.flatMap(({ value }) => {
    const text = presentEntry(viewRecord(value), "text")?.value;
    return text?.type === "text" ? text.parts : [];
  });
}

/** What the first provider calls: `anthropic:messages:claude-sonnet-4-5`, `openai:gpt-5.6`, `bedrock:us.amazon...`. */
function modelOf(providers: RecordEntryValue | undefined): RecordEntryValue | undefined {
  const first = asList(providers?.value)?.elements[0] ?? providers;
  const id = first?.value.type === "text" ? first : presentEntry(viewRecord(first?.value), "id");
  const name = literalText(id?.value);
  if (name === undefined || !id) return undefined;
  const model = /^(?:[a-z][\w-]*:)+(.+?)$/.exec(
    name.replace(/:\d+$/, (version) => version.replace(":", "\0")),
  )?.[1];
  const known = (model ?? name).replace("\0", ":");
  if (/^(?:file|https?|exec|python)\b/.test(name)) return undefined;
  const value: Value = { type: "text", parts: [{ kind: "literal", text: known, span: id.span }] };
  return recordEntry(value, id.span);
}

/** The variables of the tests. */
class TestVariables {
  readonly #path: string;
  readonly #context: AssetContext;
  readonly #shared: RecordView | undefined;
  readonly #tests: readonly RecordView[];
  readonly #values = new Map<string, Value>();

  constructor(view: RecordView, path: string, context: AssetContext) {
    this.#path = path;
    this.#context = context;
    this.#shared = varsOf(presentEntry(view, "defaultTest")?.value);
    const tests = presentEntry(view, "tests")?.value;
    this.#tests = (asList(tests)?.elements ?? []).flatMap(({ value }) => varsOf(value) ?? []);
  }

  value(name: string): Value {
    let value = this.#values.get(name);
    if (!value) this.#values.set(name, (value = this.#find(name)));
    return value;
  }

  #find(name: string): Value {
    if (name === "env") {
      return placeholder(name, this.#path, {
        scope: "deploy",
        confidence: "certain",
        reason: "the environment",
      });
    }
    const given = this.#tests.flatMap((vars) => presentEntry(vars, name) ?? []);
    const shared = presentEntry(this.#shared, name);
    const all =
      given.length < this.#tests.length && shared
        ? [...given, shared]
        : given.length > 0
          ? given
          : shared
            ? [shared]
            : [];
    const [first, ...others] = all;
    // A single test shows no difference, nor that there is none.
    if (!first || (all.length === 1 && first !== shared)) return placeholder(name, this.#path);
    // A list stands for as many tests.
    const differs =
      asList(first.value) !== undefined || others.some(({ value }) => !isSame(value, first.value));
    if (!differs) return this.#known(name, first);
    return placeholder(name, this.#path, {
      scope: "turn",
      confidence: "likely",
      reason: `the test variable \`${name}\``,
      span: first.entrySpan,
    });
  }

  #known(name: string, { value }: RecordEntryValue): Value {
    const path = filePath(literalText(value) ?? "");
    if (path === undefined) return value;
    const facts = { scope: "deploy", confidence: "certain", reason: `the file ${path}` } as const;
    return this.#context.readText(path) ?? placeholder(name, this.#path, facts);
  }
}

function varsOf(test: Value | undefined): RecordView | undefined {
  return viewRecord(presentEntry(viewRecord(test), "vars")?.value);
}

function isSame(a: Value, b: Value): boolean {
  if (a.type === "constant" && b.type === "constant") return a.value === b.value;
  const text = literalText(a);
  return text !== undefined && text === literalText(b);
}
