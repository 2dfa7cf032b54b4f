import { defaultOf } from "../value/defaults.ts";
import { accessPath } from "../value/inspect.ts";
import type { OpaqueValue, Value } from "../value/value.ts";
import { bodyEntry } from "./assemble-request.ts";

/**
 * What the client behind a callee was made with under a name, in Python's spelling or in JavaScript's. `isMade` is
 * false where the making of the client is not in view, so that nothing is known of its options.
 */
export function clientOption(
  callee: OpaqueValue,
  pythonName: string,
  scriptName: string,
): { readonly isMade: boolean; readonly value: Value | undefined } {
  const { steps, values } = accessPath(callee);
  const made = values[steps.indexOf("()") + 1];
  if (!steps.includes("()") || made?.origin.kind !== "call") return { isMade: false, value: undefined };
  const { arguments: given } = made.origin;
  const named = given.find(({ name }) => name === pythonName)?.value;
  const first = given[0];
  const options = first?.name === undefined && !first?.stretch ? first?.value : undefined;
  return { isMade: true, value: named ?? (options && bodyEntry(options, scriptName)?.value) };
}

/** The literal text in front of the first hole of an address, or of any default it has; undefined for none. */
export function addressText(value: Value): string | undefined {
  if (value.type === "text") {
    const texts = value.parts.map((part) => (part.kind === "literal" ? part.text : "\u2026"));
    return texts.every((text) => text === "\u2026") ? undefined : texts.join("");
  }
  const fallback = value.type === "opaque" ? defaultOf(value) : undefined;
  return fallback && addressText(fallback);
}
