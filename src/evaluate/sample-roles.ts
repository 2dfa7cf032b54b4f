import type { Span } from "../source/source-file.ts";
import { text } from "../value/construct.ts";
import { modelAnswer } from "../value/reasons.ts";
import type { OpaqueValue, TextValue, Value } from "../value/value.ts";

/** Roles of made-up messages. A program may have other words for them, and test for these. */
const sampleRoles = new WeakMap<Value, string>();

/** What programs call who speaks, besides what the providers do. */
const otherWords: Readonly<Record<string, RegExp>> = {
  user: /^(?:user|human)$/i,
  assistant: /^(?:assistant|ai|model|bot|agent)$/i,
  system: /^system$/i,
};

/** The role of a made-up message, or the type of one that says the same. */
export function sampleRole(role: string, meaning: string, span: Span): TextValue {
  const made = text(role, span);
  sampleRoles.set(made, meaning);
  return made;
}

/** Who speaks in an answer is the model, in whatever words. */
export function roleOfAnswer({ reason }: OpaqueValue, name: string, span: Span): TextValue | undefined {
  return name === "role" && reason === modelAnswer ? sampleRole("assistant", "assistant", span) : undefined;
}

/** Whether one of two values is the role of a made-up message, and the other text a word for it: `role == "human"`. */
export function isWordForRole(left: Value, right: Value, a: string, b: string): boolean {
  const [role, word] = [sampleRoles.get(left), b];
  if (role !== undefined) return otherWords[role]?.test(word) === true;
  const other = sampleRoles.get(right);
  return other !== undefined && otherWords[other]?.test(a) === true;
}
