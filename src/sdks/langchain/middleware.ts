import type { LoweredBody } from "../../dialects/request-draft.ts";
import type { MarkFault } from "../../request/request.ts";
import { literalText } from "../../value/inspect.ts";
import { injectCheckpoint, lastSegmentOf, type InjectedMark } from "../inject-checkpoints.ts";
import type { CallContext } from "../sdk.ts";
import { injectConverse } from "./inject-converse.ts";
import type { ChatModel } from "./models.ts";

/** Middleware that places checkpoints, for the models of one provider. */
export interface Middleware extends InjectedMark {
  readonly name: string;
  readonly provider: "anthropic" | "bedrock";
  readonly isScript: boolean;
  /** Messages, the system text counted as one, from which on it places any. */
  readonly leastMessages: number;
}

/**
 * What the caching middleware of agents does to each request of a model it supports. For Claude: the option
 * `cache_control`, which marks the last block; in Python (since langchain-anthropic 1.4) also marks on the last system
 * block and the last tool. For other models it warns at most.
 * https://github.com/langchain-ai/langchain/blob/master/libs/partners/anthropic/langchain_anthropic/middleware/prompt_caching.py
 * and https://github.com/langchain-ai/langchainjs/blob/62fc484/libs/langchain/src/agents/middleware/provider, read
 * 2026-11-22.
 */
export function applyMiddleware(
  lowered: LoweredBody,
  model: ChatModel,
  middleware: Middleware,
  context: CallContext,
): LoweredBody {
  if (!isSupported(model, middleware)) return withFault(lowered, middleware, unsupported(model, middleware));
  const { leastMessages, isScript } = middleware;
  const count = countMessages(lowered);
  if (count !== undefined && count < leastMessages) {
    return withFault(lowered, middleware, tooFew(count, middleware));
  }
  if (model.dialect === "converse") return injectConverse(lowered, model, middleware, isScript);
  const last = injectCheckpoint(lowered, lowered.segments.length - 1, middleware);
  if (middleware.provider === "bedrock" || isScript) return last;
  if (!context.holds("langchain-anthropic: marks system and tools")) return last;
  const withSystem = injectCheckpoint(last, lastSegmentOf(last, "system"), middleware);
  return injectCheckpoint(withSystem, lastSegmentOf(withSystem, "tools"), middleware);
}

/** Classes that the middleware for Claude takes; the others of LangChain do not derive from `ChatAnthropic`. */
const anthropicClasses = new Set(["ChatAnthropic", "ChatAnthropicBedrock", "ChatAnthropicMantle"]);

/** Whether a middleware places marks in requests of a model. */
export function isSupported({ name, model }: ChatModel, { provider }: Middleware): boolean {
  if (provider === "anthropic") return anthropicClasses.has(name);
  const isBedrock = name === "ChatBedrock" || name === "ChatBedrockConverse";
  const id = literalText(model?.value);
  return isBedrock && (id === undefined || /anthropic|amazon\.nova/i.test(id));
}

function unsupported({ name }: ChatModel, middleware: Middleware): Pick<MarkFault, "reason" | "remedy"> {
  const isOther = middleware.provider === "anthropic" || !/^ChatBedrock/.test(name);
  return {
    reason: isOther
      ? `\`${middleware.name}\` does nothing for \`${name}\`: it places no mark.`
      : `\`${middleware.name}\` supports Claude and Nova only: it places no mark.`,
    remedy: "Use the middleware of the model's provider, or place marks by hand.",
  };
}

/** The messages of a request whose conversation is wholly in view; the system text counts as one. */
function countMessages({ segments }: LoweredBody): number | undefined {
  if (segments.some(({ region, stretch }) => region === "messages" && stretch)) return undefined;
  const messages = new Set(
    segments.filter(({ region }) => region === "messages").map(({ message }) => message),
  );
  return messages.size + (segments.some(({ region }) => region === "system") ? 1 : 0);
}

function tooFew(count: number, { name, leastMessages }: Middleware): Pick<MarkFault, "reason" | "remedy"> {
  return {
    reason: `\`${name}\` places a mark from ${leastMessages} messages on, and this request has ${count}.`,
    remedy: "Lower `minMessagesToCache`.",
  };
}

function withFault(
  lowered: LoweredBody,
  { span }: Middleware,
  words: Pick<MarkFault, "reason" | "remedy">,
): LoweredBody {
  const fault: MarkFault = { kind: "ignored", span, after: lowered.segments.length - 1, ...words };
  return { ...lowered, faults: [...lowered.faults, fault] };
}
