/** A page, data set or measurement that figures of the catalog were read from. */
export interface Source {
  readonly url: string;
  /** `primary`: the provider itself; `secondary`: others about it; `measurement`: somebody tried. */
  readonly kind: "primary" | "secondary" | "measurement";
  /** State of the copy that was read: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly note?: string;
}

export const sources = {
  "bedrock-ug": {
    url: "https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html",
    kind: "primary",
    asOf: "2026-09",
    note: "The newest full copy is from between 2026-09-01 and 2026-09-22.",
  },
  "bedrock-card-sonnet-5-5": {
    url: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-sonnet-5-5.html",
    kind: "secondary",
    asOf: "2026-10-06",
    note: "Seen through an extract only; the address is inferred from that of the Fable 5.1 card.",
  },
  "bedrock-cards-nova": {
    url: "https://docs.aws.amazon.com/bedrock/latest/userguide/models.html",
    kind: "primary",
    asOf: "2026-09",
    note: "The cards of the Nova models.",
  },
  "bedrock-price-list": {
    url: "https://aws.amazon.com/bedrock/pricing/",
    kind: "primary",
    asOf: "2026-09-29",
    note: "The price list data of that date.",
  },
  "aws-agent-toolkit": {
    url: "https://github.com/aws/agent-toolkit-for-aws/blob/main/skills/core-skills/amazon-bedrock/references/prompt-caching.md",
    kind: "primary",
    asOf: "2026-07-23",
    note: "A skill file of the vendor.",
  },
  "anthropic-docs": {
    url: "https://platform.claude.com/docs/en/build-with-claude/prompt-caching",
    kind: "primary",
    asOf: "2026-10-10",
    note: "A full copy of 2026-08-21, a translated one of late September, fragments of 1 to 10 October.",
  },
  "anthropic-pricing": {
    url: "https://platform.claude.com/docs/en/about-claude/pricing",
    kind: "primary",
    asOf: "2026-10-10",
    note: "A full copy of 2026-08-21; later rows from launch pages.",
  },
  "anthropic-fable52": {
    url: "https://platform.claude.com/docs/en/models/fable-5-2/whats-new-fable-5-2",
    kind: "primary",
    asOf: "2026-11",
    note: "Translated copies; list the model as supporting prompt caching, minimum not visible in the excerpt read.",
  },
  "openai-docs": {
    url: "https://developers.openai.com/api/docs/guides/prompt-caching",
    kind: "primary",
    asOf: "2026-10-02",
  },
  "openai-pricing": {
    url: "https://developers.openai.com/api/docs/pricing",
    kind: "primary",
    asOf: "2026-10",
    note: "Cross-checked with two open price data sets.",
  },
  "azure-docs": {
    url: "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/prompt-caching",
    kind: "primary",
    asOf: "2026",
  },
  "gemini-docs": {
    url: "https://ai.google.dev/gemini-api/docs/caching",
    kind: "primary",
    asOf: "2026-10-13",
  },
  "gemini-pricing": {
    url: "https://ai.google.dev/gemini-api/docs/pricing",
    kind: "primary",
    asOf: "2026-10",
  },
  "vertex-docs": {
    url: "https://cloud.google.com/vertex-ai/generative-ai/docs/context-cache/context-cache-overview",
    kind: "primary",
    asOf: "2026",
    note: "Older copy.",
  },
  "deepseek-docs": { url: "https://api-docs.deepseek.com/guides/kv_cache", kind: "primary", asOf: "2026" },
  "xai-docs": { url: "https://docs.x.ai/docs", kind: "primary", asOf: "2026", note: "Prompt caching pages." },
  "mistral-docs": { url: "https://docs.mistral.ai/", kind: "primary", asOf: "2026" },
  "moonshot-docs": { url: "https://platform.moonshot.ai/docs", kind: "primary", asOf: "2026" },
  "zai-docs": { url: "https://docs.z.ai/guides/capabilities/cache", kind: "primary", asOf: "2026" },
  "groq-docs": { url: "https://console.groq.com/docs/prompt-caching", kind: "primary", asOf: "2026" },
  "fireworks-docs": { url: "https://docs.fireworks.ai/guides/prompt-caching", kind: "primary", asOf: "2026" },
  "together-docs": { url: "https://docs.together.ai/", kind: "primary", asOf: "2026" },
  "openrouter-docs": {
    url: "https://openrouter.ai/docs/features/prompt-caching",
    kind: "primary",
    asOf: "2026",
  },
  "litellm-bedrock-measure": {
    url: "https://github.com/BerriAI/litellm-docs/pull/49",
    kind: "measurement",
    asOf: "2026-04-29",
    note: "Sonnet 4.6 on Bedrock: no cache at 2,038 tokens, cached at 2,067.",
  },
  "anthropic-sdk-1194": {
    url: "https://github.com/anthropics/anthropic-sdk-python/issues/1194",
    kind: "measurement",
    asOf: "2026",
    note: "Sonnet 4.6 on the Claude API: no cache near 1,024, cached from 2,048.",
  },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceId = keyof typeof sources;
