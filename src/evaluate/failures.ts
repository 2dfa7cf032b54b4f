import type { Expression } from "../program/program.ts";
import type { Statement } from "../program/statement.ts";

/** Functions that make the result of something that went wrong: `Err(...)`, `Result.fail(...)`. */
const makesFailure = /^(?:err|error|fail|failed|failure|makeErr(?:or)?|left|reject(?:ed)?)$/i;

/**
 * Whether a statement ends a function because nothing worked: a throw, or a result that says so, as in
 * `return Err("unknown provider")` or `return { success: false }`.
 */
export function isFailure(statement: Statement | undefined): boolean {
  if (statement?.kind === "throw") return true;
  return statement?.kind === "return" && statement.value !== undefined && saysFailure(statement.value);
}

function saysFailure(value: Expression): boolean {
  if (value.kind === "call") {
    const { callee } = value;
    return (callee.kind === "name" || callee.kind === "member") && makesFailure.test(callee.name);
  }
  if (value.kind !== "record") return false;
  return value.entries.some(
    (entry) =>
      entry.kind === "entry" &&
      entry.key.kind === "literal" &&
      /^(?:ok|success)$/.test(String(entry.key.value)) &&
      entry.value.kind === "literal" &&
      entry.value.value === false,
  );
}
