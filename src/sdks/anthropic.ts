import { lowerAnthropic } from "../dialects/anthropic.ts";
import { presentEntry, viewRecord } from "../dialects/record-view.ts";
import { RequestDraft } from "../dialects/request-draft.ts";
import type { LoweredRequest, MarkFault, Platform } from "../request/request.ts";
import { accessPath, asList, literalText } from "../value/inspect.ts";
import type { CallEvent, OpaqueValue, Value } from "../value/value.ts";
import { assembleRequest, bodyEntry, namesOnPath, type RequestFacts } from "./assemble-request.ts";
import { callBody } from "./call-body.ts";
import type { CallContext, Sdk } from "./sdk.ts";

const uses: Readonly<Record<string, "send" | "count">> = {
  create: "send",
  acreate: "send",
  stream: "send",
  parse: "send",
  tool_runner: "send",
  toolRunner: "send",
  count_tokens: "count",
  countTokens: "count",
};

const wrappers = new Set([
  "with_raw_response",
  "with_streaming_response",
  "withRawResponse",
  "withStreamingResponse",
]);

/** The Anthropic SDKs for Python and TypeScript, whichever service their client talks to. */
export const anthropic: Sdk = {
  name: "anthropic",
  fromCall(call, context) {
    if (call.callee.type !== "opaque" || call.isNew) return undefined;
    const operation = operationOf(call.callee);
    const body = operation && callBody(call);
    if (!operation || !body) return undefined;
    const sender = senderOf(call.callee);
    if (sender === "other") return undefined;
    const sdk = isTypeScript(call) ? "anthropic-typescript" : "anthropic-python";
    const client = clientOf(call.callee);
    if (operation === "batch") return batch(body, call, { ...client, sdk }, sender);
    if (sender === "unknown" && !looksLikeRequest(call, body)) return undefined;
    const sent = request(body, { ...client, sdk, site: call.span, use: operation });
    return [sdk === "anthropic-python" ? withKnownArguments(sent, body, context) : sent];
  },
};

/** What the method is for: `...messages.create`, `...messages.batches.create`, with or without a wrapper. */
function operationOf(callee: OpaqueValue): "send" | "count" | "batch" | undefined {
  const steps = accessPath(callee).steps.filter((step) => !wrappers.has(step));
  const method = steps.at(-1);
  if (method === undefined || !Object.hasOwn(uses, method)) return undefined;
  if (steps.at(-2) === "messages") return uses[method];
  return steps.at(-2) === "batches" && steps.at(-3) === "messages" && method === "create"
    ? "batch"
    : undefined;
}

/** Whose client it is: certainly an Anthropic one, certainly none, or one we have not seen made. */
function senderOf(callee: OpaqueValue): "anthropic" | "other" | "unknown" {
  const { root, steps } = accessPath(callee);
  const names = namesOnPath(callee).join(" ");
  if (/twilio|slack|sendgrid|servicebus|mailgun|discord/i.test(names) || steps.includes("threads"))
    return "other";
  if (root.kind === "import" && /^(?:@anthropic-ai\/|anthropic\b)/.test(root.module)) return "anthropic";
  return /anthropic|claude/i.test(names) ? "anthropic" : "unknown";
}

/** Other services have `messages.create` too: it takes a model and messages, or arguments that are not in view. */
function looksLikeRequest(call: CallEvent, body: Value): boolean {
  const view = viewRecord(body);
  if (!view) return false;
  if (call.arguments.some(({ stretch }) => stretch))
    return !presentEntry(view, "to") && !presentEntry(view, "body");
  const hasMessages = presentEntry(view, "messages") !== undefined || view.rest.length > 0;
  return hasMessages && presentEntry(view, "model") !== undefined;
}

function isTypeScript(call: CallEvent): boolean {
  const { root } = accessPath(call.callee as OpaqueValue);
  if (root.kind === "import" && root.module.startsWith("@")) return true;
  return call.arguments.every(({ name, stretch }) => name === undefined && !stretch);
}

/** What a client class says about the service behind it. */
interface Client {
  readonly platform: Platform | undefined;
  /** False: requests go through InvokeModel. */
  readonly acceptsAutomaticMark: boolean;
}

const platforms: readonly (readonly [RegExp, Platform])[] = [
  [/BedrockMantle/, "bedrock"],
  [/Bedrock|bedrock-sdk/, "bedrock"],
  [/Vertex|GoogleCloud|vertex-sdk|google-cloud-sdk/, "vertex"],
  [/Foundry|foundry-sdk/, "foundry"],
  [/AWS|Aws|\/aws-sdk/, "anthropic"],
];

function clientOf(callee: OpaqueValue): Client {
  const { root, steps, values } = accessPath(callee);
  const names = namesOnPath(callee)
    .filter((name) => /anthropic/i.test(name))
    .join(" ");
  const acceptsAutomaticMark =
    !/Bedrock(?!Mantle)|bedrock-sdk/.test(names) || names.includes("BedrockMantle");
  const special = platforms.find(([pattern]) => pattern.test(names));
  if (special) return { platform: special[1], acceptsAutomaticMark };
  const made = root.kind === "import" ? values[steps.indexOf("()") + 1] : undefined;
  const platform = made ? platformOfAddress(made) : /\bAnthropic\b/.test(names) ? "anthropic" : undefined;
  return { platform, acceptsAutomaticMark };
}

/** The service a client talks to by its `base_url`; a client without one talks to Anthropic. */
function platformOfAddress({ origin }: OpaqueValue): Platform | undefined {
  if (origin.kind !== "call") return "anthropic";
  const named = origin.arguments.find(({ name }) => name === "base_url")?.value;
  const address =
    named ?? bodyEntry(origin.arguments[0]?.value ?? { type: "constant", value: null }, "baseURL")?.value;
  if (!address) return "anthropic";
  const url = literalText(address);
  if (url === undefined) return undefined;
  if (url.includes("api.anthropic.com")) return "anthropic";
  return url.includes("bedrock-mantle") ? "bedrock" : "other";
}

function request(body: Value, facts: Client & Omit<RequestFacts, "model">): LoweredRequest {
  const { acceptsAutomaticMark, ...rest } = facts;
  const lowered = lowerAnthropic(body, facts.site, { acceptsAutomaticMark });
  return assembleRequest(lowered, { ...rest, model: bodyEntry(body, "model") });
}

/** Python's functions refuse arguments they do not have; what stands in `extra_body` is sent in any version. */
function withKnownArguments(sent: LoweredRequest, body: Value, context: CallContext): LoweredRequest {
  const automatic = sent.checkpoints.filter(({ origin }) => origin === "automatic");
  const extra = bodyEntry(body, "extra_body");
  const isExtra = extra !== undefined && bodyEntry(extra.value, "cache_control") !== undefined;
  if (automatic.length === 0 || isExtra || context.holds("anthropic: takes the automatic mark")) return sent;
  const faults = automatic.map(({ span, after }): MarkFault => ({
    kind: "unsupported",
    span,
    after,
    reason:
      "Before version 0.83 the SDK has no such argument and ends with `TypeError: ... got an unexpected keyword " +
      "argument 'cache_control'`.",
    remedy: "Require anthropic 0.83 or later, or mark the blocks.",
  }));
  const checkpoints = sent.checkpoints.filter(({ origin }) => origin !== "automatic");
  return { ...sent, checkpoints, faults: [...sent.faults, ...faults] };
}

/** The requests of `batches.create(requests=[{custom_id, params}])`. */
function batch(
  body: Value,
  call: CallEvent,
  client: Client & { readonly sdk: string },
  sender: "anthropic" | "unknown",
): readonly LoweredRequest[] | undefined {
  const requests = bodyEntry(body, "requests");
  const facts = { ...client, use: "batch", site: call.span } as const;
  const elements = asList(requests?.value)?.elements ?? [];
  const known = elements.flatMap((element) => {
    const params = element.stretch ? undefined : bodyEntry(element.value, "params");
    return params && viewRecord(params.value) ? [request(params.value, facts)] : [];
  });
  if (known.length > 0) return known;
  if (sender === "unknown" || requests?.value.type !== "opaque") return undefined;
  const draft = new RequestDraft("anthropic");
  draft.addUnresolved("body", requests.value, requests.span);
  return [assembleRequest(draft.finish(), { ...facts, model: undefined })];
}
