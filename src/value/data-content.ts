import type { Problem } from "../source/problem.ts";
import type { Span } from "../source/source-file.ts";
import type { Value } from "./value.ts";

/** A value of a data file with its place. */
export interface DataValue {
  readonly value: Value;
  readonly span: Span;
}

/** What was read of a data file, and what could not be. */
export interface DataContent {
  readonly values: readonly DataValue[];
  readonly problems: readonly Problem[];
}
