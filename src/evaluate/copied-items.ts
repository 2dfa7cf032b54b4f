import type { ComprehensionExpression } from "../program/program.ts";
import { record } from "../value/construct.ts";
import type { RecordValue } from "../value/value.ts";
import { copyEntries } from "./copies.ts";
import type { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import type { Run } from "./run.ts";

/** `{k: v for k, v in record.items() if k != "meta"}` of a record that is not in view: that record without some keys. */
export function copiedItems(
  run: Run,
  { key, element, clauses, span }: ComprehensionExpression,
  environment: Environment,
): RecordValue | undefined {
  const [clause, ...others] = clauses;
  const call = clause?.iterable;
  if (!clause || others.length > 0 || call?.kind !== "call" || call.callee.kind !== "member")
    return undefined;
  const { target } = clause;
  const names = target.kind === "listPattern" ? target.elements.map((each) => each?.pattern) : [];
  const isCopy = [key, element].every((each, index) => {
    const name = names[index];
    return each?.kind === "name" && name?.kind === "namePattern" && name.name === each.name;
  });
  if (call.callee.name !== "items" || !isCopy) return undefined;
  const source = evaluate(run, call.callee.object, environment);
  if (source.type !== "opaque") return undefined;
  const copy = record(span);
  copyEntries(run, copy, source);
  for (const test of clause.conditions) {
    const literal = test.kind === "binary" && test.operator === "!=" ? test.right : undefined;
    if (literal?.kind !== "literal") continue;
    copy.entries.delete(String(literal.value));
    copy.removed.add(String(literal.value));
  }
  return copy;
}
