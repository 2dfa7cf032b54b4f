import type { Dialect, LoweredRequest } from "../../request/request.ts";
import type { Span } from "../../source/source-file.ts";
import { opaque } from "../../value/construct.ts";
import { scopeOfName } from "../../value/lexicon.ts";
import type { Confidence, Scope } from "../../value/scope.ts";
import type { OpaqueValue, TextPart, TextValue } from "../../value/value.ts";

/** What is known of the values of a placeholder. */
export interface PlaceholderFacts {
  readonly scope: Scope;
  readonly confidence: Confidence;
  readonly reason: string;
  /** Where that is said; undefined: at the placeholder. */
  readonly span?: Span | undefined;
}

/** A place that stands for that of the placeholder itself; see `placeHoles`. */
export const nowhere: Span = { file: "", start: 0, end: 0 };

/** A placeholder that whoever sends the prompt fills. */
export function placeholder(name: string, path: string, facts?: PlaceholderFacts): OpaqueValue {
  const { scope, confidence, reason, span } = facts ?? factsOfName(name);
  return opaque(
    {
      origin: { kind: "parameter", functionName: path, name, annotation: undefined },
      key: `${path}{${name}}`,
      span: span ?? nowhere,
    },
    { scope, confidence, reason },
  );
}

/** What a name alone tells. */
function factsOfName(name: string): PlaceholderFacts {
  const scope = scopeOfName(name.slice(name.lastIndexOf(".") + 1));
  if (!scope) return { scope: "unknown", confidence: "certain", reason: "" };
  return { scope, confidence: "likely", reason: `the name \`${name}\`` };
}

/** Gives the values that come into being at their placeholders the places of these. */
export function placeHoles(text: TextValue): TextValue {
  return { type: "text", parts: text.parts.map(placeHole) };
}

function placeHole(part: TextPart): TextPart {
  if (part.kind === "literal" || part.hole.span.file !== "") return part;
  const { origin, key, id, scope, confidence, reason, order, clock, frame } = part.hole;
  const facts = { id, scope, confidence, reason, order, clock, frame };
  return { ...part, hole: opaque({ origin, key, span: part.span }, facts) };
}

/** The wire shape and the platform that the name of a model tells. */
export function wireOf(model: string | undefined): {
  readonly dialect: Dialect;
  readonly platform: LoweredRequest["platform"];
} {
  const id = model ?? "";
  if (/^bedrock\b|^(?:[a-z]{2,6}\.)?(?:anthropic|amazon|meta|mistral|cohere)\.|\bnova-/.test(id)) {
    return { dialect: "converse", platform: "bedrock" };
  }
  if (/claude|^anthropic\b/.test(id))
    return { dialect: "anthropic", platform: /vertex/.test(id) ? "vertex" : "anthropic" };
  if (/gemini|^(?:googleai|google|vertexai)\b/.test(id)) return { dialect: "gemini", platform: undefined };
  return { dialect: "openai", platform: undefined };
}
