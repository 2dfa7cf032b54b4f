import type { Span } from "./source-file.ts";

/** A replacement of the text of one file; `span.start === span.end` inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}
