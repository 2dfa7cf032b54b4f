import { accessPath, libraryName } from "../../value/inspect.ts";
import type { ArgumentValue, OpaqueValue } from "../../value/value.ts";
import type { SourceFacts } from "../opaques.ts";

const drawn: SourceFacts = { scope: "request", reason: "a random sample", order: "random" };

/** Arguments that fix what is drawn. */
const seeds = /^(?:random_state|seed|generator)$/;

/** Calls that draw from the rows of a table, if no seed says which: `frame.sample(5)`, `dataset.shuffle()`. */
export function factsOfDraw(callee: OpaqueValue, args: readonly ArgumentValue[]): SourceFacts | undefined {
  const { origin } = callee;
  if (origin.kind !== "member" || !/^(?:sample|shuffle)$/.test(origin.name)) return undefined;
  if (!isTable(origin.object)) return undefined;
  return args.some(({ name, stretch }) => stretch || seeds.test(name ?? "")) ? undefined : drawn;
}

/** A frame of pandas or polars, or a dataset of Hugging Face's: made by the package, or annotated as such. */
function isTable(value: OpaqueValue): boolean {
  const { root } = accessPath(value);
  if (root.kind === "parameter")
    return /\b(?:DataFrame|LazyFrame|Series|Dataset)\b/.test(root.annotation ?? "");
  return /^(?:pandas|polars|datasets)\./.test(libraryName(value) ?? "");
}
