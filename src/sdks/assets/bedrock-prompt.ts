import { lowerConverse } from "../../dialects/converse.ts";
import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { LoweredRequest } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry } from "../../value/construct.ts";
import { accessPath, asList, literalText } from "../../value/inspect.ts";
import type { CallEvent, RecordEntryValue, TextPart, TextValue, Value } from "../../value/value.ts";
import { assembleRequest } from "../assemble-request.ts";
import { callBody } from "../call-body.ts";
import type { AssetContext, Sdk } from "../sdk.ts";
import { resolveIntrinsics } from "./cloudformation-values.ts";
import { placeHoles, placeholder } from "./placeholders.ts";

/**
 * Prompts of Amazon Bedrock's prompt management: the resources of CloudFormation
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrock-prompt.html), and the
 * body of `CreatePrompt`. Their variables are filled at each call. Read 2026-11-22.
 */
export const bedrockPrompt: Sdk = {
  name: "bedrock-prompt",
  fromData(value, span, context) {
    const view = viewRecord(value);
    const resources = viewRecord(presentEntry(view, "Resources")?.value);
    const requests = resources
      ? [...resources.entries.values()].flatMap((entry) => ofResource(entry, context))
      : ofVariants(viewRecord(camelized(value)), span, context);
    return requests.length > 0 ? requests : undefined;
  },
  fromCall(call) {
    const properties = propertiesOf(call);
    const requests = properties ? ofVariants(viewRecord(camelized(properties)), call.span, inCode) : [];
    return requests.length > 0 ? requests : undefined;
  },
};

/** `create_prompt(variants=[...])`, `new CreatePromptCommand({...})`, and `new CfnPrompt(scope, id, {...})` of the CDK. */
function propertiesOf(call: CallEvent): Value | undefined {
  const { callee } = call;
  if (callee.type !== "opaque") return undefined;
  const { root, steps } = accessPath(callee);
  const name = steps.at(-1) ?? (root.kind === "import" ? root.name : undefined);
  if (name === "CfnPrompt") return call.arguments[2]?.value;
  return name === "create_prompt" || name === "CreatePromptCommand" ? callBody(call) : undefined;
}

/** Fills the texts of a program: a placeholder has the place of its literal. */
const inCode: AssetContext = {
  render: (text, _syntax, variable) => ({
    type: "text",
    parts: text.parts.flatMap((part): readonly TextPart[] => {
      if (part.kind === "hole") return [part];
      return part.text.split(/(\{\{\s*[\w$.-]+\s*\}\})/).flatMap((piece): readonly TextPart[] => {
        if (piece === "") return [];
        const name = /^\{\{\s*([\w$.-]+)\s*\}\}$/.exec(piece)?.[1];
        const hole = name === undefined ? undefined : variable(name);
        if (hole?.type !== "opaque") return [{ ...part, text: piece }];
        return [{ kind: "hole", hole, span: part.span, frame: undefined }];
      });
    }),
  }),
  readText: () => undefined,
  readData: () => [],
};

function ofResource({ value, span }: RecordEntryValue, context: AssetContext): readonly LoweredRequest[] {
  const view = viewRecord(value);
  const type = literalText(presentEntry(view, "Type")?.value) ?? "";
  const properties = presentEntry(view, "Properties")?.value;
  if (!/^AWS::Bedrock::Prompt(?:Version)?$/.test(type) || !properties) return [];
  return ofVariants(viewRecord(camelized(properties)), span, context);
}

function ofVariants(
  properties: RecordView | undefined,
  site: Span,
  context: AssetContext,
): readonly LoweredRequest[] {
  const variants = asList(presentEntry(properties, "variants")?.value)?.elements ?? [];
  return variants.flatMap(({ value, span }) => {
    const variant = viewRecord(value);
    const configuration = viewRecord(presentEntry(variant, "templateConfiguration")?.value);
    const text = presentEntry(configuration, "text");
    const chat = presentEntry(configuration, "chat");
    const template = viewRecord((text ?? chat)?.value);
    if (!template) return [];
    const variables = new InputVariables(template, site.file);
    const fill = (source: TextValue): TextValue =>
      placeHoles(context.render(source, "braces", (name) => variables.value(name)));
    const body = text ? textBody(template, text, fill) : chatBody(template, span, fill);
    const facts = {
      site: span,
      sdk: "bedrock-prompt",
      platform: "bedrock",
      use: "asset",
      model: presentEntry(variant, "modelId"),
      modelless: "whoever runs the prompt names the model",
    } as const;
    return body ? [assembleRequest(lowerConverse(body, span), facts)] : [];
  });
}

type Fill = (source: TextValue) => TextValue;

/** A prompt of the type TEXT is one user message; its cache point stands behind the whole text. */
function textBody(template: RecordView, { span }: RecordEntryValue, fill: Fill): Value | undefined {
  const text = presentEntry(template, "text");
  if (text?.value.type !== "text") return undefined;
  const blocks = [
    listElement(record(text.span, [["text", { ...text, value: fill(text.value) }]]), text.span),
  ];
  const mark = presentEntry(template, "cachePoint");
  if (mark) {
    const place = mark.entrySpan;
    blocks.push(listElement(record(place, [["cachePoint", mark]]), place));
  }
  const message = record(span, [
    ["role", recordEntry({ type: "text", parts: [{ kind: "literal", text: "user", span }] }, span)],
    ["content", recordEntry(list(blocks, span), span)],
  ]);
  return record(span, [["messages", recordEntry(list([listElement(message, span)], span), span)]]);
}

function chatBody(template: RecordView, span: Span, fill: Fill): Value {
  const filled = (key: string, name = key) => {
    const entry = presentEntry(template, key);
    return entry ? [[name, { ...entry, value: fillAll(entry.value, fill) }] as const] : [];
  };
  return record(span, [
    ...filled("system"),
    ...filled("messages"),
    ...filled("toolConfiguration", "toolConfig"),
  ]);
}

/** Fills the placeholders of every text inside a value. */
function fillAll(value: Value, fill: Fill): Value {
  switch (value.type) {
    case "text":
      return value.parts.some((part) => part.kind === "literal" && part.text.includes("{{"))
        ? fill(value)
        : value;
    case "list":
      return {
        ...value,
        elements: value.elements.map((element) => ({ ...element, value: fillAll(element.value, fill) })),
      };
    case "record":
      return {
        ...value,
        entries: new Map(
          [...value.entries].map(([key, entry]) => [key, { ...entry, value: fillAll(entry.value, fill) }]),
        ),
      };
    default:
      return value;
  }
}

/** The variables a prompt declares. */
class InputVariables {
  readonly #path: string;
  readonly #declared: ReadonlyMap<string, Span>;
  readonly #values = new Map<string, Value>();

  constructor(template: RecordView, path: string) {
    this.#path = path;
    const variables = asList(presentEntry(template, "inputVariables")?.value)?.elements ?? [];
    this.#declared = new Map(
      variables.map(({ value, span }) => [
        literalText(presentEntry(viewRecord(value), "name")?.value) ?? "",
        span,
      ]),
    );
  }

  value(name: string): Value {
    const known = this.#values.get(name);
    if (known) return known;
    const span = this.#declared.get(name);
    const value = placeholder(name, this.#path, {
      scope: "turn",
      confidence: "certain",
      reason: `the prompt variable \`${name}\``,
      span,
    });
    this.#values.set(name, value);
    return value;
  }
}

/**
 * A value with the keys that the API has: CloudFormation begins them with capitals. Functions of CloudFormation
 * become values that are fixed per deployment. Below `Json` stands a schema with keys of its own.
 */
function camelized(value: Value): Value {
  const resolved = resolveIntrinsics(value);
  if (resolved.type === "list") {
    return {
      ...resolved,
      elements: resolved.elements.map((element) => ({ ...element, value: camelized(element.value) })),
    };
  }
  if (resolved.type !== "record") return resolved;
  const entries = [...resolved.entries].map(([key, entry]) => {
    const name = key.charAt(0).toLowerCase() + key.slice(1);
    return [name, name === "json" ? entry : { ...entry, value: camelized(entry.value) }] as const;
  });
  return { ...resolved, entries: new Map(entries) };
}
