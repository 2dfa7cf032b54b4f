import type { Comment } from "../../program/program.ts";
import type { Span } from "../../source/source-file.ts";

/**
 * What a comment asks for: `disable-next-line` and `disable-line` speak of one line, `disable` of all that follows up
 * to an `enable`, `disable-file` of the whole file.
 */
export type DirectiveKind = "disable-next-line" | "disable-line" | "disable" | "enable" | "disable-file";

/** A comment that turns findings off, or on again. */
export interface Directive {
  readonly kind: DirectiveKind;
  /** As written, without a prefix; empty: all rules. */
  readonly ruleIds: readonly string[];
  /** What stands behind `--`. */
  readonly reason: string | undefined;
  /** The comment. */
  readonly span: Span;
}

/** The directives among the comments of a file, in their order. */
export function readDirectives(comments: readonly Comment[]): Directive[] {
  return comments
    .flatMap((comment) => readDirective(comment) ?? [])
    .sort((a, b) => a.span.start - b.span.start);
}

// A comment of another tool may stand in front, as in `# noqa: E501  # promptlint-disable-line ...`.
const written =
  /(?:^|[#/;]\s*)promptlint-(disable-next-line|disable-line|disable-file|disable|enable)(?![\w-])([\s\S]*)$/;

function readDirective({ text, span }: Comment): Directive | undefined {
  const [, kind, rest = ""] = written.exec(text) ?? [];
  if (kind === undefined) return undefined;
  const [ids = "", ...reason] = rest.split(/(?:^|\s)--+(?:\s|$)/);
  return {
    kind: kind as DirectiveKind,
    ruleIds: ids
      .replace(/^\s*:/, "")
      .split(",")
      .map((id) => id.trim().replace(/^promptlint\//, ""))
      .filter((id) => id !== ""),
    reason: reason.join(" -- ").replaceAll(/\s+/g, " ").trim() || undefined,
    span,
  };
}
