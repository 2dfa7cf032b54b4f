import type { CallContext } from "../sdk.ts";
import type { ModelTarget, Translation } from "./model-target.ts";

/** What carries a mark, as far as a provider makes a difference. */
export type Carrier = "part" | "system" | "message" | "tool" | "providerTool" | "thinking";

/** Marks beyond which the Anthropic provider sends none. */
export const maximumMarks = 4;

/** The key a mark has on the wire. */
export const wireKeys: Readonly<Record<Translation, string>> = {
  anthropic: "cache_control",
  bedrock: "cachePoint",
  openai: "prompt_cache_breakpoint",
  openrouter: "cache_control",
  alibaba: "cache_control",
  compatible: "cache_control",
  gemini: "",
  plain: "",
};

/** The option to write. */
export const ownOptions: Readonly<Record<Translation, string>> = {
  anthropic: '`anthropic: { cacheControl: { type: "ephemeral" } }`',
  bedrock: '`bedrock: { cachePoint: { type: "default" } }`',
  openai: '`openai: { promptCacheBreakpoint: { mode: "explicit" } }`',
  openrouter: '`openrouter: { cache_control: { type: "ephemeral" } }`',
  alibaba: '`alibaba: { cacheControl: { type: "ephemeral" } }`',
  compatible: '`openaiCompatible: { cache_control: { type: "ephemeral" } }`',
  gemini: "",
  plain: "",
};

/** As the subject of a sentence. */
export const providerNames: Readonly<Record<Translation, string>> = {
  anthropic: "The Anthropic provider of the AI SDK",
  bedrock: "The Bedrock provider of the AI SDK",
  openai: "The OpenAI provider of the AI SDK",
  openrouter: "The OpenRouter provider of the AI SDK",
  alibaba: "The Alibaba provider of the AI SDK",
  compatible: "The OpenAI-compatible provider of the AI SDK",
  gemini: "The Google provider of the AI SDK",
  plain: "The provider",
};

/** Why a provider leaves out a mark of its own, which is the nth one of the request; undefined where it sends it. */
export function dropReason(
  { translation, package: name }: ModelTarget,
  carrier: Carrier,
  count: number,
  context: CallContext,
): string | undefined {
  switch (translation) {
    case "anthropic":
      if (carrier === "thinking") return "sends no mark on a reasoning part";
      // https://github.com/vercel/ai/blob/main/packages/anthropic/src/anthropic-prepare-tools.ts, read 2026-11-23
      if (carrier === "providerTool") return "sends no mark on a tool of the provider, such as web search";
      if (
        carrier === "tool" &&
        name === "@ai-sdk/anthropic" &&
        !context.holds("ai-sdk-anthropic: marks tools")
      )
        return "has no mark for tools before version 2";
      return count > maximumMarks
        ? "sends four marks, counted in the system text, then the messages, then the tools, and drops this one"
        : undefined;
    case "bedrock":
      if (isTool(carrier)) return "has no mark for tools";
      return carrier === "part" && name !== undefined && !context.holds("ai-sdk-bedrock: marks parts")
        ? "reads a mark on a whole message only before version 5"
        : undefined;
    case "openrouter":
    case "alibaba":
      return isTool(carrier) ? "has no mark for tools" : undefined;
    case "openai":
    case "compatible":
      if (isTool(carrier)) return "has no mark for tools";
      if (
        translation === "openai" &&
        name === "@ai-sdk/openai" &&
        !context.holds("ai-sdk-openai: marks parts")
      )
        return "sends no breakpoints before version 4.0.11";
      return carrier === "message" ? "reads a mark on a part or a system message only" : undefined;
    case "gemini":
    case "plain":
      return undefined;
  }
}

function isTool(carrier: Carrier): boolean {
  return carrier === "tool" || carrier === "providerTool";
}
