import type { Span } from "../../source/source-file.ts";
import { constant } from "../../value/construct.ts";
import type { Value } from "../../value/value.ts";
import { callValue, positional } from "../calls.ts";
import { deepCopy } from "../copies.ts";
import { nativeFunction } from "../natives.ts";
import type { Run } from "../run.ts";
import type { LibraryFunction } from "./library.ts";

/** `produce(value, (draft) => { ... })`: a changed copy; without the value, the function that makes one. */
export const produce: LibraryFunction = ({ run, args: [base, recipe], span }) => {
  if (!base) return undefined;
  if (base.value.type === "function") {
    const change = base.value;
    return nativeFunction("produce", span, (later, [given], at) =>
      given ? changedCopy(later, given.value, change, at) : constant(undefined),
    );
  }
  return recipe?.value.type === "function" ? changedCopy(run, base.value, recipe.value, span) : undefined;
};

/** What the function has made of a copy, or given in its place. */
function changedCopy(run: Run, value: Value, change: Value, span: Span): Value {
  const draft = deepCopy(value);
  const given = callValue(run, change, [positional(draft, span)], span);
  return given.type === "constant" && given.value === undefined ? draft : given;
}
