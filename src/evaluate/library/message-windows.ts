import { list } from "../../value/construct.ts";
import { literalText } from "../../value/inspect.ts";
import type { ListElement, Value } from "../../value/value.ts";
import { cutOf, iterable } from "../iteration.ts";
import { materialise } from "../opaques.ts";
import { isTrue } from "./arguments.ts";
import type { LibraryCall, LibraryFunction } from "./library.ts";

/** As many as a budget of tokens is taken to leave: how long messages are is not known. */
const keptMessages = 6;

/**
 * `trim_messages(messages, max_tokens=...)` of LangChain, `trimMessages(messages, {...})`: of a long conversation the
 * newest messages that fit, and the system message in front of them where it is asked for. Without messages it gives
 * a step of a chain.
 * https://reference.langchain.com/python/langchain-core/messages/utils/trim_messages, read 2026-11-22.
 */
export const trimMessages: LibraryFunction = (call) => {
  const [given] = call.args;
  if (!given || given.value.type === "record") return undefined;
  const source = iterable(call.run, given.value, given.span);
  if (!source) return undefined;
  const elements = materialise(call.run, source);
  if (literalText(option(call, "strategy")) === "first" || elements.length <= keptMessages) {
    return { ...list(elements.slice(), call.span), cuts: source.cuts };
  }
  const keepsSystem = isTrue(option(call, "include_system") ?? option(call, "includeSystem"));
  const isSystem = ({ value }: ListElement) =>
    value.type === "opaque" && value.origin.kind === "call" && /System/.test(calleeName(value.origin.callee));
  const head = keepsSystem ? elements.slice(0, 1).filter(isSystem) : [];
  const kept = [...head, ...elements.slice(-keptMessages)];
  const dropped = cutOf(call.run, call.span, elements.length - kept.length);
  return { ...list(kept, call.span), order: source.order, cuts: [...source.cuts, dropped] };
};

/**
 * `trim_messages(messages, model)` of LiteLLM: what fits the window of a model, into which most conversations fit. With a
 * limit of the caller's own it is not known what is left.
 * https://docs.litellm.ai/docs/completion/message_trimming, read 2026-11-23.
 */
export const fitMessages: LibraryFunction = ({ args, named, span }) => {
  const given = named.get("messages") ?? args[0];
  const isLimited =
    ["max_tokens", "return_response_tokens"].some((name) => named.has(name)) || args.length > 2;
  const messages = given?.value;
  if (messages?.type !== "list" || isLimited) return undefined;
  return { ...list(messages.elements.slice(), span), order: messages.order, cuts: messages.cuts };
};

function option(call: LibraryCall, name: string): Value | undefined {
  const options = call.args[1]?.value;
  const entry = options?.type === "record" ? options.entries.get(name) : undefined;
  return call.named.get(name)?.value ?? entry?.value;
}

function calleeName(callee: Value): string {
  if (callee.type !== "opaque") return "";
  const { origin } = callee;
  return origin.kind === "import" || origin.kind === "global" || origin.kind === "member" ? origin.name : "";
}
