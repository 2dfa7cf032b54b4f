import type { FunctionNode } from "../program/program.ts";
import type { ArgumentValue, Value } from "../value/value.ts";
import { bounds } from "./bounds.ts";
import type { Run } from "./run.ts";

/**
 * Whether a function that is running already calls itself for a part of what it was given, as one does that copies or
 * cleans a nested record: that comes to an end by itself, and what is deep inside must not be lost.
 * @param inside how often the function stands on the stack of calls
 */
export function isForPart(
  run: Run,
  node: FunctionNode,
  args: readonly ArgumentValue[],
  inside: number,
): boolean {
  if (inside > bounds.nesting) return false;
  // A callback of such a function stands on the stack as often as that one does.
  if (node.name === "" && [...run.active.values()].some((count) => count > inside)) return true;
  const outer = run.given.get(node)?.at(-1) ?? [];
  return args.some(({ value }) => outer.some((given) => holds(given.value, value)));
}

function holds(whole: Value, part: Value): boolean {
  if (whole.type === "list") return whole.elements.some(({ value }) => value === part);
  if (whole.type !== "record") return false;
  for (const { value } of whole.entries.values()) if (value === part) return true;
  return false;
}
