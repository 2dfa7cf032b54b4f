import { lowerAnthropic } from "../../dialects/anthropic.ts";
import { lowerPromptText, type PromptMessage } from "../../dialects/prompt-text.ts";
import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { LoweredBody } from "../../dialects/request-draft.ts";
import type { Dialect, LoweredRequest, Role } from "../../request/request.ts";
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
    /^[^\s{}]+\.(?:txt|md|jsonl?|ya?ml|csv|j2|jinja2?|[cm]?[jt]s|py)(?::\w+)?$/.exec(text)?.[0]
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
  /** What the providers call; one unknown model where none is named. */
  readonly #models: readonly (RecordEntryValue | undefined)[];

  constructor(view: RecordView, site: Span, context: AssetContext) {
    this.#context = context;
    this.#variables = new TestVariables(view, site.file, context);
    const models = modelsOf(presentEntry(view, "providers") ?? presentEntry(view, "targets"));
    this.#models = models.length > 0 ? models : [undefined];
  }

  requests({ value, span }: { value: Value; span: Span }): readonly LoweredRequest[] {
    const view = viewRecord(value);
    const source =
      value.type === "text" ? value : (presentEntry(view, "raw") ?? presentEntry(view, "id"))?.value;
    if (source?.type !== "text") return [];
    const path = filePath(literalText(source) ?? "");
    const prompts = path === undefined ? [source] : this.#file(path);
    return this.#models.flatMap((model) => {
      const { dialect, platform } = wireOf(literalText(model?.value));
      return prompts.flatMap((prompt) => {
        const messages = asList(prompt) ?? this.#messagesIn(prompt);
        const body = messages ? this.#chat(messages, dialect) : this.#text(prompt, span, dialect);
        if (!body) return [];
        return assembleRequest(body, {
          site: span,
          sdk: "promptfoo",
          platform,
          use: "asset",
          takesMarks: false,
          isNeutral: model === undefined,
          model,
        });
      });
    });
  }

  /** The prompts in a file: a list of messages, or texts between lines of dashes. */
  #file(path: string): readonly Value[] {
    if (/\.(?:json|ya?ml)$/i.test(path)) {
      return this.#context.readData(path).flatMap(({ value }) => asList(value) ?? []);
    }
    if (/\.(?:js|cjs|mjs|ts|py)(?::\w+)?$/i.test(path)) return [];
    const text = this.#context.readText(path);
    return text ? splitAtDashes(text) : [];
  }

  /** A text may be the JSON of a chat. */
  #messagesIn(prompt: Value): ListValue | undefined {
    if (prompt.type !== "text" || !/^\s*\[\s*\{/.test(literalText(prompt) ?? "")) return undefined;
    const messages = asList(this.#context.parseJson(prompt));
    const isChat = messages?.elements.every(({ value }) => presentEntry(viewRecord(value), "role"));
    return isChat ? messages : undefined;
  }

  #text(template: Value, span: Span, dialect: Dialect): LoweredBody | undefined {
    if (template.type !== "text") return undefined;
    const { parts } = this.#fill(template);
    return lowerPromptText(dialect, [{ role: "user", parts, span: parts[0]?.span ?? span }]);
  }

  #chat(messages: ListValue, dialect: Dialect): LoweredBody {
    const { span } = messages;
    const filled = this.#fillAll(messages) as ListValue;
    if (dialect === "anthropic")
      return lowerAnthropic(anthropicBody(filled, span), span, { acceptsAutomaticMark: true });
    const lowered = filled.elements.flatMap(({ value, span: at }): PromptMessage[] => {
      const view = viewRecord(value);
      const role = literalText(presentEntry(view, "role")?.value);
      const content = presentEntry(view, "content");
      const { parts } = textOf(textsIn(content?.value));
      return role === undefined || !content ? [] : [{ role: roleOf(role), parts, span: at }];
    });
    return lowerPromptText(dialect, lowered);
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

/** Most providers that are compared. */
const mostProviders = 6;

/** The models that the providers call, each once. */
function modelsOf(providers: RecordEntryValue | undefined): readonly RecordEntryValue[] {
  const all = asList(providers?.value)?.elements ?? (providers ? [providers] : []);
  const models = new Map<string, RecordEntryValue>();
  for (const provider of all.slice(0, mostProviders)) {
    const model = modelOf(provider);
    const name = literalText(model?.value);
    if (model && name !== undefined && !models.has(name)) models.set(name, model);
  }
  return [...models.values()];
}

/** `anthropic:messages:claude-sonnet-4-5`, `openai:gpt-5.6`, `bedrock:us.amazon...`; as text, under `id`, or as a key. */
function modelOf(provider: { readonly value: Value; readonly span: Span }): RecordEntryValue | undefined {
  const view = viewRecord(provider.value);
  const [key, ...otherKeys] = view?.entries.keys() ?? [];
  const isKey = key !== undefined && otherKeys.length === 0 && key.includes(":");
  const id = isKey
    ? { value: textAt(key, provider.span), span: provider.span }
    : provider.value.type === "text"
      ? provider
      : presentEntry(view, "id");
  const name = literalText(id?.value);
  if (name === undefined || !id) return undefined;
  const model = /^(?:[a-z][\w-]*:)+(.+?)$/.exec(
    name.replace(/:\d+$/, (version) => version.replace(":", "\0")),
  )?.[1];
  const known = (model ?? name).replace("\0", ":");
  if (/^(?:file|https?|exec|python)\b/.test(name)) return undefined;
  return recordEntry(textAt(known, id.span), id.span);
}

function textAt(literal: string, span: Span): TextValue {
  return { type: "text", parts: [{ kind: "literal", text: literal, span }] };
}

/** Texts between lines of dashes are prompts of their own. */
function splitAtDashes(text: TextValue): readonly TextValue[] {
  const [part, ...others] = text.parts;
  if (part?.kind !== "literal" || others.length > 0) return [text];
  const isVerbatim = part.span.end - part.span.start === part.text.length;
  const prompts: TextValue[] = [];
  let at = 0;
  for (const match of [...part.text.matchAll(/^---[ \t]*(?:\r?\n|$)/gm), undefined]) {
    const end = match?.index ?? part.text.length;
    const literal = part.text.slice(at, end);
    const { file, start } = part.span;
    const span = isVerbatim ? { file, start: start + at, end: start + end } : part.span;
    if (literal.trim() !== "") prompts.push(textAt(literal, span));
    at = end + (match?.[0].length ?? 0);
  }
  return prompts;
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
    this.#shared = this.#load(presentEntry(view, "defaultTest")?.value)[0];
    const scenarios = asList(presentEntry(view, "scenarios")?.value)?.elements ?? [];
    this.#tests = [
      ...this.#load(presentEntry(view, "tests")?.value),
      ...scenarios.flatMap(({ value }) => this.#scenario(viewRecord(value))),
    ];
  }

  /** The variables of each test: given there, or in a file of tests or a table whose columns they are. */
  #load(tests: Value | undefined): readonly RecordView[] {
    if (!tests) return [];
    const path = filePath(literalText(tests) ?? "");
    if (path !== undefined) {
      const data = this.#context.readData(path).map(({ value }) => value);
      if (!/\.csv$/i.test(path)) return data.flatMap((value) => this.#load(value));
      return data.flatMap(
        (rows) => asList(rows)?.elements.flatMap(({ value }) => viewRecord(value) ?? []) ?? [],
      );
    }
    const own = varsOf(tests);
    if (own) return [own];
    return (asList(tests)?.elements ?? []).flatMap(({ value }) => this.#load(value));
  }

  /** Every test of a scenario is run with every set of its variables. */
  #scenario(view: RecordView | undefined): readonly RecordView[] {
    const sets = this.#load(presentEntry(view, "config")?.value);
    const tests = this.#load(presentEntry(view, "tests")?.value);
    return tests.slice(0, mostOfScenario).flatMap((test) =>
      sets.slice(0, mostOfScenario).map((set) => ({
        ...test,
        entries: new Map([...set.entries, ...test.entries]),
      })),
    );
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

/** Most tests, and most sets of variables, of a scenario that are looked at. */
const mostOfScenario = 40;

function varsOf(test: Value | undefined): RecordView | undefined {
  return viewRecord(presentEntry(viewRecord(test), "vars")?.value);
}

function isSame(a: Value, b: Value): boolean {
  if (a.type === "constant" && b.type === "constant") return a.value === b.value;
  const text = literalText(a);
  return text !== undefined && text === literalText(b);
}
