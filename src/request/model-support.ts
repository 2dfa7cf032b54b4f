import { accessPath } from "../value/inspect.ts";
import type { Decision, OpaqueValue } from "../value/value.ts";

const modelWords = /model|provider|platform|vendor|deployment|supports?(?![a-z])|caching|prompt_?cache/i;

/** Names by which conditions tell models apart: `claude-sonnet-4-5`, `gpt-5`, `anthropic`. */
const modelNames =
  /\b(?:claude|anthropic|gpt|openai|gemini|nova|bedrock|vertex|llama|mistral|deepseek|grok|qwen)\b/i;

/**
 * True for a condition on which model, provider or platform serves the request, or on what it supports. Another model
 * has another cache whatever the text says, so such a condition costs nothing.
 */
export function isModelSupport({ key, subjects }: Pick<Decision, "key" | "subjects">): boolean {
  return (
    modelNames.test(key) || subjects.some((subject) => namesOf(subject).some((name) => modelWords.test(name)))
  );
}

/** A comparison with the name of a provider, and not with that of a model. */
const providerChoice =
  /^equal:.*=\["(?:anthropic|(?:amazon-|aws-)?bedrock|openai|openrouter|google|gemini|vertex(?:ai)?|azure|groq|mistral|deepseek|xai|ollama|gateway)"\]$/is;

/** True for a condition on which provider, of several that the code can go to, a request goes to. */
export function isProviderChoice({ key }: Pick<Decision, "key">): boolean {
  return providerChoice.test(key);
}

function namesOf(subject: OpaqueValue): readonly string[] {
  const { root, steps } = accessPath(subject);
  if (root.kind === "parameter") return [root.name, ...steps];
  if (root.kind === "import") return [root.name, ...steps];
  if (root.kind === "operation") {
    return [
      ...steps,
      ...root.operands.flatMap((operand) => (operand.type === "opaque" ? namesOf(operand) : [])),
    ];
  }
  return steps;
}
