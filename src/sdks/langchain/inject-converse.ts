import type { LoweredBody } from "../../dialects/request-draft.ts";
import { literalText } from "../../value/inspect.ts";
import { injectCheckpoint, lastSegmentOf, type InjectedMark } from "../inject-checkpoints.ts";
import type { ChatModel } from "./models.ts";

/** Most cache points a Converse request takes. */
const maximumCachePoints = 4;

/**
 * Where the `cache_control` option puts cache points: behind the system text, the last message and the tools, each
 * unless there is one by hand; Python also behind the last message but one, where there is none by hand at all. Nova
 * gets none on tools and no TTL.
 * https://github.com/langchain-ai/langchain-aws/blob/0434c7f/libs/aws/langchain_aws/chat_models/bedrock_converse.py
 * (langchain-aws 1.7.3) and
 * https://github.com/langchain-ai/langchainjs/blob/62fc484/libs/providers/langchain-aws/src/utils/message_inputs.ts,
 * read 2026-11-22.
 */
export function injectConverse(
  lowered: LoweredBody,
  model: ChatModel,
  mark: InjectedMark,
  inScript: boolean,
): LoweredBody {
  const id = literalText(model.model?.value) ?? "";
  const isNova = /amazon\.nova/i.test(id);
  const given = isNova || mark.ttl?.text === "5m" ? { span: mark.span, ttl: undefined } : mark;
  const manual = lowered.checkpoints.length;
  let body = lowered;
  const has = (test: (index: number) => boolean) => lowered.checkpoints.some(({ after }) => test(after));
  const put = (after: number): void => {
    if (inScript || body.checkpoints.length < maximumCachePoints) body = injectCheckpoint(body, after, given);
  };
  const { segments } = lowered;
  if (!has((after) => segments[after]?.region === "system")) put(lastSegmentOf(lowered, "system"));
  const last = lastSegmentOf(lowered, "messages");
  const message = segments[last]?.message;
  if (!has((after) => segments[after]?.region === "messages" && segments[after]?.message === message))
    put(last);
  if (!isNova && !has((after) => segments[after]?.region === "tools")) put(lastSegmentOf(lowered, "tools"));
  if (inScript || manual > 0 || isNova || !/anthropic/i.test(id) || message === undefined) return body;
  put(segments.findLastIndex((segment) => segment.region === "messages" && segment.message === message - 1));
  return body;
}
