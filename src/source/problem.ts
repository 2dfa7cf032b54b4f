import type { Span } from "./source-file.ts";

/** Something that kept us from reading a file, or a part of it. Never a finding: the rest is still linted. */
export interface Problem {
  readonly span: Span;
  /** A whole sentence for the user, with what was found and, where it helps, what was expected. */
  readonly message: string;
  /**
   * `error`: the file, or a large part of it, could not be read; `note`: a small part was skipped and the rest
   * was understood.
   */
  readonly severity: "error" | "note";
}
