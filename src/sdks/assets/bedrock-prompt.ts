import { lowerConverse } from "../../dialects/converse.ts";
import { presentEntry, viewRecord, type RecordView } from "../../dialects/record-view.ts";
import type { LoweredRequest } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { list, listElement, record, recordEntry } from "../../value/construct.ts";
import { accessPath, asList, literalText } from "../../value/inspect.ts";
import type { CallEvent, RecordEntryValue, TextPart, TextValue, Value } from "../../value/value.ts";
import { assembleRequest } from "../assemble-request.ts";
import { callBody } from "../call-body.ts";
import { constructionOf } from "../construction.ts";
import { fillJinja } from "../fill-jinja.ts";
import type { AssetContext, Sdk } from "../sdk.ts";
import { camelized } from "./bedrock-properties.ts";
import { placeHoles, placeholder } from "./placeholders.ts";
import { TerraformReader } from "./terraform-properties.ts";

/**
 * Prompts of Amazon Bedrock's prompt management: the resources of CloudFormation
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrock-prompt.html), of the CDK
 * and of Terraform, and the body of `CreatePrompt`. Their variables are filled at each call. Read 2026-11-22.
 */
export const bedrockPrompt: Sdk = {
  name: "bedrock-prompt",
  fromData(value, span, context) {
    const view = viewRecord(value);
    const resources = viewRecord(presentEntry(view, "Resources")?.value);
    const terraform = viewRecord(presentEntry(view, "resource")?.value);
    const requests = resources
      ? [...resources.entries.values()].flatMap((entry) => ofResource(entry, context))
      : terraform
        ? ofTerraformResources(terraform, new TerraformReader(view, context), context)
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
  if (name === "CfnPrompt") {
    return call.arguments.some((given) => given.name === "variants")
      ? callBody(call)
      : call.arguments[2]?.value;
  }
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
  parseJson: () => undefined,
};

function ofResource({ value, span }: RecordEntryValue, context: AssetContext): readonly LoweredRequest[] {
  const view = viewRecord(value);
  const type = literalText(presentEntry(view, "Type")?.value) ?? "";
  const properties = presentEntry(view, "Properties")?.value;
  if (!/^AWS::Bedrock::Prompt(?:Version)?$/.test(type) || !properties) return [];
  return ofVariants(viewRecord(camelized(properties)), span, context);
}

/** `resource "aws_bedrockagent_prompt" "name"` of Terraform, in its JSON form `{"resource": {type: {name: {...}}}}`. */
function ofTerraformResources(
  resources: RecordView,
  reader: TerraformReader,
  context: AssetContext,
): readonly LoweredRequest[] {
  const prompts = viewRecord(presentEntry(resources, "aws_bedrockagent_prompt")?.value);
  return [...(prompts?.entries.values() ?? [])].flatMap(({ value, span }) => {
    const properties = asList(value)?.elements[0]?.value ?? value;
    return ofVariants(viewRecord(reader.properties(properties)), span, context);
  });
}

function ofVariants(
  properties: RecordView | undefined,
  site: Span,
  context: AssetContext,
): readonly LoweredRequest[] {
  const variants = asList(presentEntry(properties, "variants")?.value)?.elements ?? [];
  return variants.flatMap(({ value, span }) => {
    const variant = viewRecord(value);
    const template = templateOf(variant);
    if (!template) return [];
    const variables = new InputVariables(template.view, site.file);
    const body = bodyOf(template, span, (source) =>
      placeHoles(context.render(source, "braces", (name) => variables.value(name))),
    );
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

/** What a variant says to the model, and in which of the two forms. */
interface Template {
  readonly view: RecordView;
  /** Of the type TEXT. */
  readonly text: RecordEntryValue | undefined;
}

function templateOf(variant: RecordView | undefined): Template | undefined {
  const configuration = viewRecord(presentEntry(variant, "templateConfiguration")?.value);
  const text = presentEntry(configuration, "text");
  const view = viewRecord((text ?? presentEntry(configuration, "chat"))?.value);
  return view && { view, text };
}

function bodyOf({ view, text }: Template, span: Span, fill: Fill): Value | undefined {
  return text ? textBody(view, text, fill) : chatBody(view, span, fill);
}

/**
 * The body of `converse(modelId=..., promptVariables={...})`, where the model is a prompt that was made in view: the
 * default variant with its variables filled, then further messages. Undefined for any other model.
 */
export function storedPrompt(
  parameters: RecordView,
  site: Span,
): { readonly body: Value; readonly model: RecordEntryValue | undefined } | undefined {
  const given = viewRecord(presentEntry(parameters, "promptVariables")?.value);
  const made = given && creationOf(presentEntry(parameters, "modelId")?.value, 0);
  const properties = made && viewRecord(camelized(made));
  const variant = properties && defaultVariant(properties);
  const template = templateOf(variant);
  if (!template || !given) return undefined;
  const valueOf = (name: string) => presentEntry(viewRecord(presentEntry(given, name)?.value), "text")?.value;
  const body = bodyOf(template, site, (source) =>
    fillJinja(source, (name) => valueOf(name) ?? placeholder(name, site.file)),
  );
  const more = asList(presentEntry(parameters, "messages")?.value)?.elements ?? [];
  const messages = body?.type === "record" ? body.entries.get("messages") : undefined;
  const own = asList(messages?.value);
  if (body?.type !== "record") return undefined;
  if (own && messages && more.length > 0) {
    body.entries.set("messages", { ...messages, value: list([...own.elements, ...more], site) });
  }
  return { body, model: presentEntry(variant, "modelId") };
}

function defaultVariant(properties: RecordView): RecordView | undefined {
  const variants = asList(presentEntry(properties, "variants")?.value)?.elements ?? [];
  const wanted = literalText(presentEntry(properties, "defaultVariant")?.value);
  const nameOf = (value: Value) => literalText(presentEntry(viewRecord(value), "name")?.value);
  return viewRecord((variants.find(({ value }) => nameOf(value) === wanted) ?? variants[0])?.value);
}

/** Longest way from an ARN to the call that made the prompt: a version of it, an entry of the answer. */
const maximumHops = 6;

function creationOf(value: Value | undefined, hops: number): Value | undefined {
  if (value?.type !== "opaque" || hops > maximumHops) return undefined;
  const { origin } = value;
  if (origin.kind === "index" || origin.kind === "member") return creationOf(origin.object, hops + 1);
  if (origin.kind !== "call") return undefined;
  const call = { ...origin, span: value.span, frame: value.frame };
  const name = origin.callee.type === "opaque" ? accessPath(origin.callee).steps.at(-1) : undefined;
  if (name === "create_prompt") return callBody(call);
  if (name === "send") return commandBody(origin.arguments[0]?.value, hops);
  const identifier = viewRecord(callBody(call));
  return name === "create_prompt_version"
    ? creationOf(presentEntry(identifier, "promptIdentifier")?.value, hops + 1)
    : undefined;
}

/** What `new CreatePromptCommand(...)` or `new CreatePromptVersionCommand(...)` was made with. */
function commandBody(value: Value | undefined, hops: number): Value | undefined {
  const made = constructionOf(value);
  const input = made?.arguments[0]?.value;
  if (made?.name === "CreatePromptCommand") return input;
  if (made?.name !== "CreatePromptVersionCommand") return undefined;
  return creationOf(presentEntry(viewRecord(input), "promptIdentifier")?.value, hops + 1);
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
