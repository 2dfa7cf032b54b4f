import type { Span } from "./source-file.ts";

/**
 * Something that kept us from reading a file, or a part of it, or a comment to us that is wrong. Never a finding: the
 * rest is still linted.
 */
export interface Problem {
  /** `directive`: a comment that is meant to suppress findings; `file`, unless given: the text of the file. */
  readonly kind?: "file" | "directive";
  readonly span: Span;
  /** A whole sentence for the user, with what was found and, where it helps, what was expected. */
  readonly message: string;
  /**
   * `error`: the file, or a large part of it, could not be read; `note`: a small part was skipped and the rest
   * was understood. Of a comment: `error` fails the run, `note` does not.
   */
  readonly severity: "error" | "note";
}
